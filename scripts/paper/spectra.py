"""Spectra and their peaks."""

import numpy as np


def power_density(signal, segment=300, overlap=150, rate=1000.0):
    """Welch's estimate with a Hann window and constant detrend."""
    window = np.hanning(segment + 1)[:-1]
    parts = np.lib.stride_tricks.sliding_window_view(signal, segment)[::segment - overlap]
    power = abs(np.fft.rfft((parts - parts.mean(axis=1, keepdims=True)) * window, axis=1)) ** 2
    power[:, 1:-1] *= 2
    return power.mean(axis=0) / (rate * (window**2).sum())


def peaks(frequency, power, above, prominence=3):
    """Frequencies above a bound where a spectrum, smoothed over three values, has a maximum as many dB above what lies between it
    and higher ones."""
    decibels = 10 * np.log10(np.convolve(power[1:], np.ones(3) / 3, "same")[1:-1])
    f = frequency[2:-1]
    found = []
    for i in range(1, len(f) - 1):
        if decibels[i] <= decibels[i - 1] or decibels[i] < decibels[i + 1] or f[i] < above:
            continue
        left = np.flatnonzero(decibels[:i] > decibels[i])
        right = np.flatnonzero(decibels[i + 1:] > decibels[i])
        lowest = [decibels[(left[-1] if len(left) else 0):i].min(),
                  decibels[i + 1:i + 1 + (right[0] if len(right) else len(f))].min()]
        if decibels[i] - max(lowest) >= prominence:
            found.append(float(f[i]))
    return found


def correlation(a, b):
    return float(np.corrcoef(a, b)[0, 1])
