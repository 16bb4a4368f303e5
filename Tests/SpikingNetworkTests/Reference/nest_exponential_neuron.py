"""One neuron of NEST's iaf_psc_exp under given inputs; writes nest_exponential_neuron.json.

The same numbers of excitatory and inhibitory spikes arrive in each step of 0.1 ms at neurons that differ in their synaptic
time constant, the last one with that of the membrane. Kept are the counts of each step, potentials in mV at the end of
every tenth step, and the steps at the end of which a neuron fires.

    pip install nest-simulator==3.10.0 numpy
    python nest_exponential_neuron.py > nest_exponential_neuron.json
"""

import json

import nest
import numpy

from nest_brunel import NEURON

STEPS, STEP = 3000, 0.1
J, G = 0.5, 4.0
TIME_CONSTANTS = (0.1, 0.5, 2.0, 5.0, 20.0)

if __name__ == "__main__":
    nest.verbosity = nest.VerbosityLevel.ERROR
    nest.resolution = STEP
    random = numpy.random.default_rng(1)
    counts = {"excitatory": random.poisson(0.5, STEPS), "inhibitory": random.poisson(0.06, STEPS)}
    neurons, voltmeters, recorders = [], [], []
    for tau_syn in TIME_CONSTANTS:
        neuron = nest.Create("iaf_psc_exp", 1, NEURON | {
            "V_m": 0.0, "tau_syn_ex": tau_syn, "tau_syn_in": tau_syn})
        for sign, name in ((1, "excitatory"), (-G, "inhibitory")):
            # Arrives after the delay: what arrives in step k shows at its end, (k + 1) STEP. Times are 1 ms late.
            steps = numpy.flatnonzero(counts[name])
            generator = nest.Create("spike_generator", params={
                "spike_times": [round((step + 1) * STEP, 1) for step in steps.tolist()],
                "spike_multiplicities": counts[name][steps].tolist()})
            weight = sign * J * NEURON["C_m"] / tau_syn
            nest.Connect(generator, neuron, syn_spec={"weight": weight, "delay": 1.0})
        voltmeter = nest.Create("voltmeter", params={"interval": STEP})
        recorder = nest.Create("spike_recorder")
        nest.Connect(voltmeter, neuron)
        nest.Connect(neuron, recorder)
        neurons.append(neuron), voltmeters.append(voltmeter), recorders.append(recorder)
    nest.Simulate(STEPS * STEP + 2)
    cases = []
    for tau_syn, voltmeter, recorder in zip(TIME_CONSTANTS, voltmeters, recorders):
        ends = numpy.rint((voltmeter.events["times"] - 1) / STEP).astype(int)
        potentials = dict(zip(ends.tolist(), voltmeter.events["V_m"].tolist()))
        fired = numpy.rint((recorder.events["times"] - 1) / STEP).astype(int)
        cases.append({
            "synapticTimeConstant": tau_syn,
            "potentials": [round(potentials[end], 7) for end in range(10, STEPS + 1, 10)],
            "spikes": [step for step in (fired - 1).tolist() if step < STEPS]})
    print(json.dumps({
        "nest": nest.__version__, "J": J, "g": G, **{name: list(map(int, c)) for name, c in counts.items()},
        "cases": cases}))
