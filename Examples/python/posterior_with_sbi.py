"""A posterior trained with sbi beside a model of brunel-lfp, on the same test samples.

    python posterior_with_sbi.py --dataset dataset.h5 --model model.h5

sbi's neural posterior estimation (NPE, a neural spline flow) learns from the training and validation samples of the data
set; test samples are seen by nothing but the table. It has, in % of the parameters' ranges, bias and standard deviation of
the errors of the posterior mean, the mean standard deviation that is predicted, and how often 90 % intervals hold the
truth; and the mean logarithm of the density at the truth, in nats, in units of the ranges.

The model has to be trained on this data set, for all its parameters, the last three with `training.predict: gaussian`.
"""

import argparse
import contextlib
import csv
import subprocess
import sys
import tempfile
from pathlib import Path

import h5py
import numpy as np
import torch
from sbi.inference import NPE
from sbi.neural_nets import posterior_nn
from sbi.neural_nets.embedding_nets import FCEmbedding
from sbi.utils import BoxUniform

VALIDATION, TEST = 1, 2


def features(spectra):
    """Spectra [sample, channel, frequency] for a network: logarithms of the first channel and of ratios of neighbours."""
    logarithms = np.log10(np.maximum(spectra, 1e-30, dtype=np.float64))
    logarithms[:, 1:] = np.diff(logarithms, axis=1)
    return torch.tensor(logarithms.reshape(len(logarithms), -1), dtype=torch.float32)


def read(path):
    """Features, parameters, split, names and ranges, without networks that fire no spike, which `train` leaves out too."""
    with h5py.File(path) as file:
        fires = file["activity/rate_E"][:] + file["activity/rate_I"][:] > 0
        lower, upper = (file["parameters"].attrs[name] for name in ("lower", "upper"))
        names = list(file["parameter"].asstr()[: len(lower)])  # those after them are not to be estimated
        parameters = torch.tensor(file["parameters"][:][fires, : len(lower)], dtype=torch.float32)
        return features(file["psd"][:][fires]), parameters, file["split"][:][fires], names, (lower, upper)


def trainer(prior, inputs):
    """NPE whose draws never lie outside the prior: a neural spline flow behind a dense network."""
    embedding = FCEmbedding(inputs, output_dim=40, num_layers=3, num_hiddens=128)
    flow = posterior_nn(
        "zuko_nsf", embedding_net=embedding, z_score_theta="transform_to_unconstrained", x_dist=prior, num_transforms=3
    )
    return NPE(prior, density_estimator=flow, show_progress_bars=False)


def train(inference, batch, **options):
    """Trains, and returns the posterior; what sbi says of it goes to standard error."""
    with contextlib.redirect_stdout(sys.stderr):
        inference.train(batch, **options)
    return inference.build_posterior()


def with_sbi(x, parameters, split, ranges, epochs, draws=1000):
    """What the table is made of, per test sample."""
    lower, width = torch.tensor(ranges[0]).float(), torch.tensor(ranges[1] - ranges[0]).float()
    cube, seen, test = (parameters - lower) / width, split != TEST, split == TEST
    inference = trainer(BoxUniform(torch.zeros(len(lower)), torch.ones(len(lower))), x.shape[1])
    share = float((split[seen] == VALIDATION).mean())
    batch = max(2, min(100, int(seen.sum() * min(share, 1 - share)) - 1))
    inference.append_simulations(cube[seen], x[seen])
    posterior = train(inference, batch, validation_fraction=share, max_num_epochs=epochs)
    found = posterior.sample_batched((draws,), x[test], show_progress_bars=False)
    density = posterior.log_prob_batched(cube[test][None], x[test], norm_posterior=False)[0]
    below = (found < cube[test]).double().mean(dim=0)
    return [values.numpy() for values in (found.mean(dim=0) - cube[test], found.std(dim=0), below, density)]


def with_model(program, model, dataset, names, ranges):
    """The same of a model of brunel-lfp; nothing but errors if it predicts no distributions."""
    with tempfile.TemporaryDirectory() as folder:
        command = [program, "evaluate", "--quiet", "--split", "test", "--force"]
        files = ["--model", model, "--dataset", dataset, "--output", folder]
        subprocess.run(command + files, check=True, stdout=subprocess.DEVNULL)
        tables = {}
        for path in Path(folder).glob("[ec]*.csv"):
            tables[path.stem] = list(csv.DictReader(path.open()))
    estimates, calibration = tables["estimates"], tables.get("calibration")

    def columns(table, prefix):
        return np.array([[float(row[prefix + name]) for name in names] for row in table])

    width = ranges[1] - ranges[0]
    errors = (columns(estimates, "estimated_") - columns(estimates, "true_")) / width
    if calibration is None:
        return [errors]
    density = -np.array([float(row["negative_log_likelihood"]) for row in calibration])
    return [errors, columns(estimates, "std_") / width, columns(calibration, "u_"), density]


def rows(estimator, names, errors, predicted=None, below=None, density=None):
    """Lines of the table; `below` is the predicted probability of values below the truth."""
    for index, name in enumerate(names):
        row = {"estimator": estimator, "parameter": name, "samples": len(errors)}
        row |= {"bias": 100 * errors[:, index].mean(), "std": 100 * errors[:, index].std()}
        if predicted is not None:
            inside = (below[:, index] > 0.05) & (below[:, index] < 0.95)
            row |= {"predicted std": 100 * predicted[:, index].mean(), "in 90 %": 100 * inside.mean()}
            row |= {"log density": density.mean()}
        yield {key: value if isinstance(value, (str, int)) else round(float(value), 2) for key, value in row.items()}


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--dataset", required=True, help="merged data set (HDF5)")
    parser.add_argument("--model", required=True, help="model of `brunel-lfp train`")
    parser.add_argument("--epochs", type=int, default=500, help="at most; training ends when validation does not improve")
    parser.add_argument("--program", default="brunel-lfp")
    arguments = parser.parse_args()
    torch.manual_seed(1)
    *samples, names, ranges = read(arguments.dataset)
    model = with_model(arguments.program, arguments.model, arguments.dataset, names, ranges)
    table = [*rows("sbi", names, *with_sbi(*samples, ranges, arguments.epochs)), *rows("brunel-lfp", names, *model)]
    header = list(max(table, key=len))
    for line in (header, ["---"] * len(header), *([row.get(key, "") for key in header] for row in table)):
        print("| " + " | ".join(map(str, line)) + " |")


if __name__ == "__main__":
    main()
