"""Spikes as h5py, NEST, NumPy and pandas write them give the run, and the estimates, of the simulation that they come from."""

import gzip
import json
import shutil
import subprocess
from pathlib import Path

import h5py
import numpy as np
import pytest
from conftest import DURATION_MS, NEURONS, PROGRAM, TRANSIENT_MS

HEADER = "# NEST version: 3.6.0\n# RecordingBackendASCII version: 2\nsender\ttime_ms\n"


class Spikes:
    """Ids from 0, excitatory ones first, and times in ms, in a folder with what made them."""

    def __init__(self, study, folder):
        self.folder = folder
        for name in ["study.yaml", "model.h5", "run.h5", "spikes.h5"]:
            shutil.copy(study / name, folder)
        with h5py.File(folder / "spikes.h5") as file:
            parts = [(file[f"spikes/{name}/node_ids"][:] + first, file[f"spikes/{name}/timestamps"][:])
                     for name, first in [("E", 0), ("I", NEURONS["E"])]]  # fmt: skip
        self.ids = np.concatenate([ids for ids, _ in parts]).astype(int)
        self.times = np.concatenate([times for _, times in parts])

    def run(self, *arguments):
        return subprocess.run([PROGRAM, *map(str, arguments)], cwd=self.folder, capture_output=True, text=True)

    def lfp(self, names, *options, parameters=("--g", 5, "--J", 0.3)):
        files = [word for name in names for word in ("--spikes", name)]
        return self.run("lfp", *files, "--config", "study.yaml", "--seed", 3, "--output", "lfp.h5", "--json", *parameters, *options)  # fmt: skip

    def require(self, *names, options=()):
        """Requires the run of the simulation from files."""
        (self.folder / "lfp.h5").unlink(missing_ok=True)
        result = self.lfp(names, *options)
        assert result.returncode == 0, result.stderr
        with h5py.File(self.folder / "lfp.h5") as lfp, h5py.File(self.folder / "run.h5") as run:
            for path in ["histogram/E", "histogram/I", "lfp", "psd", "time", "frequency", "channel_depth",
                         "activity/rate_E", "activity/rate_I", "activity/cv_isi"]:  # fmt: skip
                np.testing.assert_array_equal(lfp[path][()], run[path][()], err_msg=path)
                assert lfp[path].dtype == run[path].dtype and dict(lfp[path].attrs).keys() == dict(run[path].attrs).keys()
            assert set(run.attrs) - set(lfp.attrs) == {"eta"}
            assert set(lfp.attrs) - set(run.attrs) == {"spike_files"}
            assert [Path(name).name for name in names] == list(lfp.attrs["spike_files"])
            assert lfp["histogram/E"][:].sum() > 100
        estimates = [self.run("estimate", "--model", "model.h5", "--input", name, "--json") for name in ["lfp.h5", "run.h5"]]
        assert estimates[0].returncode == 0 and estimates[0].stdout == estimates[1].stdout
        return json.loads(result.stdout), result.stderr

    def refuse(self, problem, *names, options=()):
        (self.folder / "lfp.h5").unlink(missing_ok=True)
        result = self.lfp(names, *options)
        assert result.returncode == 65, result.stderr
        (line,) = result.stderr.splitlines()
        assert problem in line
        assert not (self.folder / "lfp.h5").exists()


@pytest.fixture(scope="module")
def spikes(study, tmp_path_factory):
    return Spikes(study, tmp_path_factory.mktemp("spikes"))


@pytest.mark.parametrize("dtype", ["<f8", ">f8", "<f4"])
@pytest.mark.parametrize("unit", ["ms", "s"])
def test_sonata(spikes, dtype, unit):
    order = np.random.default_rng(1).permutation(len(spikes.ids))
    with h5py.File(spikes.folder / "other.h5", "w") as file:
        for name, first, last in [("pyr", 0, NEURONS["E"]), ("bask", NEURONS["E"], sum(NEURONS.values()))]:
            rows = order[(spikes.ids[order] >= first) & (spikes.ids[order] < last)]
            times = spikes.times[rows] / {"ms": 1, "s": 1000}[unit]
            group = file.create_group(f"spikes/{name}")
            group.create_dataset("timestamps", data=times.astype(dtype), compression="gzip", chunks=(100,))
            group["timestamps"].attrs["units"] = unit
            group["node_ids"] = (spikes.ids[rows] - first).astype(np.uint64)
    names = ("--excitatory-population", "pyr", "--inhibitory-population", "bask")
    figures, notes = spikes.require("other.h5", options=names)
    assert notes == "" and "eta" not in figures
    assert figures["spikes_E"] == np.sum(spikes.ids < NEURONS["E"])
    assert figures["firing_I"] == len(set(spikes.ids[spikes.ids >= NEURONS["E"]]))
    assert figures["spikes"] == np.sum((spikes.times >= TRANSIENT_MS) & (spikes.times < DURATION_MS))
    spikes.refuse("holds the populations bask, pyr, expected E or I", "other.h5")


