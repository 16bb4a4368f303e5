"""Writes sobol.json: the first 64 points of Sobol's sequence in 13 dimensions, without scrambling, as numerators of
2**30, by SciPy."""

import json
import pathlib

import scipy
from scipy.stats import qmc

points = qmc.Sobol(d=13, scramble=False, bits=30).random(64)
out = {"scipy": scipy.__version__, "points": [[int(x * 2**30) for x in row] for row in points]}
pathlib.Path(__file__).with_name("sobol.json").write_text(json.dumps(out))
