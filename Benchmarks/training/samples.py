"""The samples of a data set as `brunel-lfp train` takes them."""

import csv
import dataclasses
import json
import pathlib
import subprocess

import h5py
import numpy as np
import yaml

TRAINING, VALIDATION, TEST = 0, 1, 2


@dataclasses.dataclass(eq=False)
class Samples:
    """Spectra, parameters and split of one data set, without the networks that fired no spike."""

    spectra: np.ndarray  # [sample, channel, frequency], mV²/Hz
    parameters: np.ndarray  # [sample, parameter], in their units
    split: np.ndarray  # [sample]
    names: list[str]
    lower: np.ndarray  # of the target box
    upper: np.ndarray

    @classmethod
    def read(cls, path) -> "Samples":
        with h5py.File(path) as file:
            fires = file["activity/rate_E"][:] + file["activity/rate_I"][:] > 0
            keys = list(file["parameters"].attrs["configuration_keys"])
            configuration = yaml.safe_load(file.attrs["configuration"])
            box = configuration["training"]["target_box"]
            box = configuration["sampling"]["parameters"] if box == "sampled" else box
            # Parameters that are drawn but not estimated have no range there.
            names = [key for key in keys if key in box]
            lower, upper = np.array([box[name] for name in names], float).T
            psd, parameters, split = (file[name][:][fires] for name in ("psd", "parameters", "split"))
            return cls(psd, parameters[:, [keys.index(name) for name in names]], split, names, lower, upper)

    def rows(self, part: int) -> np.ndarray:
        return np.flatnonzero(self.split == part)

    @property
    def targets(self) -> np.ndarray:
        """Parameters in the unit cube of the target box, float32."""
        return ((self.parameters - self.lower) / (self.upper - self.lower)).astype(np.float32)

    def power(self) -> np.ndarray:
        """Inputs [sample, frequency, channel] of preset `paper`: channels divided by their mean total power."""
        scale = self.spectra[self.rows(TRAINING)].sum(axis=2, dtype=np.float64).mean(axis=0)
        return np.ascontiguousarray((self.spectra / scale.astype(np.float32)[:, None]).transpose(0, 2, 1))

    def log_power(self) -> np.ndarray:
        """Standardised decadic logarithms of the spectra, [sample, channel, frequency]."""
        logarithms = np.log10(np.maximum(self.spectra, 1e-30).astype(np.float64))
        training = logarithms[self.rows(TRAINING)]
        return ((logarithms - training.mean(axis=0)) / training.std(axis=0)).astype(np.float32)


def brunel_lfp(binary, command, *options) -> dict:
    """Runs a command that prints one line of JSON."""
    line = [str(binary), command, *map(str, options), "--json"]
    done = subprocess.run(line, capture_output=True, text=True)
    if done.returncode:
        raise SystemExit(f"{' '.join(line)}:\n{done.stderr.strip()}")
    return json.loads(done.stdout) if done.stdout.startswith("{") else {}


def training_configuration(path: pathlib.Path, seed=1, **training) -> pathlib.Path:
    """Writes a configuration with this seed and section `training`."""
    path.write_text(yaml.safe_dump({"seed": seed, "training": training}))
    return path


def estimates(binary, model, dataset, split, folder) -> np.ndarray:
    """What a model of brunel-lfp estimates for one part of a data set, [sample, parameter] in the parameters' units."""
    brunel_lfp(
        binary, "evaluate", "--model", model, "--dataset", dataset, "--split", split, "--output", folder, "--force")
    with open(pathlib.Path(folder) / "estimates.csv") as file:
        rows = list(csv.DictReader(file))
    names = [name for name in rows[0] if name.startswith("estimated_")]
    return np.array([[float(row[name]) for name in names] for row in rows])


def negative_log_likelihoods(folder) -> np.ndarray:
    """Per sample, what `evaluate` left there for a model that predicts distributions: nats in the unit cube."""
    with open(pathlib.Path(folder) / "calibration.csv") as file:
        return np.array([float(row["negative_log_likelihood"]) for row in csv.DictReader(file)])


def table(header, rows) -> str:
    """A table in Markdown."""
    return "\n".join("| " + " | ".join(map(str, row)) + " |" for row in [header, ("---",) * len(header), *rows]) + "\n"
