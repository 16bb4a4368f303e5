"""The files open in h5py, xarray and libsonata with the documented names, shapes, types and units."""

import subprocess

import h5py
import libsonata
import numpy as np
import pytest
import xarray
from conftest import DURATION_MS, NEURONS, SAMPLES, SEGMENT_MS, TRANSIENT_MS

FREQUENCIES = SEGMENT_MS // 2 + 1

# path: (shape, type, dimensions, units)
DATASET = {
    "parameters": ((SAMPLES, 3), "f8", ["sample", "parameter"], None),
    "psd": ((SAMPLES, 6, FREQUENCIES), "f4", ["sample", "channel", "frequency"], "mV²/Hz"),
    "histogram/E": ((SAMPLES, DURATION_MS), "u4", ["sample", "time"], "spikes"),
    "histogram/I": ((SAMPLES, DURATION_MS), "u4", ["sample", "time"], "spikes"),
    "activity/rate_E": ((SAMPLES,), "f4", ["sample"], "Hz"),
    "activity/rate_I": ((SAMPLES,), "f4", ["sample"], "Hz"),
    "activity/cv_isi": ((SAMPLES,), "f4", ["sample"], "1"),
    "sample_index": ((SAMPLES,), "u8", ["sample"], None),
    "seed_key": ((SAMPLES,), "u8", ["sample"], None),
    "split": ((SAMPLES,), "u1", ["sample"], None),
    "kernels/E": ((6, 100), "f8", ["channel", "lag"], "mV"),
    "kernels/I": ((6, 100), "f8", ["channel", "lag"], "mV"),
    "frequency": ((FREQUENCIES,), "f8", None, "Hz"),
    "time": ((DURATION_MS,), "f8", None, "ms"),
    "lag": ((100,), "f8", None, "ms"),
    "channel_depth": ((6,), "f8", ["channel"], "um"),
    "channel_x": ((6,), "f8", ["channel"], "um"),
    "channel_y": ((6,), "f8", ["channel"], "um"),
}


@pytest.mark.parametrize("path", DATASET)
def test_dataset_layout(study, path):
    shape, dtype, dimensions, units = DATASET[path]
    with h5py.File(study / "dataset.h5") as file:
        dataset = file[path]
        assert dataset.shape == shape
        assert dataset.dtype == np.dtype(dtype)
        if dimensions:
            assert [dimension.label for dimension in dataset.dims] == dimensions
        if units:
            assert dataset.attrs["units"] == units


def test_dataset_attributes(study):
    with h5py.File(study / "dataset.h5") as file:
        attributes = dict(file.attrs)
        assert attributes["format"] == "brunel-lfp dataset"
        assert attributes["schema_version"] == 1
        assert f"duration_ms: {DURATION_MS}\n" in attributes["configuration"]
        assert attributes["software_version"]
        numbers = [attributes[name] for name in ("duration_ms", "transient_ms", "dt_ms", "bin_ms")]
        assert numbers == [DURATION_MS, TRANSIENT_MS, 0.1, 1]
        assert list(file["parameter"].asstr()) == ["eta", "g", "J"]
        assert list(file["parameters"].attrs["units"]) == ["1", "1", "mV"]
        for population in NEURONS:
            histogram = file["histogram"][population]
            assert histogram.chunks and histogram.shuffle and histogram.compression == "gzip"


def test_xarray_root(study):
    with xarray.open_dataset(study / "dataset.h5", engine="h5netcdf") as data:
        assert data.psd.dims == ("sample", "channel", "frequency")
        assert data.psd.units == "mV²/Hz"
        assert dict(data.sizes) == {
            "sample": SAMPLES, "channel": 6, "parameter": 3, "frequency": FREQUENCIES, "lag": 100,
            "time": DURATION_MS,
        }  # fmt: skip
        assert list(data.parameter) == ["eta", "g", "J"]
        assert data.frequency[-1] == 500
        assert list(data.psd.channel_depth) == [0, -100, -200, -300, -400, -500]
        assert list(data.psd.channel_x) == list(data.psd.channel_y) == [0] * 6
        assert data.time.position == "start of the bin" and data.time[0] == 0
        efficacy = data.parameters.sel(parameter="J")
        assert 0.2 <= efficacy.min() < efficacy.max() <= 0.5
        assert data.psd.sel(frequency=slice(10, 20)).sizes["frequency"] == 3


