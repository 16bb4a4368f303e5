"""Writes welch.json: power spectral densities by scipy.signal.welch of one signal.

The signal is given by a formula that the tests repeat: two sines, a trend, an offset and noise from a
64-bit linear congruential generator.

    python make_welch.py > welch.json
"""

import json
import math

import numpy
import scipy
from scipy import signal

SAMPLES = 1000


def make_signal():
    state = 1
    values = []
    for n in range(SAMPLES):
        state = (6364136223846793005 * state + 1442695040888963407) % 2**64
        noise = (state >> 11) * 2.0**-53 - 0.5
        wave = math.sin(2 * math.pi * 0.083 * n) + 0.3 * math.cos(2 * math.pi * 0.31 * n)
        values.append(wave + noise + 0.002 * n + 5.0)
    return numpy.array(values)


CASES = [
    # segment length, overlap (None: half), window, detrend, sampling rate
    (300, None, "hann", "constant", 1000.0),
    (301, None, "hann", "constant", 1000.0),
    (256, 0, "hann", "constant", 1.0),
    (97, 60, "hann", "constant", 250.0),
    (64, 63, "hann", False, 1000.0),
    (125, 31, "boxcar", "constant", 500.0),
    (10, 3, "boxcar", False, 2.5),
    (1000, 17, "hann", "constant", 1000.0),
    (2, 1, "hann", False, 1000.0),
    (1, 0, "hann", False, 1000.0),
]

x = make_signal()
cases = []
for length, overlap, window, detrend, rate in CASES:
    frequencies, density = signal.welch(
        x, fs=rate, window=window, nperseg=length, noverlap=overlap, detrend=detrend
    )
    cases.append(
        {
            "segmentLength": length,
            "overlap": overlap,
            "window": window,
            "detrend": detrend == "constant",
            "samplingRate": rate,
            "frequencies": frequencies.tolist(),
            "density": density.tolist(),
        }
    )
versions = {"numpy": numpy.__version__, "scipy": scipy.__version__}
print(json.dumps({"versions": versions, "samples": SAMPLES, "cases": cases}))
