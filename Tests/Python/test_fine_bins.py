"""With bins of 0.1 ms the potential is that at 10 kHz, filtered and decimated, by NumPy and SciPy."""

import subprocess

import h5py
import numpy as np
import pytest
import scipy.signal
from conftest import CONFIGURATION, DURATION_MS, NEURONS, PROGRAM

G, EFFICACY = 5, 0.3
# The program's filter looks back over 44 ms.
DELAY_MS = 22


@pytest.fixture(scope="module")
def fine(tmp_path_factory):
    """A run with bins of 0.1 ms, one of the same network with bins of 1 ms, and the kernels."""
    folder = tmp_path_factory.mktemp("fine")
    (folder / "study.yaml").write_text(CONFIGURATION)
    network = f"simulate --config study.yaml --eta 2 --g {G} --J {EFFICACY} --seed 3 --quiet"
    for command in (
        f"{network} --set simulation.bin_ms=0.1 --output fine.h5",
        f"{network} --output coarse.h5",
        "kernel --config study.yaml --output kernels.h5 --quiet",
    ):
        subprocess.run([PROGRAM, *command.split()], cwd=folder, check=True, capture_output=True)
    return folder


@pytest.fixture(scope="module")
def potential(fine):
    """The potential in every bin before any filter, [channel][bin of 0.1 ms]."""
    with h5py.File(fine / "fine.h5") as run, h5py.File(fine / "kernels.h5") as kernels:
        return sum(
            scale
            * np.stack(
                [
                    np.convolve(run["histogram"][population][:].astype(float), kernel)[: 10 * DURATION_MS]
                    for kernel in kernels[f"{population}_0p1ms"]
                ]
            )
            for population, scale in (("E", EFFICACY), ("I", G * EFFICACY))
        )


def lfp(fine):
    with h5py.File(fine / "fine.h5") as run:
        return run["lfp"][:]


def test_fine_bins_sum_to_coarse_ones(fine):
    with h5py.File(fine / "fine.h5") as run, h5py.File(fine / "coarse.h5") as coarse:
        assert run.attrs["bin_ms"] == 0.1
        for population in NEURONS:
            histogram = run["histogram"][population][:]
            assert histogram.shape == (10 * DURATION_MS,)
            assert np.array_equal(histogram.reshape(-1, 10).sum(axis=1), coarse["histogram"][population])
        np.testing.assert_allclose(run["histogram/time"][:3], [0.05, 0.15, 0.25])
        # Times say when the potential was what is stored.
        np.testing.assert_allclose(run["time"][:], np.arange(DURATION_MS) + 0.5 - DELAY_MS)


def test_potential_is_filtered_and_decimated(fine, potential):
    taps = scipy.signal.firwin(441, 500, window=("kaiser", 0.1102 * (132 - 8.7)), fs=10000)
    expected = scipy.signal.lfilter(taps, 1, potential, axis=1)[:, 5::10]
    # Rounding of sums of thousands of terms.
    np.testing.assert_allclose(lfp(fine), expected, rtol=0, atol=1e-11 * np.abs(expected).max())


def test_a_sharper_filter_leaves_the_same_below_400_hertz(fine, potential):
    # Flat to 460 Hz and 160 dB down from 540 Hz on, centred on each sample.
    half = 660
    taps = scipy.signal.firwin(2 * half + 1, 500, window=("kaiser", scipy.signal.kaiser_beta(160)), fs=10000)
    margin = half // 10 + 1
    sharp = np.stack([np.convolve(row, taps, mode="same") for row in potential])[:, 5::10]
    # From here on neither filter sees where the histogram ends.
    stored = lfp(fine)[:, margin + DELAY_MS : DURATION_MS - margin + DELAY_MS]
    expected = sharp[:, margin : DURATION_MS - margin][:, : stored.shape[1]]
    stored = stored[:, : expected.shape[1]]
    window = np.kaiser(stored.shape[1], 40)

    def spectra(series):
        return np.fft.rfft((series - expected.mean(axis=1, keepdims=True)) * window, n=4096, axis=1)

    frequencies = np.fft.rfftfreq(4096, 1e-3)
    error, amplitude = np.abs(spectra(stored) - spectra(expected)), np.abs(spectra(expected))
    # The window sees 25 Hz to either side.
    below = frequencies < 375
    assert error[:, below].max() <= 1e-6 * amplitude.max()
    # Single frequencies may be nearly silent by chance: each is compared with its neighbourhood of 20 Hz.
    near = scipy.signal.fftconvolve(amplitude**2, np.ones((1, 81)) / 81, mode="same", axes=1) ** 0.5
    assert (error[:, below] <= 1e-6 * near[:, below]).all()
