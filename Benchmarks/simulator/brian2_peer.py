"""The paper's network in Brian2, C++ standalone: brian2_peer.py ETA G J_MV SETTLE_MS TIMED_MS SEED, prints JSON."""

import json
import sys
import tempfile
import time

import brian2
import numpy as np
from brian2 import (Network, NeuronGroup, PoissonInput, SpikeMonitor, Synapses, device, ms, mV, run, second,
                    set_device, Hz)

eta, g, J = map(float, sys.argv[1:4])
settle, timed = map(float, sys.argv[4:6])
seed = int(sys.argv[6])

folder = tempfile.mkdtemp()
set_device("cpp_standalone", directory=folder, build_on_run=False)
brian2.defaultclock.dt = 0.1 * ms
brian2.seed(seed)
draw = np.random.default_rng(seed)
start = time.perf_counter()
neurons = NeuronGroup(12500, "dv/dt = -v / (20 * ms) : volt (unless refractory)", threshold="v >= 20 * mV",
                      reset="v = 10 * mV", refractory=2 * ms, method="exact")
neurons.v = 20 * draw.random(12500) * mV
targets = np.repeat(np.arange(12500), 1000)
excitatory = Synapses(neurons, neurons, on_pre=f"v_post += {J} * mV", delay=1.5 * ms)
excitatory.connect(i=draw.integers(0, 10000, len(targets)), j=targets)
targets = np.repeat(np.arange(12500), 250)
inhibitory = Synapses(neurons, neurons, on_pre=f"v_post -= {g * J} * mV", delay=1.5 * ms)
inhibitory.connect(i=draw.integers(10000, 12500, len(targets)), j=targets)
# Binomial numbers of so many sources are Poisson numbers for all purposes.
drive = PoissonInput(neurons, "v", 1000, eta * 20 / (J * 20) * Hz, weight=J * mV)
monitor = SpikeMonitor(neurons, record=False)
run(settle * ms)
before = time.perf_counter()
run(timed * ms)
device.build(directory=folder, compile=True, run=False, debug=False)
built = time.perf_counter() - start
device.run(directory=folder, with_output=False, run_args=[])
# Brian2 reports the whole run; both parts take the same time per biological second.
seconds = device._last_run_time
total = settle + timed
print(json.dumps({"name": f"Brian2 {brian2.__version__}", "build_s": built,
                  "seconds_per_second": 1000 * seconds / total,
                  "rate_Hz": monitor.num_spikes / 12500 / total * 1000}))
