"""The spectrum by which runs of both simulators are compared."""

import numpy as np
from scipy.signal import welch

NEURONS = {"E": 10_000, "I": 2_500}


def rate_spectrum(spikes_per_ms: np.ndarray) -> np.ndarray:
    """Welch power spectral density of the population rate, in (spikes/s)²/Hz.

    spikes_per_ms: spikes of both populations together per 1 ms bin, after the transient.
    Returns 151 values for frequencies 0 … 500 Hz.
    """
    rate = spikes_per_ms / sum(NEURONS.values()) * 1000
    return welch(rate, fs=1000, nperseg=300)[1]
