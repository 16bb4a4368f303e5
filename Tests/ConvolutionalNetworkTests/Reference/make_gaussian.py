"""Makes gaussian_head.json: log densities of normal distributions given by regressions among their variables.

Python 3, numpy 2.4.6, scipy 1.17.1:
    python make_gaussian.py

For d targets there are d + d(d + 1)/2 outputs: means, logarithms of inverse deviations (bounded by 10 tanh(x / 10)),
entries below the unit diagonal row by row. Outputs and targets come from integer formulas, so that they need not be stored; both are rounded to
float32:
    output i of sample k, counted through   3 * (((7919 i + 13) mod 1009) / 1009 - 0.5)
    target i                                ((31 i + 5) mod 11) / 11
"""

import json

import numpy as np
from scipy.stats import multivariate_normal

SAMPLES = 6


def sequence(count, factor, offset, modulus):
    i = np.arange(count, dtype=np.int64)
    return ((factor * i + offset) % modulus) / modulus


reference = {}
for d in (1, 2, 3, 4):
    size = d + d * (d + 1) // 2
    outputs = (3 * (sequence(SAMPLES * size, 7919, 13, 1009) - 0.5)).astype(np.float32).astype(float).reshape(-1, size)
    targets = sequence(SAMPLES * d, 31, 5, 11).astype(np.float32).astype(float).reshape(-1, d)
    losses, covariances = [], []
    for y, t in zip(outputs, targets, strict=True):
        regression = np.eye(d)
        regression[np.tril_indices(d, -1)] = y[2 * d :]
        precisions = np.exp(20 * np.tanh(y[d : 2 * d] / 10))
        covariance = np.linalg.inv(regression @ np.diag(precisions) @ regression.T)
        losses.append(-multivariate_normal(y[:d], covariance).logpdf(t))
        covariances.append(covariance.ravel().tolist())
    reference[str(d)] = {"losses": losses, "covariances": covariances}

with open("gaussian_head.json", "w") as file:
    json.dump(reference, file, indent=1)
    file.write("\n")
