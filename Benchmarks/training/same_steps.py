"""Losses of the first steps from the same weights on the same batches: brunel-lfp, Keras, PyTorch in double precision.

usage: same_steps.py --binary brunel-lfp --dataset paper-ai.h5 --output DIR [--steps 200] [--rate 1e-4]

A step takes all training samples, so that their order plays no part and every epoch of the history is one step. The
initial weights are those of a model trained with a learning rate too small to change them. PyTorch puts Adam's ε where
brunel-lfp does; Keras puts it elsewhere, and so runs twice, once with ε as in the others.

Training amplifies the rounding of single precision, the more the fewer samples and the larger the steps are: any two programs
drift apart in the end. How long each stays within 1e-4 of PyTorch in double precision is written too.

Writes same_steps.md, same_steps.json; exits 1 if losses differ by more than 1e-4 of their value, from Keras with the
same ε or from PyTorch.
"""

import argparse
import concurrent.futures
import importlib
import json
import multiprocessing
import pathlib
import sys
import tempfile

import h5py
import numpy as np

from samples import TRAINING, VALIDATION, Samples, brunel_lfp, table, training_configuration

TOLERANCE = 1e-4
UNMOVED = 1e-30  # a learning rate


def own(binary, dataset, folder, samples, steps, rate):
    """Weights of the best epoch, losses of all epochs."""
    model = folder / "model.h5"
    model.unlink(missing_ok=True)
    study = training_configuration(folder / "study.yaml", epochs=steps, learning_rate=rate, epsilon=1e-8,
                                   batch_size=len(samples.rows(TRAINING)))
    brunel_lfp(binary, "train", "--dataset", dataset, "--config", study, "--output", model)
    with h5py.File(model) as file:
        weights = {}
        file["weights"].visititems(
            lambda name, item: weights.update({name: item[:]}) if isinstance(item, h5py.Dataset) else None)
        return weights, np.array([file["history/training_loss"][:], file["history/validation_loss"][:]])


def call(module, function, *arguments):
    return getattr(importlib.import_module(module), function)(*arguments)


def apart(*arguments):
    """Calls a function of a module in a process of its own, as two frameworks do not go well together in one."""
    with concurrent.futures.ProcessPoolExecutor(1, multiprocessing.get_context("spawn")) as pool:
        return np.array(pool.submit(call, *arguments).result())


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--binary", required=True)
    parser.add_argument("--dataset", required=True, type=pathlib.Path)
    parser.add_argument("--output", required=True, type=pathlib.Path)
    parser.add_argument("--steps", type=int, default=200)
    parser.add_argument("--rate", type=float, default=1e-4)
    arguments = parser.parse_args()

    samples = Samples.read(arguments.dataset)
    inputs, targets = samples.power(), samples.targets
    training, validation = samples.rows(TRAINING), samples.rows(VALIDATION)
    data = {"x": inputs[training], "y": targets[training], "x_validation": inputs[validation],
            "y_validation": targets[validation]}
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        weights, _ = own(arguments.binary, arguments.dataset, folder, samples, 1, UNMOVED)
        _, losses = own(arguments.binary, arguments.dataset, folder, samples, arguments.steps, arguments.rate)
    same = (data, arguments.steps, arguments.rate, weights)
    found = {
        "brunel-lfp": losses,
        "Keras, ε at the corrected root": apart("keras_peer", "losses", *same, False),
        "Keras": apart("keras_peer", "losses", *same, True),
        "PyTorch, double precision": apart("torch_peer", "losses", *same),
    }

    differences = lambda a, b: np.abs(found[a] / found[b] - 1).max(axis=1)
    pairs = [("brunel-lfp", other) for other in list(found)[1:]] + [
        ("Keras, ε at the corrected root", "PyTorch, double precision")]
    text = (f"{arguments.steps} steps of {len(training)} samples at rate {arguments.rate:g}; training loss from "
            f"{losses[0, 0]:.4g} to {losses[0, -1]:.4g}. Largest relative differences over the steps.\n\n")
    text += table(("", "", "training loss", "validation loss"),
                  [(a, b, *(f"{value:.1e}" for value in differences(a, b))) for a, b in pairs])
    exact = found["PyTorch, double precision"]
    text += "\n" + table(("", "first step with a loss beyond 1e-4 of double precision"), [
        (name, next((str(step + 1) for step, off in enumerate(np.abs(loss / exact - 1).max(axis=0)) if off > TOLERANCE),
                    "none")) for name, loss in found.items() if loss is not exact])
    arguments.output.mkdir(parents=True, exist_ok=True)
    (arguments.output / "same_steps.md").write_text(text)
    (arguments.output / "same_steps.json").write_text(json.dumps({name: loss.tolist() for name, loss in found.items()}))
    print(text)
    agree = all(differences("brunel-lfp", pairs[i][1]).max() < TOLERANCE for i in (0, 2))
    sys.exit(0 if agree else 1)


if __name__ == "__main__":
    main()
