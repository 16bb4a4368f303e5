"""How many wrong inputs a model calls unlike its training, and how often its estimates of them are wrong.

usage: detection.py --binary brunel-lfp --model model.h5 --dataset dataset.h5 --output DIR [--samples 1000]
                    [--others NAME=FILE ...]

The data set is one that holds test samples of the model. Their spectra are changed here as files and electrodes change them:
channels reversed, swapped, dead or of other networks, another unit or gain, noise alone. Other data sets (other networks, cells,
noise, durations: `generate` and `spectra` make them) are named by --others; of one that has the same simulations only the
test samples are taken. Each goes through `evaluate`; `found` is the share with a typicality below 5 %, `flagged` below 1 % (what
`estimate` calls unlike the training), and `outside` the share of true values outside their 95 % intervals, for each parameter.

Writes detection.md and detection.json. What is evaluated is kept in DIR, and not evaluated again.
"""

import argparse
import csv
import json
import pathlib
import subprocess

import h5py
import numpy as np

TEST = 2


def noise_alone(frequency, exponent):
    """Replaces spectra by noise of 1/f^exponent with the same power in each channel, as 19 segments of Welch's leave it."""

    def change(psd, generator):
        shape = np.maximum(frequency, frequency[1]) ** -exponent
        power = psd.sum(axis=2, keepdims=True, dtype=np.float64)
        return power * shape / shape.sum() * generator.gamma(19, 1 / 19, psd.shape)

    return change


def dead(psd, generator):
    """A thousandth of the amplitude in one channel, as crosstalk leaves it."""
    changed = psd.copy()
    changed[np.arange(len(psd)), generator.integers(psd.shape[1], size=len(psd))] *= 1e-6
    return changed


def swapped(psd, generator):
    changed = psd.copy()
    for row in changed:
        first, second = generator.choice(len(row), 2, replace=False)
        row[[first, second]] = row[[second, first]]
    return changed


def of_other_networks(psd, generator):
    return np.stack([psd[generator.permutation(len(psd)), channel] for channel in range(psd.shape[1])], axis=1)


def changes(frequency):
    """Name and change of spectra [sample, channel, frequency] of each."""
    return {
        "as they are": lambda psd, _: psd,
        "white noise of the same power": noise_alone(frequency, 0),
        "1/f noise of the same power": noise_alone(frequency, 1),
        "channels reversed": lambda psd, _: psd[:, ::-1],
        "two channels swapped, any": swapped,
        "channels 1 and 4 swapped": lambda psd, _: psd[:, [0, 4, 2, 3, 1, *range(5, psd.shape[1])]],
        "one channel dead, any": dead,
        "channels of different networks": of_other_networks,
        "twice the amplitude": lambda psd, _: 4 * psd,
        "µV taken for mV": lambda psd, _: 1e6 * psd,
    }


def write_changed(source, target, change, samples):
    """Writes the first test samples of a data set with changed spectra."""
    with h5py.File(source) as file, h5py.File(target, "w") as out:
        rows = np.flatnonzero(file["split"][()] == TEST)[:samples]
        rows = rows[(file["activity/rate_E"][()] + file["activity/rate_I"][()])[rows] > 0]
        out.attrs.update(file.attrs)
        total = len(file["split"])

        def copy(name, item):
            if isinstance(item, h5py.Group) or name.startswith("histogram/"):
                return
            if item.shape and item.shape[0] == total and name != "time":
                values = item[()][rows]
                if name == "psd":
                    values = change(values, np.random.default_rng(1)).astype(np.float32)
                made = out.create_dataset(name, data=values)
            else:
                file.copy(item, out, name=name)
                made = out[name]
            for key, value in item.attrs.items():
                if key not in ("DIMENSION_LIST", "REFERENCE_LIST", "CLASS", "NAME"):
                    made.attrs[key] = value

        file.visititems(copy)
        for population in ("E", "I"):
            histogram = file[f"histogram/{population}"]
            made = out.create_dataset(
                f"histogram/{population}", (len(rows), histogram.shape[1]), histogram.dtype, compression="gzip")
            made.attrs["units"] = "spikes"


def evaluate(binary, model, dataset, folder, split):
    """Typicality [sample], probabilities below the true values [sample, parameter] and the parameters' names."""
    if not (folder / "estimates.csv").exists():
        command = [str(binary), "evaluate", "--model", str(model), "--dataset", str(dataset), "--output", str(folder), "--quiet"]
        if split:
            command += ["--split", split]
        done = subprocess.run(command, capture_output=True, text=True)
        if done.returncode:
            raise SystemExit(f"{' '.join(command)}:\n{done.stderr.strip()}")
    with open(folder / "estimates.csv") as file:
        typicality = np.array([float(row["typicality"]) for row in csv.DictReader(file)])
    with open(folder / "calibration.csv") as file:
        rows = list(csv.DictReader(file))
    names = [name[2:] for name in rows[0] if name.startswith("u_") and name not in ("u_all", "u_tarp")]
    return typicality, np.array([[float(row[f"u_{name}"]) for name in names] for row in rows]), names


def same_simulations(one, other):
    with h5py.File(one) as a, h5py.File(other) as b:
        return bool(np.isin(b["seed_key"][:100], a["seed_key"][()]).all())


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--binary", default="brunel-lfp")
    parser.add_argument("--model", required=True, type=pathlib.Path)
    parser.add_argument("--dataset", required=True, type=pathlib.Path)
    parser.add_argument("--output", required=True, type=pathlib.Path)
    parser.add_argument("--samples", type=int, default=1000)
    parser.add_argument("--others", nargs="*", default=[])
    arguments = parser.parse_args()
    arguments.output.mkdir(parents=True, exist_ok=True)

    inputs = {}
    with h5py.File(arguments.dataset) as file:
        frequency = file["frequency"][()]
    for name, change in changes(frequency).items():
        path = arguments.output / (name.replace(" ", "-").replace("/", "") + ".h5")
        if not path.exists():
            write_changed(arguments.dataset, path, change, arguments.samples)
        inputs[name] = (path, "all")
    for other in arguments.others:
        name, path = other.split("=", 1)
        inputs[name] = (path, "test" if same_simulations(arguments.dataset, path) else "all")

    table = []
    for name, (path, split) in inputs.items():
        folder = arguments.output / ("evaluation-" + name.replace(" ", "-").replace("/", ""))
        typicality, below, names = evaluate(arguments.binary, arguments.model, path, folder, split)
        outside = ((below < 0.025) | (below > 0.975)).mean(axis=0)
        table.append({
            "input": name, "samples": len(typicality), "found": float((typicality < 0.05).mean()),
            "flagged": float((typicality < 0.01).mean()), "outside": dict(zip(names, map(float, outside)))})
    (arguments.output / "detection.json").write_text(json.dumps(table, indent=1))
    percent = lambda share: f"{100 * share:.0f}"
    lines = [f"| input | samples | outside 95 %: {', '.join(names)} | found | flagged |", "| --- | --- | --- | --- | --- |"]
    lines += ["| {} | {} | {} | {} | {} |".format(
        row["input"], row["samples"], ", ".join(map(percent, row["outside"].values())), percent(row["found"]),
        percent(row["flagged"])) for row in table]
    (arguments.output / "detection.md").write_text("\n".join(lines) + "\n")
    print("\n".join(lines))


if __name__ == "__main__":
    main()
