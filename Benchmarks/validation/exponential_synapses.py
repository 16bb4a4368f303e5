"""What models trained on delta synapses say of networks with exponential ones.

usage: exponential_synapses.py --binary brunel-lfp --models clean=FILE noisy=FILE --output DIR [--networks 30] [--tau-ms 2]
                               [--nest]

Parameters are drawn from eta 0.8 to 4, g 3.5 to 8, J 0.05 to 0.4 mV. A synaptic current decays with --tau-ms and carries the
charge of a delta synapse of J. With --tau-ms 0 synapses are delta-shaped, what the models know, as the control. Networks are
simulated by `simulate`, a few seconds each, or with --nest by NEST's iaf_psc_exp and iaf_psc_delta, minutes each, to see that
both give the same. Spikes of 3 s become an LFP by `lfp` and estimates by `estimate`; the model named `noisy` receives it with
1 microvolt of noise.

Each network is kept in DIR as one line of JSON and not simulated again. Prints, for each model, the shares with a typicality below 5
and 1 % and those of true values more than 1.96 predicted deviations away.
"""

import argparse
import concurrent.futures
import json
import pathlib
import subprocess
import sys

import numpy as np

TRANSIENT, DURATION = 150, 3150
BOX = {"eta": (0.8, 4.0), "g": (3.5, 8.0), "J": (0.05, 0.4)}


def run(*command):
    """What a command prints; ends the program if it fails."""
    words = [str(word) for word in command]
    done = subprocess.run(words, capture_output=True, text=True)
    if done.returncode:
        sys.exit(f"{' '.join(words)}:\n{done.stderr}")
    return done.stdout


def network(truth):
    """Options that name a network's parameters."""
    return ["--eta", truth["eta"], "--g", truth["g"], "--J", truth["J"]]


def timing():
    """Options that name the durations."""
    return ["--set", f"simulation.transient_ms={TRANSIENT}", "--set", f"simulation.duration_ms={DURATION}"]


def simulate(binary, number, tau, truth, folder):
    """Simulates a network; returns the options that name its spikes."""
    spikes, output = folder / f"{number}-spikes.h5", folder / f"{number}-run.h5"
    run(binary, "simulate", *network(truth), *timing(), "--seed", number + 1, "--set", f"network.tau_syn_ms={tau}",
        "--spikes", spikes, "--output", output, "--quiet")
    output.unlink()
    return ["--spikes", spikes]


def simulate_with_nest(number, tau, truth, draw, folder):
    """The same with NEST, in a process of its own."""
    import nest

    eta, g, J = truth["eta"], truth["g"], truth["J"]
    nest.set_verbosity("M_ERROR")
    nest.resolution = 0.1
    nest.rng_seed = number + 1
    neuron = {"C_m": 250.0, "tau_m": 20.0, "t_ref": 2.0, "E_L": 0.0, "V_reset": 10.0, "V_th": 20.0, "I_e": 0.0}
    if tau:
        # The charge C_m J, spread over the time constant: mV, pF and ms give pA.
        weight, model = J * 250.0 / tau, "iaf_psc_exp"
        neuron |= {"tau_syn_ex": tau, "tau_syn_in": tau}
    else:
        weight, model = J, "iaf_psc_delta"
    excitatory, inhibitory = nest.Create(model, 10000, neuron), nest.Create(model, 2500, neuron)
    for population in (excitatory, inhibitory):
        population.V_m = list(20 * draw.random(len(population)))
    drive = nest.Create("poisson_generator", params={"rate": 1000 * eta * 20 / (J * 20)})
    nest.CopyModel("static_synapse", "from_E", {"weight": weight, "delay": 1.5})
    nest.CopyModel("static_synapse", "from_I", {"weight": -g * weight, "delay": 1.5})
    everyone = excitatory + inhibitory
    nest.Connect(drive, everyone, syn_spec="from_E")
    nest.Connect(excitatory, everyone, {"rule": "fixed_indegree", "indegree": 1000}, "from_E")
    nest.Connect(inhibitory, everyone, {"rule": "fixed_indegree", "indegree": 250}, "from_I")
    recorder = nest.Create("spike_recorder")
    nest.Connect(everyone, recorder)
    nest.Simulate(float(DURATION))
    events = recorder.events
    spikes = folder / f"{number}.npy"
    np.save(spikes, np.column_stack([events["senders"], events["times"]]))
    return ["--spikes", spikes, "--time-unit", "ms", "--first-id", "1"]


def answers(binary, models, number, truth, spikes, folder):
    """Estimates of every model from spikes, which are deleted."""
    found = {}
    for name, model in models.items():
        output = folder / f"{number}-{name}.h5"
        fine = "simulation.bin_ms=1" if name == "clean" else "simulation.bin_ms=0.1"
        noise = ["--set", "measurement.noise_uV=1", "--set", "measurement.reference=bipolar"] if name == "noisy" else []
        run(binary, "lfp", *spikes, *network(truth), *timing(), "--set", fine, *noise, "--output", output, "--quiet")
        found[name] = json.loads(run(binary, "estimate", "--model", model, "--input", output, "--json", "--quiet"))
        output.unlink()
    spikes[1].unlink()
    return found


def one(binary, models, number, tau, with_nest, folder):
    path = folder / f"{'nest-' if with_nest else ''}tau{tau:g}-{number}.json"
    if not path.exists():
        draw = np.random.default_rng([17, number])
        truth = {name: draw.uniform(*BOX[name]) for name in ("eta", "g", "J")}
        spikes = (simulate_with_nest(number, tau, truth, draw, folder) if with_nest
                  else simulate(binary, number, tau, truth, folder))
        path.write_text(json.dumps({"truth": truth} | answers(binary, models, number, truth, spikes, folder)) + "\n")
    return json.loads(path.read_text())


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--binary", required=True)
    parser.add_argument("--models", required=True, nargs="+")
    parser.add_argument("--output", required=True, type=pathlib.Path)
    parser.add_argument("--networks", type=int, default=30)
    parser.add_argument("--tau-ms", type=float, default=2)
    parser.add_argument("--nest", action="store_true", help="simulate with NEST")
    parser.add_argument("--processes", type=int, default=1)
    arguments = parser.parse_args()
    models = dict(word.split("=", 1) for word in arguments.models)
    arguments.output.mkdir(parents=True, exist_ok=True)
    # A process for each network: NEST's kernel is one per process.
    with concurrent.futures.ProcessPoolExecutor(arguments.processes, max_tasks_per_child=1) as pool:
        runs = [
            pool.submit(one, arguments.binary, models, number, arguments.tau_ms, arguments.nest, arguments.output)
            for number in range(arguments.networks)]
        results = [run.result() for run in runs]
    print("| model | networks | typicality < 5 % | < 1 % | outside 95 %: η | g | J |\n| --- | --- | --- | --- | --- | --- | --- |")
    for name in models:
        rows = [result[name][0] for result in results]
        typicality = np.array([row["typicality"] for row in rows])
        outside = []
        for key in ("eta", "g", "J"):
            estimate, deviation = (
                np.array([row[field][key] for row in rows]) for field in ("estimates", "standard_deviations"))
            true = np.array([result["truth"][key] for result in results])
            outside.append(np.mean(np.abs(true - estimate) > 1.96 * deviation))
        print(f"| {name} | {len(rows)} | {np.mean(typicality < 0.05):.0%} | {np.mean(typicality < 0.01):.0%} | "
              + " | ".join(f"{share:.0%}" for share in outside) + " |")


if __name__ == "__main__":
    main()