@pytest.mark.parametrize(
    ("group", "variables", "dimensions"),
    [
        ("histogram", ["E", "I"], ("sample", "time")),
        ("activity", ["rate_E", "rate_I", "cv_isi"], ("sample",)),
        ("kernels", ["E", "I"], ("channel", "lag")),
    ],
)
def test_xarray_groups(study, group, variables, dimensions):
    with xarray.open_dataset(study / "dataset.h5", engine="h5netcdf", group=group) as data:
        for name in variables:
            assert data[name].dims == dimensions


def test_xarray_tree_has_coordinates_in_groups(study):
    with xarray.open_datatree(study / "dataset.h5", engine="h5netcdf") as tree:
        assert tree["histogram/E"].sel(time=slice(TRANSIENT_MS, None)).sizes["time"] == DURATION_MS - TRANSIENT_MS
        assert tree["kernels/E"].sel(lag=3).shape == (6,)


def test_xarray_run(study):
    with xarray.open_dataset(study / "run.h5", engine="h5netcdf") as run:
        assert run.lfp.dims == ("channel", "time")
        assert run.lfp.units == "mV"
        assert run.psd.dims == ("channel", "frequency")
        assert list(run.lfp.channel_depth) == [0, -100, -200, -300, -400, -500]
        assert list(run.lfp.channel_x) == list(run.lfp.channel_y) == [0] * 6
        assert run.time.position == "centre of the bin" and run.time[0] == 0.5


def test_kernel_file(study):
    with h5py.File(study / "kernels.h5") as file:
        for population in NEURONS:
            kernel, fine = file[population], file[f"{population}_0p1ms"]
            assert kernel.shape == (6, 100)
            assert kernel.attrs["units"] == fine.attrs["units"] == "mV"
            assert fine.shape == (6, len(file["time_0p1ms"]))
            assert file.attrs[f"morphology_{population}"]
        assert np.array_equal(file["time"], np.arange(100))
        assert len(file["channel_depth"]) == 6


def test_kernels_average_their_fine_samples(study):
    """A spike lies anywhere in its bin: sample m is the mean over [m - 0.5, m + 0.5] ms by the trapezoid rule."""
    weights = np.r_[0.5, np.ones(9), 0.5] / 10
    with h5py.File(study / "kernels.h5") as file:
        for population in NEURONS:
            fine = np.pad(file[f"{population}_0p1ms"][:], ((0, 0), (5, 6)))
            expected = np.stack([fine[:, 10 * m : 10 * m + 11] @ weights for m in range(99)], axis=1)
            # Rounding of sums of eleven terms.
            np.testing.assert_allclose(
                file[population][:, :99], expected, rtol=1e-12, atol=1e-15 * np.abs(expected).max()
            )


def test_libsonata_reads_the_spikes(study):
    reader = libsonata.SpikeReader(str(study / "spikes.h5"))
    assert sorted(reader.get_population_names()) == ["E", "I"]
    for population, neurons in NEURONS.items():
        spikes = reader[population]
        assert spikes.sorting == "by_time"
        nodes, times = np.array(spikes.get()).T
        assert nodes.min() >= 0 and nodes.max() < neurons
        assert (np.diff(times) >= 0).all()
        assert times.min() > 0 and times.max() <= DURATION_MS
        with h5py.File(study / "spikes.h5") as file:
            assert len(file[f"spikes/{population}/timestamps"]) == len(times)


def test_shards_agree_with_their_checksums(study):
    checksums = sorted(path.name for path in (study / "shards").glob("*.sha256"))
    assert len(checksums) == len(list((study / "shards").glob("*.h5"))) == SAMPLES // 4
    subprocess.run(["sha256sum", "--check", "--strict", "--quiet", *checksums], cwd=study / "shards", check=True)
