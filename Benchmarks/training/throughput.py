"""Samples per second of training and inference: brunel-lfp, Keras with TensorFlow, PyTorch; and the time of `estimate`.

usage: throughput.py --binary brunel-lfp --dataset paper-full.h5 --output DIR [--repeats 5] [--epochs 10]
                     [--threads 1 2]

To be run on an idle machine. The paper's network, batches of 100, normalised inputs in memory; an epoch ends with the
loss of the validation samples. Programs take turns and are started anew for each repeat; the first epoch of the peers,
which compiles, does not count. Each peer computes in several ways, of which the one with the best median counts.

brunel-lfp's inference is timed through `train`, on a copy of the data set whose samples are nearly all validation
samples, less the time of a copy with few. Its `estimate` is timed as a whole process on a file with one sample.

Writes throughput.md and throughput.json: medians and ranges over the repeats.
"""

import argparse
import json
import os
import pathlib
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

import h5py
import numpy as np

from samples import TEST, TRAINING, VALIDATION, Samples, brunel_lfp, table, training_configuration

FEW = 100
ESTIMATES = 20


def resplit(dataset, path, validation):
    """A copy with FEW training samples, so many validation samples, and the rest for testing."""
    shutil.copy(dataset, path)
    with h5py.File(path, "r+") as file:
        split = np.full(len(file["split"]), TEST)
        split[:FEW] = TRAINING
        split[FEW : FEW + validation] = VALIDATION
        file["split"][:] = split
    # The checksum of the file copied, in its first 512 bytes, no longer holds.
    with open(path, "r+b") as file:
        file.write(bytes(512))
    return path


def train(binary, dataset, folder, threads, epochs):
    model = folder / "model.h5"
    model.unlink(missing_ok=True)
    study = training_configuration(folder / "study.yaml", epochs=epochs)
    return brunel_lfp(binary, "train", "--dataset", dataset, "--config", study, "--threads", threads, "--output", model)


def own(binary, dataset, few, many, folder, threads, epochs):
    inference = [train(binary, file, folder, threads, 5 * epochs) for file in (few, many)]
    samples = 5 * epochs * (inference[1]["validation_samples"] - inference[0]["validation_samples"])
    seconds = inference[1]["seconds"] - inference[0]["seconds"]
    return [{"way": "", "training": train(binary, dataset, folder, threads, epochs)["samples_per_s"],
             "inference": samples / seconds}]


def peer(script, data, threads, epochs):
    line = [sys.executable, pathlib.Path(__file__).with_name(script), data, str(threads), str(epochs)]
    limits = {name: str(threads) for name in ("OMP_NUM_THREADS", "MKL_NUM_THREADS")}
    done = subprocess.run(line, capture_output=True, text=True, env=os.environ | limits)
    if done.returncode:
        sys.exit(f"{script} failed:\n{done.stderr[-2000:]}")
    return [json.loads(line) for line in done.stdout.splitlines() if line.startswith("{")]


def estimate_seconds(binary, dataset, folder):
    one = folder / "one.h5"
    with h5py.File(dataset) as source, h5py.File(one, "w") as file:
        file["psd"] = source["psd"][0]
        for name in ("frequency", "channel_depth"):
            file[name] = source[name][:]
    times = []
    for _ in range(ESTIMATES):
        start = time.perf_counter()
        subprocess.run([binary, "estimate", "--model", folder / "model.h5", "--input", one], check=True,
                       stdout=subprocess.DEVNULL)
        times.append(time.perf_counter() - start)
    return times


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--binary", required=True)
    parser.add_argument("--dataset", required=True, type=pathlib.Path)
    parser.add_argument("--output", required=True, type=pathlib.Path)
    parser.add_argument("--repeats", type=int, default=5)
    parser.add_argument("--epochs", type=int, default=10)
    parser.add_argument("--threads", type=int, nargs="*", default=[1, 2])
    arguments = parser.parse_args()
    arguments.output.mkdir(parents=True, exist_ok=True)

    runs = {}  # (program, threads, way) to a list of {"training", "inference"}
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        samples = Samples.read(arguments.dataset)
        inputs, targets = samples.power(), samples.targets
        training, validation = samples.rows(TRAINING), samples.rows(VALIDATION)
        np.savez(folder / "samples.npz", x=inputs[training], y=targets[training], x_validation=inputs[validation],
                 y_validation=targets[validation])
        few = resplit(arguments.dataset, folder / "few.h5", FEW)
        many = resplit(arguments.dataset, folder / "many.h5", len(samples.split) - FEW)
        for _ in range(arguments.repeats):
            for threads in arguments.threads:
                found = {
                    "brunel-lfp": own(
                        arguments.binary, arguments.dataset, few, many, folder, threads, arguments.epochs),
                    "Keras": peer("keras_peer.py", folder / "samples.npz", threads, arguments.epochs),
                    "PyTorch": peer("torch_peer.py", folder / "samples.npz", threads, arguments.epochs),
                }
                for program, ways in found.items():
                    for run in ways:
                        runs.setdefault((program, threads, run["way"]), []).append(run)
                        print(program, threads, run, file=sys.stderr, flush=True)
        seconds = estimate_seconds(arguments.binary, arguments.dataset, folder)

    middle = lambda key, kind: statistics.median(run[kind] for run in runs[key])
    rows, best = [], {}
    for kind in ("training", "inference"):
        for program, threads, way in runs:
            key = (program, threads)
            if (kind, key) not in best or middle((*key, way), kind) > middle((*key, best[kind, key]), kind):
                best[kind, key] = way
        for (named, (program, threads)), way in best.items():
            if named == kind:
                rates = [run[kind] for run in runs[program, threads, way]]
                ours = middle(("brunel-lfp", threads, ""), kind)
                rows.append((kind, threads, program, way, f"{statistics.median(rates):,.0f}",
                             f"{min(rates):,.0f} to {max(rates):,.0f}", f"{ours / statistics.median(rates):.2f}"))
    text = table(("", "threads", "program", "way", "samples/s", "range", "brunel-lfp is faster by"), rows)
    if len(arguments.threads) > 1:
        low, high = min(arguments.threads), max(arguments.threads)
        gain = middle(("brunel-lfp", high, ""), "training") / middle(("brunel-lfp", low, ""), "training")
        text += f"\nbrunel-lfp trains {gain:.2f} times faster with {high} threads than with {low}.\n"
    text += (f"\n`estimate` of one file: median {1000 * statistics.median(seconds):.1f} ms, largest "
             f"{1000 * max(seconds):.1f} ms of {len(seconds)}.\n")
    (arguments.output / "throughput.md").write_text(text)
    (arguments.output / "throughput.json").write_text(json.dumps({
        "runs": [{"program": program, "threads": threads, "way": way, **run}
                 for (program, threads, way), found in runs.items() for run in found],
        "estimate_s": seconds}, indent=1))
    print(text)


if __name__ == "__main__":
    main()