def test_nest(spikes):
    # As many threads write, each in order of time, with spikes at the end of the simulation.
    order = np.lexsort([spikes.ids, spikes.times])
    for thread in range(3):
        rows = [row for row in order if spikes.ids[row] % 3 == thread]
        lines = [f"{spikes.ids[row] + 1}\t{spikes.times[row]:.3f}\n" for row in rows]
        (spikes.folder / f"all-{thread}.dat").write_text(HEADER + "".join(lines) + f"{thread + 1}\t{DURATION_MS:.3f}\n")
    names = [f"all-{thread}.dat" for thread in range(3)]
    figures, notes = spikes.require(*names)
    assert figures["spikes_left_out"] == 3
    assert "ids 1-400 are taken to be excitatory, 401-500 inhibitory" in notes
    assert f"3 spikes at {DURATION_MS} ms or later are left out" in notes and len(notes.splitlines()) == 2
    # A device was created before the neurons.
    spikes.refuse("expected 2-401 for excitatory", *names, options=("--first-id", 2))
    spikes.refuse("fires twice at", *names, "spikes.h5")


def test_nest_2(spikes):
    lines = [f"{id + 1}\t{time:.3f}\t\n" for id, time in zip(spikes.ids, spikes.times)]
    (spikes.folder / "all.gdf").write_text("".join(lines))
    spikes.require("all.gdf", options=("--first-id", 1, "--time-unit", "ms"))
    spikes.refuse("tells no unit", "all.gdf", options=("--first-id", 1))
    spikes.refuse("tells no populations", "all.gdf", options=("--time-unit", "ms"))


@pytest.mark.parametrize("order", ["C", "F"])
def test_npy(spikes, order):
    matrix = np.asarray(np.column_stack([spikes.ids, spikes.times / 1000]), order=order)
    np.save(spikes.folder / "all.npy", matrix)
    spikes.require("all.npy", options=("--first-id", 0, "--time-unit", "s"))
    np.save(spikes.folder / "turned.npy", matrix.T)
    spikes.refuse("expected [spikes, 2]", "turned.npy", options=("--first-id", 0, "--time-unit", "s"))
    records = np.zeros(3, [("id", "i8"), ("t", "f8")])
    np.save(spikes.folder / "records.npy", records)
    spikes.refuse("header: is", "records.npy", options=("--first-id", 0, "--time-unit", "s"))


def test_tables(spikes):
    rows = np.column_stack([spikes.times, spikes.ids + 1000])
    np.savetxt(spikes.folder / "all.csv", rows, delimiter=",", header="time_ms,node_id", comments="", fmt="%.17g")
    ids = ("--excitatory-ids", "1000-1399", "--inhibitory-ids", "1400-1499")
    spikes.require("all.csv", options=ids)
    (spikes.folder / "all.gz").write_bytes(gzip.compress((spikes.folder / "all.csv").read_bytes()))
    spikes.require("all.gz", options=ids)
    spikes.refuse("has the id", "all.csv", options=("--excitatory-ids", "0-399", "--inhibitory-ids", "400-499"))
    (spikes.folder / "negative.csv").write_text("time_ms,node_id\n5,1000\n-1,1400\n")
    spikes.refuse("spike 1, counted from 0, is at -1.0 ms", "negative.csv", options=ids)


def test_parameters_and_silence(spikes):
    for parameters, missing in [((), "--g"), (("--g", 5), "--J"), (("--J", 0.3), "--g")]:
        result = spikes.lfp(["spikes.h5"], parameters=parameters)
        assert result.returncode == 64 and result.stderr.startswith(f"brunel-lfp: {missing}: is not given")
    with h5py.File(spikes.folder / "spikes.h5") as file, h5py.File(spikes.folder / "E.h5", "w") as part:
        file.copy("spikes/E", part.create_group("spikes"))
    spikes.refuse("no inhibitory neuron has a spike", "E.h5")
    result = spikes.lfp(["E.h5"], "--allow-silence", "--eta", 2)
    assert result.returncode == 0 and "only 0 of 100 inhibitory neurons have spikes" in result.stderr
    with h5py.File(spikes.folder / "lfp.h5") as lfp:
        assert lfp["histogram/I"][:].sum() == 0 and lfp.attrs["eta"] == 2
        assert "eta: 2.0" in lfp.attrs["configuration"]
