"""What the program stores follows, by NumPy and SciPy, from what it stores beside it."""

import h5py
import numpy as np
import pytest
import scipy.signal
from conftest import DURATION_MS, NEURONS, OVERLAP_MS, SEGMENT_MS, TRANSIENT_MS

SECONDS = (DURATION_MS - TRANSIENT_MS) / 1000


def field_potential(kernels, histograms, g, efficacy):
    """LFP = J H_E * n_E + g J H_I * n_I, causal, in mV; channels by rows."""
    return sum(
        scale * np.stack([np.convolve(histograms[population], kernel)[:DURATION_MS] for kernel in kernels[population]])
        for population, scale in (("E", efficacy), ("I", g * efficacy))
    )


def spectra(lfp):
    return scipy.signal.welch(lfp[:, TRANSIENT_MS:], fs=1000, nperseg=SEGMENT_MS, noverlap=OVERLAP_MS)


def test_spectra_follow_from_histograms_and_kernels(study):
    with h5py.File(study / "dataset.h5") as file:
        kernels = {population: file["kernels"][population][:] for population in NEURONS}
        for row, (_, g, efficacy) in enumerate(file["parameters"]):
            histograms = {population: file["histogram"][population][row].astype(float) for population in NEURONS}
            frequencies, expected = spectra(field_potential(kernels, histograms, g, efficacy))
            np.testing.assert_allclose(file["frequency"], frequencies)
            # Stored in single precision.
            np.testing.assert_allclose(file["psd"][row], expected, rtol=1e-5)


def test_potential_and_spectra_of_one_network(study):
    with h5py.File(study / "run.h5") as run, h5py.File(study / "kernels.h5") as kernel_file:
        assert (run.attrs["eta"], run.attrs["g"], run.attrs["J_mV"]) == (2, 5, 0.3)
        kernels = {population: kernel_file[population][:] for population in NEURONS}
        histograms = {population: run["histogram"][population][:].astype(float) for population in NEURONS}
        lfp = field_potential(kernels, histograms, g=5, efficacy=0.3)
        np.testing.assert_allclose(run["lfp"], lfp, rtol=1e-10, atol=1e-12 * np.abs(lfp).max())
        np.testing.assert_allclose(run["psd"], spectra(lfp)[1], rtol=1e-5)


def test_kernels_of_data_set_and_kernel_file_are_the_same(study):
    with h5py.File(study / "dataset.h5") as data, h5py.File(study / "kernels.h5") as kernels:
        for population in NEURONS:
            assert np.array_equal(data["kernels"][population], kernels[population])


@pytest.mark.parametrize("population", NEURONS)
def test_rates_follow_from_histograms(study, population):
    def rate(histogram):
        return histogram[..., TRANSIENT_MS:].sum(axis=-1) / NEURONS[population] / SECONDS

    with h5py.File(study / "dataset.h5") as file:
        stored = file[f"activity/rate_{population}"][:]
        np.testing.assert_allclose(stored, rate(file["histogram"][population][:]), rtol=1e-6)
        assert stored.min() > 0
    with h5py.File(study / "run.h5") as run:
        expected = rate(run["histogram"][population][:])
        assert run[f"activity/rate_{population}"][()] == pytest.approx(expected, rel=1e-12)
        assert study.simulation[f"rate_{population}_Hz"] == pytest.approx(expected, rel=1e-12)


def test_histograms_and_irregularity_follow_from_spikes(study):
    variations = []
    with h5py.File(study / "spikes.h5") as spikes, h5py.File(study / "run.h5") as run:
        for population, neurons in NEURONS.items():
            times = spikes[f"spikes/{population}/timestamps"][:]
            nodes = spikes[f"spikes/{population}/node_ids"][:]
            counts = np.bincount(np.floor(times[times < DURATION_MS]).astype(int), minlength=DURATION_MS)
            assert np.array_equal(counts, run["histogram"][population])
            for neuron in range(neurons):
                own = times[(nodes == neuron) & (times >= TRANSIENT_MS) & (times < DURATION_MS)]
                if len(own) >= 3:
                    intervals = np.diff(own)
                    variations.append(intervals.std() / intervals.mean())
        assert len(variations) == study.simulation["cv_isi_neurons"]
        assert study.simulation["cv_isi"] == pytest.approx(np.mean(variations), rel=1e-9)
        assert run["activity/cv_isi"][()] == pytest.approx(np.mean(variations), rel=1e-9)


def forward(weights, x):
    """The network of Skaar et al. 2020: x [position, channel] to outputs in the unit cube."""
    for layer in ("convolution_1", "convolution_2", "convolution_3"):
        kernel = weights[f"{layer}/kernel"][:].astype(float)
        windows = np.lib.stride_tricks.sliding_window_view(x, len(kernel), axis=0)
        x = np.maximum(np.einsum("tcw,wcf->tf", windows, kernel), 0)
        x = x[: len(x) // 2 * 2].reshape(-1, 2, x.shape[1]).max(axis=1)
    x = x.ravel()
    for layer in ("dense_1", "dense_2"):
        x = np.maximum(x @ weights[f"{layer}/kernel"][:].astype(float) + weights[f"{layer}/bias"][:], 0)
    return x @ weights["dense_3/kernel"][:].astype(float)


def test_estimates_follow_from_weights(study):
    with h5py.File(study / "model.h5") as model, h5py.File(study / "dataset.h5") as data:
        scale = model["normaliser/channel_scale"][:]
        lower, upper = model["target_lower"][:], model["target_upper"][:]
        names = list(model["parameter"].asstr())
        assert len(study.estimates) == len(data["psd"])
        for row, spectrum in zip(study.estimates, data["psd"], strict=True):
            outputs = forward(model["weights"], (spectrum / scale[:, None]).T)
            expected = lower + (upper - lower) * outputs
            # The program computes in single precision.
            estimates = [row["estimates"][name] for name in names]
            np.testing.assert_allclose(estimates, expected, rtol=1e-4)


def test_normaliser_is_the_mean_power_of_the_training_samples(study):
    with h5py.File(study / "model.h5") as model, h5py.File(study / "dataset.h5") as data:
        training = data["psd"][:][data["split"][:] == 0].astype(float)
        np.testing.assert_allclose(model["normaliser/channel_scale"], training.sum(axis=2).mean(axis=0), rtol=1e-12)


def test_best_epoch_is_the_one_with_the_smallest_validation_loss(study):
    with h5py.File(study / "model.h5") as model:
        losses = model["history/validation_loss"][:]
        assert model.attrs["best_epoch"] == losses.argmin() + 1
