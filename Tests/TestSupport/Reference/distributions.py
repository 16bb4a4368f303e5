"""Writes distributions.json: tails of the chi-square distribution, densities and distribution functions of a mixture of
normal or t distributions, and least-squares fits of a + b*x**-c, by SciPy."""

import json
import pathlib

import numpy as np
import scipy
from scipy.optimize import curve_fit
from scipy.stats import chi2, multivariate_normal, multivariate_t, norm, t

means = [[0.4, -1.0, 2.0], [0.6, 0.5, 1.0]]
covariances = [
    [[0.5, 0.2, -0.1], [0.2, 0.8, 0.3], [-0.1, 0.3, 0.4]],
    [[2.0, -0.5, 0.0], [-0.5, 0.25, 0.1], [0.0, 0.1, 1.5]],
]
points = [[0.0, 0.0, 0.0], [1.0, -1.0, 2.5], [-3.0, 2.0, 0.5]]
normals = [multivariate_normal(m, c) for m, c in zip(means, covariances)]
tails = [[k, x, chi2.sf(x, k)] for k in (1, 2, 3, 4, 7, 19, 50) for x in (0.01, 0.5, 2.0, 7.8, 30.0, 90.0)]
student = [[k, x, t.cdf(x, k)] for k in (1, 2, 3, 4, 7, 8, 30) for x in (-40.0, -1.5, 0.0, 0.1, 2.0, 9.0)]
degrees = 5
students = [multivariate_t(m, c, degrees) for m, c in zip(means, covariances)]

x = np.array([500.0, 1000, 2000, 4000, 8000, 16000])
y = np.array([0.0211, 0.0149, 0.0117, 0.0090, 0.0079, 0.0070])


def law(x, a, b, c):
    return a + b * x**-c


half, _ = curve_fit(lambda x, a, b: law(x, a, b, 0.5), x, y)
free, _ = curve_fit(law, x, y, p0=[0.005, 1, 0.6], sigma=y, xtol=1e-14, ftol=1e-14)
residual = y - law(x, half[0], half[1], 0.5)

out = {
    "scipy": scipy.__version__,
    "tails": tails,
    "means": means,
    "covariances": [sum(c, []) for c in covariances],
    "points": points,
    "log_density": [float(np.log(np.mean([n.pdf(p) for n in normals]))) for p in points],
    "log_density_of_first": [float(normals[0].logpdf(p)) for p in points],
    "level_of_first": [
        float(chi2.cdf((p - np.array(means[0])) @ np.linalg.solve(covariances[0], p - np.array(means[0])), 3))
        for p in points
    ],
    "marginal": [
        [float(np.mean([norm.cdf(p[i], m[i], c[i][i] ** 0.5) for m, c in zip(means, covariances)])) for i in range(3)]
        for p in points
    ],
    "student": student,
    "student_degrees": degrees,
    "student_log_density": [float(np.log(np.mean([s.pdf(p) for s in students]))) for p in points],
    "student_marginal": [
        [
            float(np.mean([t.cdf((p[i] - m[i]) / c[i][i] ** 0.5, degrees) for m, c in zip(means, covariances)]))
            for i in range(3)
        ]
        for p in points
    ],
    "x": x.tolist(),
    "y": y.tolist(),
    "half": half.tolist(),
    "half_r2": float(1 - np.sum(residual**2) / np.sum((y - y.mean()) ** 2)),
    "free": free.tolist(),
}
pathlib.Path(__file__).with_name("distributions.json").write_text(json.dumps(out) + "\n")
