"""Errors of preset `paper` against the same network in Keras: same data, split, epochs, batch size and learning rate.

usage: same_accuracy.py --binary brunel-lfp --dataset paper-full.h5 --output DIR [--seeds 8] [--epochs 30] [--threads 1]
                        [--split validation]

Seeds draw initial weights and the order of batches; both programs keep the weights of the epoch with the least loss on
the validation samples. A training that ends where it began, as with all units of a layer silent, is counted and left
out. Per parameter: the ratio of the (geometric) means over seeds of the root mean square error, and its 95 % interval by
Welch's t on logarithms. Equivalent if every interval lies within ±5 %; otherwise the program exits 1.

Trainings take turns and are kept in DIR, where the same command with more seeds goes on. Writes same_accuracy.md and
same_accuracy.json.
"""

import argparse
import json
import pathlib
import sys

import numpy as np
from scipy import stats

from samples import TEST, TRAINING, VALIDATION, Samples, brunel_lfp, estimates, table, training_configuration

MARGIN = 0.05
FAILED = 0.2  # RMSE in units of the box; guessing its centre gives 0.29


def own(arguments, samples, seed, folder):
    study = training_configuration(folder / "study.yaml", seed, epochs=arguments.epochs, batch_size=100,
                                   learning_rate=1e-3, epsilon=1e-8)
    model = folder / f"{seed}.h5"
    model.unlink(missing_ok=True)
    run = brunel_lfp(arguments.binary, "train", "--dataset", arguments.dataset, "--config", study, "--threads",
                     arguments.threads, "--output", model)
    found = estimates(arguments.binary, model, arguments.dataset, arguments.split, folder / "evaluation")
    return (found - samples.lower) / (samples.upper - samples.lower), run["best_epoch"]


def keras(arguments, samples, seed, data, rows):
    import keras_peer
    best = keras_peer.BestWeights()
    model, _ = keras_peer.fitted(data, arguments.epochs, 100, seed=seed, callbacks=[best])
    return model.predict(samples.power()[rows], batch_size=1000, verbose=0), best.epoch


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--binary", required=True)
    parser.add_argument("--dataset", required=True, type=pathlib.Path)
    parser.add_argument("--output", required=True, type=pathlib.Path)
    parser.add_argument("--seeds", type=int, default=8)
    parser.add_argument("--epochs", type=int, default=30)
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--split", default="validation", choices=["validation", "test"])
    arguments = parser.parse_args()
    folder = arguments.output
    folder.mkdir(parents=True, exist_ok=True)

    samples = Samples.read(arguments.dataset)
    inputs, targets = samples.power(), samples.targets
    training, validation = samples.rows(TRAINING), samples.rows(VALIDATION)
    rows = samples.rows({"validation": VALIDATION, "test": TEST}[arguments.split])
    data = {"x": inputs[training], "y": targets[training], "x_validation": inputs[validation],
            "y_validation": targets[validation]}
    store = folder / f"runs-{arguments.epochs}-{arguments.split}.json"
    runs = json.loads(store.read_text()) if store.exists() else {"brunel-lfp": [], "Keras": []}
    for seed in range(1, arguments.seeds + 1):
        for name, train in (("brunel-lfp", lambda: own(arguments, samples, seed, folder)),
                            ("Keras", lambda: keras(arguments, samples, seed, data, rows))):
            if len(runs[name]) < seed:
                values, epoch = train()
                rmse = np.sqrt(((values - targets[rows]) ** 2).mean(axis=0))
                runs[name].append({"rmse": rmse.tolist(), "best_epoch": epoch})
                store.write_text(json.dumps(runs, indent=1))
                print(name, seed, runs[name][-1], file=sys.stderr, flush=True)

    rmse = {name: np.array([run["rmse"] for run in found]) for name, found in runs.items()}
    failed = {name: int((found.max(axis=1) > FAILED).sum()) for name, found in rmse.items()}
    logarithms = {name: np.log(found[found.max(axis=1) <= FAILED]) for name, found in rmse.items()}
    ours, theirs = logarithms["brunel-lfp"], logarithms["Keras"]
    interval = np.exp(stats.ttest_ind(ours, theirs, equal_var=False).confidence_interval(0.95))
    ratio = np.exp(ours.mean(axis=0) - theirs.mean(axis=0))
    text = (f"{arguments.epochs} epochs on {len(training)} samples, errors of {len(rows)} {arguments.split} samples in % "
            f"of the target box; trainings: {len(ours)} and {len(theirs)}, failed: {failed['brunel-lfp']} and "
            f"{failed['Keras']}.\n\n")
    text += table(("parameter", "RMSE, brunel-lfp", "RMSE, Keras", "ratio", "95 % interval"), [
        (name, *(f"{100 * np.exp(logs[:, p].mean()):.2f} ± {100 * np.exp(logs[:, p]).std(ddof=1):.2f}"
                 for logs in (ours, theirs)), f"{ratio[p]:.3f}", f"{interval[0][p]:.3f} to {interval[1][p]:.3f}")
        for p, name in enumerate(samples.names)])
    (folder / "same_accuracy.md").write_text(text)
    (folder / "same_accuracy.json").write_text(json.dumps({
        "runs": runs, "ratio": ratio.tolist(), "interval": np.stack(interval).tolist()}, indent=1))
    print(text)
    sys.exit(0 if interval[0].min() > 1 - MARGIN and interval[1].max() < 1 + MARGIN else 1)


if __name__ == "__main__":
    main()
