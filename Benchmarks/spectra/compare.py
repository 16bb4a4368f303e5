"""Times `brunel-lfp spectra` against NumPy and SciPy computing the same spectra from the same histograms, one core each.

usage: compare.py --binary .build/release/brunel-lfp --output DIR [--samples 5000] [--repeats 3]

NumPy and SciPy enter in the fastest way found (convolution, samples at a time), as in a loop over samples, and with no
computation at all, which is what storage takes of their time. A few networks of the paper are simulated; their histograms,
shifted in time, are repeated to the number of samples. All read histograms, compute LFPs and spectra, and write a new data
set with equal layout. Runs take turns, so that a machine busy with other work is as unfair to all. Writes times.md and
times.json: samples per second in the best run of each, by the clock and by processor time, and the most memory each had.
The start of Python is not counted. Ends with an error if the spectra differ.
"""

import argparse
import json
import os
import pathlib
import subprocess
import sys
import time

# This process stays small: a child's peak memory is at least its parent's.
PEER = pathlib.Path(__file__).with_name("scipy_peer.py")
ONE_THREAD = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}


def peer(*arguments):
    return [sys.executable, str(PEER), *map(str, arguments)]


def timed(command):
    start = time.perf_counter()
    child = subprocess.Popen(list(map(str, command)), stdout=subprocess.DEVNULL, env=os.environ | ONE_THREAD)
    _, status, usage = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode:
        sys.exit(f"failed: {' '.join(map(str, command))}")
    return {"clock_s": time.perf_counter() - start, "processor_s": usage.ru_utime + usage.ru_stime,
            "memory_MiB": usage.ru_maxrss / 1024}


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--binary", required=True, type=pathlib.Path)
    parser.add_argument("--output", required=True, type=pathlib.Path)
    parser.add_argument("--samples", type=int, default=5000)
    parser.add_argument("--repeats", type=int, default=3)
    arguments = parser.parse_args()

    binary, folder = arguments.binary.resolve(), arguments.output.resolve()
    folder.mkdir(parents=True, exist_ok=True)
    subprocess.run(peer("make", binary, folder, arguments.samples), check=True)
    dataset, study = (folder / f"{name}-{arguments.samples}.{suffix}" for name, suffix in
                      (("dataset", "h5"), ("study", "yaml")))
    convolution, block = subprocess.run(
        peer("choose", dataset), check=True, capture_output=True, text=True, env=os.environ | ONE_THREAD).stdout.split()
    print(f"NumPy and SciPy: convolution {convolution}, {block} samples at a time", file=sys.stderr)

    commands = {
        "brunel-lfp": lambda output: [binary, "spectra", dataset, "--config", study, "--output", output,
                                      "--workers", 1, "--quiet"],
        "NumPy and SciPy, the fastest way": lambda output: peer("spectra", dataset, output, convolution, block),
        "NumPy and SciPy, a sample at a time": lambda output: peer("spectra", dataset, output, "by_numpy", 1),
        "NumPy and SciPy, reading and writing alone": lambda output: peer("copy", dataset, output, block),
    }
    outputs = {name: folder / f"output-{number}.h5" for number, name in enumerate(commands)}
    runs = {name: [] for name in commands}
    for _ in range(arguments.repeats):
        for name, command in commands.items():
            outputs[name].unlink(missing_ok=True)
            run = timed(command(outputs[name]))
            if name != "brunel-lfp":
                start = timed(peer("nothing"))
                run |= {key: run[key] - start[key] for key in ("clock_s", "processor_s")}
            runs[name].append(run)
            print(name, run, file=sys.stderr)
    first, *others, _ = outputs.values()
    for other in others:
        subprocess.run(peer("check", first, other), check=True)

    best = {name: {key: min(run[key] for run in found) for key in found[0]} for name, found in runs.items()}
    ours = best["brunel-lfp"]
    header = ("program", "samples / s", "samples / processor s", "memory (MiB)", "ratio (clock)", "ratio (processor)")
    rows = [(name, f"{arguments.samples / figures['clock_s']:.0f}", f"{arguments.samples / figures['processor_s']:.0f}",
             f"{figures['memory_MiB']:.0f}", *(f"{figures[key] / ours[key]:.1f}" for key in ("clock_s", "processor_s")))
            for name, figures in best.items()]
    table = "\n".join("| " + " | ".join(row) + " |" for row in [header, ("---",) * len(header), *rows])
    (folder / "times.md").write_text(table + "\n")
    (folder / "times.json").write_text(json.dumps(
        {"samples": arguments.samples, "convolution": convolution, "block": int(block), "runs": runs}, indent=1))
    print(table)


if __name__ == "__main__":
    main()
