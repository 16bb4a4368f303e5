"""Activity of the network of Brunel (2000) as NEST simulates it; writes nest_activity.json.

The model follows Skaar et al. 2020, Table 2: 10,000 excitatory and 2,500 inhibitory iaf_psc_delta neurons
with 1,000 and 250 inputs each, on a grid of 0.1 ms. Initial potentials are uniform between rest and
threshold. Each point below is run for the seeds listed; a run takes about half a minute per second of
biological time on one core.

    pip install nest-simulator==3.10.0 numpy
    python nest_brunel.py > nest_activity.json       # all points
    python nest_brunel.py AI > nest_activity.json    # points of this name
"""

import json
import sys

import nest
import numpy

EXCITATORY, INHIBITORY = 10_000, 2_500
NEURON = {
    "C_m": 250.0,
    "tau_m": 20.0,
    "t_ref": 2.0,
    "E_L": 0.0,
    "V_reset": 10.0,
    "V_th": 20.0,
    "I_e": 0.0,
}
DELAY = 1.5

# Duration and transient in ms, by seed.
LONG = {seed: (3000.0, 500.0) for seed in (1, 2, 11, 12, 13, 14)}
SHORT = {seed: (1500.0, 200.0) for seed in (1, 2, 11, 12, 13, 14)}

POINTS = [
    # name, eta, g, J in mV, multapses and autapses, runs
    ("AI", 2.0, 5.0, 0.1, True, SHORT | {1: (3000.0, 500.0), 3: (1500.0, 200.0)}),
    ("AI, each pair connected once", 2.0, 5.0, 0.1, False, {s: SHORT[s] for s in (1, 2)}),
    ("SI-fast", 4.0, 6.0, 0.1, True, {1: (1500.0, 200.0), 2: (1000.0, 200.0)}),
    ("SI-slow", 0.9, 4.5, 0.1, True, LONG),
    ("SR", 2.0, 3.0, 0.1, True, {1: (650.0, 200.0)}),
    ("Fig. 5a", 2.0, 3.5, 0.25, True, {1: (650.0, 200.0)}),
    ("Fig. 5b", 4.0, 7.0, 0.15, True, SHORT),
    ("Fig. 5c", 0.9, 7.0, 0.25, True, LONG),
    ("Fig. 5d", 2.8, 5.5, 0.05, True, {1: (2000.0, 500.0), 2: (1000.0, 200.0)}),
    ("Fig. 5e", 2.0, 4.5, 0.35, True, SHORT),
    ("Fig. 5e, each pair connected once", 2.0, 4.5, 0.35, False, {s: SHORT[s] for s in (1, 2)}),
]


def simulate(eta, g, efficacy, multapses, seed, duration, tau_syn=0.0):
    """Ids and times in ms of all spikes, with exponential synaptic currents if tau_syn in ms is not 0."""
    nest.ResetKernel()
    nest.resolution = 0.1
    nest.rng_seed = seed
    if tau_syn:
        model, neuron = "iaf_psc_exp", NEURON | {"tau_syn_ex": tau_syn, "tau_syn_in": tau_syn}
        # The charge C_m J over the time constant: a current in pA.
        weight = efficacy * NEURON["C_m"] / tau_syn
    else:
        model, neuron, weight = "iaf_psc_delta", NEURON, efficacy
    excitatory = nest.Create(model, EXCITATORY, neuron)
    inhibitory = nest.Create(model, INHIBITORY, neuron)
    everyone = excitatory + inhibitory
    potentials = numpy.random.default_rng(seed).uniform(0.0, NEURON["V_th"], len(everyone))
    everyone.V_m = potentials.tolist()

    # The rate that takes the mean potential to eta times the threshold, in Hz.
    rate = 1000.0 * eta * NEURON["V_th"] / (efficacy * NEURON["tau_m"])
    drive = nest.Create("poisson_generator", params={"rate": rate})
    nest.Connect(drive, everyone, syn_spec={"weight": weight, "delay": DELAY})
    for sources, signed in ((excitatory, weight), (inhibitory, -g * weight)):
        rule = {
            "rule": "fixed_indegree",
            "indegree": len(sources) // 10,
            "allow_multapses": multapses,
            "allow_autapses": multapses,
        }
        nest.Connect(sources, everyone, rule, {"weight": signed, "delay": DELAY})
    recorder = nest.Create("spike_recorder")
    nest.Connect(everyone, recorder)
    nest.Simulate(duration)
    events = recorder.events
    return events["senders"], events["times"]


def activity(ids, times, duration, transient):
    """Rates in Hz and the mean coefficient of variation of neurons with three spikes."""
    counted = (times > transient - 0.05) & (times < duration - 0.05)
    ids, times = ids[counted], times[counted]
    seconds = (duration - transient) / 1000.0
    order = numpy.lexsort((times, ids))
    trains = numpy.split(times[order], numpy.flatnonzero(numpy.diff(ids[order])) + 1)
    intervals = [numpy.diff(train) for train in trains if len(train) >= 3]
    variations = [i.std() / i.mean() for i in intervals]
    return {
        "excitatoryRate": round(float((ids <= EXCITATORY).sum() / EXCITATORY / seconds), 4),
        "inhibitoryRate": round(float((ids > EXCITATORY).sum() / INHIBITORY / seconds), 4),
        "coefficientOfVariation": round(float(numpy.mean(variations)), 5) if variations else None,
    }


if __name__ == "__main__":
    nest.verbosity = nest.VerbosityLevel.ERROR
    points = []
    for name, eta, g, efficacy, multapses, runs in POINTS:
        if len(sys.argv) > 1 and name not in sys.argv[1:]:
            continue
        point = {"name": name, "eta": eta, "g": g, "J": efficacy, "multapsesAndAutapses": multapses}
        point["runs"] = []
        for seed, (duration, transient) in runs.items():
            spikes = simulate(eta, g, efficacy, multapses, seed, duration)
            run = {"seed": seed, "duration": duration, "transient": transient}
            point["runs"].append(run | activity(*spikes, duration, transient))
        points.append(point)
    print(json.dumps({"nest": nest.__version__, "points": points}, indent=1))
