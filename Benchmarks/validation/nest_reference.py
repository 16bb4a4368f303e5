"""Simulates a point of the reference file with NEST 3.10 and adds the runs to the file.

    python nest_reference.py "SI-fast" --seeds 3 4 --duration-ms 1500 --transient-ms 200

Needs NEST (`pip install nest-simulator==3.10.0`) besides requirements.txt; one second of biological time
takes between ten seconds and some minutes on one core.
"""

import argparse
import json
from pathlib import Path

import nest
import numpy as np

from population_rate import NEURONS, rate_spectrum

REFERENCE = Path(__file__).with_name("nest_activity.json")
TIME_STEP_MS = 0.1
DELAY_MS = 1.5
IN_DEGREE = {"E": 1000, "I": 250}
NEURON = {
    "tau_m": 20.0,  # ms
    "t_ref": 2.0,  # ms
    "E_L": 0.0,  # mV
    "V_reset": 10.0,  # mV
    "V_th": 20.0,  # mV
    "I_e": 0.0,  # pA
}


def build(point: dict, seed: int, transient_ms: int):
    """Makes the network of Brunel (2000) as in Skaar et al. (2020); returns its spike recorder.

    Potentials start uniform between rest and threshold. Every neuron has its own Poisson drive of η times the
    rate that brings the mean potential to threshold.
    """
    nest.ResetKernel()
    nest.verbosity = nest.VerbosityLevel.ERROR
    nest.resolution = TIME_STEP_MS
    nest.rng_seed = seed

    populations = {name: nest.Create("iaf_psc_delta", size, NEURON) for name, size in NEURONS.items()}
    potentials = np.random.default_rng(seed)
    for neurons in populations.values():
        neurons.V_m = list(NEURON["V_th"] * potentials.random(len(neurons)))

    J = point["J"]
    threshold_rate = 1000 * NEURON["V_th"] / (J * NEURON["tau_m"])  # spikes/s
    drive = nest.Create("poisson_generator", params={"rate": point["eta"] * threshold_rate})
    # NEST excludes the start itself: one step earlier, lest a volley at the end of the transient be lost.
    recorder = nest.Create("spike_recorder", params={"start": transient_ms - TIME_STEP_MS})

    everyone = populations["E"] + populations["I"]
    weights = {"E": J, "I": -point["g"] * J}
    nest.Connect(drive, everyone, syn_spec={"weight": J, "delay": DELAY_MS})
    for name, sources in populations.items():
        rule = {
            "rule": "fixed_indegree",
            "indegree": IN_DEGREE[name],
            "allow_multapses": point["multapses"],
            "allow_autapses": point["autapses"],
        }
        nest.Connect(sources, everyone, rule, {"weight": weights[name], "delay": DELAY_MS})
    nest.Connect(everyone, recorder)
    return recorder


def mean_cv(senders: np.ndarray, times: np.ndarray) -> float:
    """Coefficient of variation of inter-spike intervals (ddof 0), averaged over neurons with three or more
    spikes."""
    order = np.lexsort((times, senders))
    senders, times = senders[order], times[order]
    trains = np.split(times, np.flatnonzero(np.diff(senders)) + 1)
    intervals = [np.diff(train) for train in trains if len(train) >= 3]
    return float(np.mean([i.std() / i.mean() for i in intervals]))


def simulate(point: dict, seed: int, duration_ms: int, transient_ms: int) -> dict:
    """One run as an entry of the reference file, over spikes at times in [transient, duration)."""
    recorder = build(point, seed, transient_ms)
    nest.Simulate(float(duration_ms))
    senders, times = recorder.events["senders"], recorder.events["times"]
    # Whole time steps put spikes at the edge of a bin into the later one.
    steps = np.rint(times / TIME_STEP_MS).astype(int)
    bins = steps // round(1 / TIME_STEP_MS) - transient_ms
    within = bins < duration_ms - transient_ms
    senders, times, bins = senders[within], times[within], bins[within]

    histogram = np.bincount(bins, minlength=duration_ms - transient_ms)
    excitatory = int(np.count_nonzero(senders <= NEURONS["E"]))
    seconds = (duration_ms - transient_ms) / 1000
    return {
        "seed": seed,
        "duration_ms": duration_ms,
        "transient_ms": transient_ms,
        "rate_E_Hz": round(excitatory / (NEURONS["E"] * seconds), 4),
        "rate_I_Hz": round((len(senders) - excitatory) / (NEURONS["I"] * seconds), 4),
        "cv_isi": round(mean_cv(senders, times), 5),
        "psd_rate": [float(f"{value:.5g}") for value in rate_spectrum(histogram)],
    }


def write_reference(reference: dict, path: Path) -> None:
    """JSON with one line per run."""
    runs = [point["runs"] for point in reference["points"]]
    outline = {**reference, "points": [{**p, "runs": f"@{i}"} for i, p in enumerate(reference["points"])]}
    text = json.dumps(outline, indent=1, ensure_ascii=False)
    for i, entries in enumerate(runs):
        lines = ",\n".join("    " + json.dumps(run, separators=(",", ":")) for run in entries)
        text = text.replace(f'"@{i}"', f"[\n{lines}\n   ]")
    path.write_text(text + "\n")


def main() -> None:
    parser = argparse.ArgumentParser(description="Add runs of NEST to the reference file.")
    parser.add_argument("point", help="name of a point in the reference file")
    parser.add_argument("--seeds", type=int, nargs="+", required=True)
    parser.add_argument("--duration-ms", type=int, default=1500, help="transient included")
    parser.add_argument("--transient-ms", type=int, default=200)
    parser.add_argument("--reference", type=Path, default=REFERENCE)
    arguments = parser.parse_args()

    reference = json.loads(arguments.reference.read_text())
    points = {point["name"]: point for point in reference["points"]}
    if arguments.point not in points:
        parser.error(f"no point {arguments.point!r}, expected one of: {', '.join(points)}")
    point = points[arguments.point]
    known = {run["seed"] for run in point["runs"]} & set(arguments.seeds)
    if known:
        parser.error(f"seeds already in the file: {sorted(known)}")

    for seed in arguments.seeds:
        run = simulate(point, seed, arguments.duration_ms, arguments.transient_ms)
        print({key: value for key, value in run.items() if key != "psd_rate"}, flush=True)
        point["runs"].append(run)
        write_reference(reference, arguments.reference)


if __name__ == "__main__":
    main()
