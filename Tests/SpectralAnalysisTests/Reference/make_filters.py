"""Writes filters.json: filters by scipy.signal and what they make of a signal.

The signal is given by a formula that the tests repeat. Recursive filters begin in the state that the mean of the signal
would have left, as in `sosfilt(sos, x, zi=sosfilt_zi(sos) * x.mean())`.

    python make_filters.py > filters.json
"""

import json
import math

import numpy
import scipy
from scipy import signal

SAMPLES = 60
# Units of the sampling rate.
FREQUENCIES = [0.0, 0.001, 0.01, 0.05, 0.1, 0.2, 0.3, 0.45, 0.499]


def make_signal():
    """Two sines, a trend and an offset."""
    return numpy.array(
        [
            math.sin(2 * math.pi * 0.083 * n) + 0.3 * math.cos(2 * math.pi * 0.31 * n) + 0.002 * n + 5.0
            for n in range(SAMPLES)
        ]
    )


x = make_signal()
recursive = []
for kind in ("lowpass", "highpass"):
    for order in range(1, 5):
        for corner in (0.004, 0.11, 0.4):
            sos = signal.butter(order, corner, kind, output="sos", fs=1)
            _, response = signal.sosfreqz(sos, worN=FREQUENCIES, fs=1)
            filtered, _ = signal.sosfilt(sos, x, zi=signal.sosfilt_zi(sos) * x.mean())
            recursive.append(
                {
                    "kind": kind,
                    "order": order,
                    "corner": corner,
                    "power": (abs(response) ** 2).tolist(),
                    "filtered": filtered.tolist(),
                }
            )

finite = []
DESIGNS = [(0.25, 44, 132), (0.1, 110, 132), (0.05, 220, 132), (0.21, 30, 60), (0.3, 1, 20)]
for cutoff, half_length, attenuation in DESIGNS:
    beta = 0.1102 * (max(attenuation, 50) - 8.7)
    taps = signal.firwin(2 * half_length + 1, cutoff, window=("kaiser", beta), fs=1)
    finite.append(
        {
            "cutoff": cutoff,
            "halfLength": half_length,
            "attenuation": attenuation,
            # From the middle on; the others are the same.
            "taps": taps[half_length:].tolist(),
        }
    )

versions = {"numpy": numpy.__version__, "scipy": scipy.__version__}
print(
    json.dumps(
        {
            "versions": versions,
            "samples": SAMPLES,
            "frequencies": FREQUENCIES,
            "recursive": recursive,
            "finite": finite,
        }
    )
)
