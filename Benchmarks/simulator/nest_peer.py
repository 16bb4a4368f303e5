"""The paper's network in NEST, timed: nest_peer.py ETA G J_MV SETTLE_MS TIMED_MS SEED, prints one line of JSON."""

import json
import sys
import time

import nest
import numpy as np

eta, g, J = map(float, sys.argv[1:4])
settle, timed = map(float, sys.argv[4:6])
seed = int(sys.argv[6])

nest.set_verbosity("M_ERROR")
nest.resolution = 0.1
nest.rng_seed = seed
nest.local_num_threads = 1
start = time.perf_counter()
neuron = {"C_m": 250.0, "tau_m": 20.0, "t_ref": 2.0, "E_L": 0.0, "V_reset": 10.0, "V_th": 20.0, "I_e": 0.0}
excitatory = nest.Create("iaf_psc_delta", 10000, neuron)
inhibitory = nest.Create("iaf_psc_delta", 2500, neuron)
draw = np.random.default_rng(seed)
for population in (excitatory, inhibitory):
    population.V_m = list(20 * draw.random(len(population)))
drive = nest.Create("poisson_generator", params={"rate": 1000 * eta * 20 / (J * 20)})
nest.CopyModel("static_synapse", "from_E", {"weight": J, "delay": 1.5})
nest.CopyModel("static_synapse", "from_I", {"weight": -g * J, "delay": 1.5})
everyone = excitatory + inhibitory
nest.Connect(drive, everyone, syn_spec="from_E")
nest.Connect(excitatory, everyone, {"rule": "fixed_indegree", "indegree": 1000}, "from_E")
nest.Connect(inhibitory, everyone, {"rule": "fixed_indegree", "indegree": 250}, "from_I")
recorder = nest.Create("spike_recorder", params={"start": settle})
nest.Connect(everyone, recorder)
built = time.perf_counter() - start
nest.Simulate(settle)
start = time.perf_counter()
nest.Simulate(timed)
seconds = time.perf_counter() - start
spikes = recorder.n_events
print(json.dumps({"name": f"NEST {nest.__version__}", "build_s": built, "seconds_per_second": 1000 * seconds / timed,
                  "rate_Hz": spikes / 12500 / timed * 1000}))
