"""Errors of gradient boosting (scikit-learn) and neural posterior estimation (sbi) on the spectra of a data set.

usage: other_estimators.py --dataset paper-full.h5 --output DIR [--peers boosting npe]
                           [--only TEXT ...] [--binary brunel-lfp --models model.h5 ...] [--open-test]

Candidates are trained on the training samples and chosen on the validation samples; what is trained is kept in DIR, and
the same command goes on from there. Errors are of the validation samples, until --open-test asks once for the test
samples. Models of brunel-lfp trained on the same data set are compared with each peer on the same samples: ratios of
root mean square errors, and for models that predict distributions differences of the negative log likelihood from NPE's,
with 95 % intervals of a bootstrap over samples.

Writes tuning.json, errors-PART.md, errors-PART.json and, per sample and in the unit cube of the target box, PART.npz.
"""

import argparse
import json
import pathlib
import sys

import numpy as np

from samples import TEST, VALIDATION, Samples, estimates, negative_log_likelihoods, table

RESAMPLES = 2000


def statistics(errors) -> dict:
    """In % of the width of the target box, per parameter."""
    return {"bias": 100 * errors.mean(axis=0), "std": 100 * errors.std(axis=0),
            "rmse": 100 * np.sqrt((errors**2).mean(axis=0))}


def ratio_interval(ours, theirs) -> np.ndarray:
    """Ratio of root mean square errors of the same samples, and its interval: [3, parameter]."""
    generator = np.random.default_rng(1)
    ratio = lambda rows: np.sqrt((ours[rows] ** 2).mean(axis=0) / (theirs[rows] ** 2).mean(axis=0))
    draws = [ratio(generator.integers(len(ours), size=len(ours))) for _ in range(RESAMPLES)]
    return np.stack([ratio(slice(None)), *np.percentile(draws, [2.5, 97.5], axis=0)])


def difference_interval(ours, theirs) -> np.ndarray:
    """Mean difference of the same samples, and its interval."""
    generator = np.random.default_rng(1)
    difference = ours - theirs
    draws = [difference[generator.integers(len(difference), size=len(difference))].mean() for _ in range(RESAMPLES)]
    return np.array([difference.mean(), *np.percentile(draws, [2.5, 97.5])])


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--dataset", required=True, type=pathlib.Path)
    parser.add_argument("--output", required=True, type=pathlib.Path)
    parser.add_argument("--peers", nargs="*", default=["boosting", "npe"], choices=["boosting", "npe"])
    parser.add_argument("--only", nargs="*", default=[], help="candidates with one of these texts in their names")
    parser.add_argument("--binary", default="brunel-lfp")
    parser.add_argument("--models", nargs="*", default=[], type=pathlib.Path)
    parser.add_argument("--open-test", action="store_true")
    arguments = parser.parse_args()
    output = arguments.output
    output.mkdir(parents=True, exist_ok=True)
    part, split = ("test", TEST) if arguments.open_test else ("validation", VALIDATION)
    if arguments.open_test and (output / "errors-test.json").exists():
        sys.exit(f"{output}: the test samples were opened before")

    samples = Samples.read(arguments.dataset)
    rows = samples.rows(split)
    truth = samples.targets[rows].astype(float)
    found, columns, tuning, likelihoods = {}, {"truth": truth}, {}, {}
    if "boosting" in arguments.peers:
        from gradient_boosting import GradientBoosting
        boosting = GradientBoosting(samples, output, arguments.only)
        found[boosting.name] = columns["gradient_boosting_mean"] = boosting.estimates(samples, rows)
        tuning[boosting.name] = boosting.trials
    if "npe" in arguments.peers:
        from neural_posterior import NeuralPosterior
        npe = NeuralPosterior(samples, output, arguments.only)
        posterior = npe.posterior(samples, rows)
        found[npe.name] = posterior["mean"]
        columns |= {f"npe_{name}": values for name, values in posterior.items()}
        tuning[npe.name] = npe.trials
    peers = list(found)
    for model in arguments.models:
        folder = output / f"{model.stem}-{part}"
        ours = estimates(arguments.binary, model, arguments.dataset, part, folder)
        found[model.stem] = columns[model.stem] = (ours - samples.lower) / (samples.upper - samples.lower)
        if (folder / "calibration.csv").exists():
            likelihoods[model.stem] = negative_log_likelihoods(folder)
    (output / "tuning.json").write_text(json.dumps(tuning, indent=1))
    np.savez_compressed(output / f"{part}.npz", **columns)

    errors = {name: values - truth for name, values in found.items()}
    figures = {name: statistics(error) for name, error in errors.items()}
    text = f"Errors of {len(rows)} {part} samples in % of the target box.\n\n" + table(
        ("estimator", "parameter", "bias", "std", "RMSE"),
        [(name, parameter, *(f"{figure[kind][p]:.2f}" for kind in ("bias", "std", "rmse")))
         for name, figure in figures.items() for p, parameter in enumerate(samples.names)])
    if arguments.models:
        text += "\nRatios of RMSE, with 95 % intervals.\n\n" + table(
            ("model", "peer", *samples.names),
            [(model.stem, peer, *("{:.3f} ({:.3f} to {:.3f})".format(*column)
                                  for column in ratio_interval(errors[model.stem], errors[peer]).T))
             for model in arguments.models for peer in peers])
    figures = {name: {kind: list(values) for kind, values in figure.items()} for name, figure in figures.items()}
    if "npe" in arguments.peers:
        text += "\nMean negative logarithm of the density at the true parameters, in nats, in the unit cube.\n\n"
        lines = []
        for column, what in (("log_density", "flow"), ("log_density_inside", "flow, cut off outside the cube")):
            mean, error = -posterior[column].mean(), posterior[column].std() / np.sqrt(len(rows))
            figures[npe.name][f"negative_{column}"] = [mean, error]
            lines.append((f"{npe.name}: {what}", f"{mean:.4f}", f"{error:.4f}", ""))
        for name, ours in likelihoods.items():
            difference = difference_interval(ours, -posterior["log_density_inside"])
            figures[name] |= {"negative_log_likelihood": ours.mean(), "difference_from_npe": list(difference)}
            lines.append((name, f"{ours.mean():.4f}", f"{ours.std() / np.sqrt(len(rows)):.4f}",
                          "{:+.4f} ({:+.4f} to {:+.4f})".format(*difference)))
        text += table(("density", "mean", "standard error", "difference from the flow cut off"), lines)
    (output / f"errors-{part}.md").write_text(text)
    (output / f"errors-{part}.json").write_text(json.dumps(figures, indent=1))
    print(text)


if __name__ == "__main__":
    main()
