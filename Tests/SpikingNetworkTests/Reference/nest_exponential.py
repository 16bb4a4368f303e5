"""Activity of small networks like those of nest_brunel.py with exponential synaptic currents; writes nest_exponential.json.

Neurons are NEST's iaf_psc_exp with one synaptic time constant; a current carries the charge of a delta synapse of J. There are
2,000 excitatory and 500 inhibitory neurons with 200 and 50 inputs each. Each point is run for the seeds below, some seconds each.

    pip install nest-simulator==3.10.0 numpy
    python nest_exponential.py > nest_exponential.json
"""

import json
import sys

import nest

import nest_brunel

nest_brunel.EXCITATORY, nest_brunel.INHIBITORY = 2_000, 500
SEEDS = range(1, 9)
DURATION, TRANSIENT = 1000.0, 200.0

POINTS = [
    # name, eta, g, J in mV, synaptic time constant in ms
    ("AI, 0.5 ms", 2.0, 5.0, 0.5, 0.5),
    ("AI, 2 ms", 2.0, 5.0, 0.5, 2.0),
    ("AI, 5 ms", 2.0, 5.0, 0.5, 5.0),
    ("SI-fast, 0.5 ms", 4.0, 7.0, 0.3, 0.5),
    ("SI-slow, 2 ms", 0.9, 4.5, 0.5, 2.0),
]

if __name__ == "__main__":
    nest.verbosity = nest.VerbosityLevel.ERROR
    runs = {name: [] for name, *_ in POINTS}
    for seed in SEEDS:
        for name, eta, g, efficacy, tau_syn in POINTS:
            spikes = nest_brunel.simulate(eta, g, efficacy, True, seed, DURATION, tau_syn)
            run = {"seed": seed, "duration": DURATION, "transient": TRANSIENT}
            run |= nest_brunel.activity(*spikes, DURATION, TRANSIENT)
            runs[name].append(run)
            print(name, run, file=sys.stderr)
    points = [
        {"name": name, "eta": eta, "g": g, "J": efficacy, "multapsesAndAutapses": True,
         "excitatory": nest_brunel.EXCITATORY, "inhibitory": nest_brunel.INHIBITORY,
         "synapticTimeConstant": tau_syn, "runs": runs[name]}
        for name, eta, g, efficacy, tau_syn in POINTS
    ]
    print(json.dumps({"nest": nest.__version__, "points": points}, indent=1))
