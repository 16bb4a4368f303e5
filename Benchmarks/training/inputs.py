"""What estimators other than the paper's can be given of the spectra: standardised features, [sample, feature]."""

import functools

import numpy as np

from samples import TRAINING, Samples

COMPONENTS = 100


def standardised(values: np.ndarray, training: np.ndarray) -> np.ndarray:
    mean, deviation = values[training].mean(axis=0), values[training].std(axis=0)
    return ((values - mean) / np.where(deviation > 1e-9, deviation, 1)).astype(np.float32)


@functools.cache
def log_power(samples: Samples) -> np.ndarray:
    return samples.log_power().reshape(len(samples.spectra), -1)


@functools.cache
def log_ratios(samples: Samples) -> np.ndarray:
    """The first channel's log power, and the differences of neighbouring channels' log powers, which are small but
    nearly free of the noise that channels have in common."""
    values = np.log10(np.maximum(samples.spectra, 1e-30).astype(np.float64))
    values[:, 1:] = np.diff(values, axis=1)
    return standardised(values, samples.rows(TRAINING)).reshape(len(values), -1)


@functools.cache
def components(samples: Samples) -> np.ndarray:
    """Whitened principal components of `log_ratios`."""
    values = log_ratios(samples)
    training = samples.rows(TRAINING)
    directions = np.linalg.svd(values[training], full_matrices=False)[2][:COMPONENTS]
    return standardised(values @ directions.T, training)


FEATURES = {"log power": log_power, "log ratios": log_ratios, "components": components}


def chosen(candidates: dict, only) -> dict:
    """Those with one of some texts in their names; all without texts."""
    found = {name: what for name, what in candidates.items() if not only or any(text in name for text in only)}
    return found or candidates
