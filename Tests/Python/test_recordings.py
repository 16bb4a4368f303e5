"""Recordings as pynwb, h5py, NumPy and SciPy write them give the estimates of the same potentials in the program's layout."""

import gzip
import json
import subprocess
from dataclasses import dataclass
from datetime import datetime, timezone
from pathlib import Path

import h5py
import numpy as np
import pynwb
import pytest
import scipy.io
import scipy.sparse
from conftest import PROGRAM
from hdmf.backends.hdf5 import H5DataIO
from pynwb.ecephys import LFP, ElectricalSeries

RATE_HZ = 1000.0
COUNT_V = 1e-9


@dataclass
class Potentials:
    """Potentials in mV [channel, sample] with the contacts' depths in um, and the program's estimates from them."""

    folder: Path
    values: np.ndarray
    depths: np.ndarray
    estimates: dict

    def estimate(self, name, *options):
        arguments = ["estimate", "--model", self.folder / "model.h5", "--input", name, "--json", *options]
        return subprocess.run([PROGRAM, *map(str, arguments)], cwd=self.folder, capture_output=True, text=True)

    def require(self, name, *options, rtol=1e-4, note=""):
        """Requires the same estimates from a file, and one note or none."""
        result = self.estimate(name, *options)
        assert result.returncode == 0, result.stderr
        assert note in result.stderr if note else result.stderr == ""
        (row,) = json.loads(result.stdout)
        np.testing.assert_allclose(list(row["estimates"].values()), list(self.estimates.values()), rtol=rtol)

    def refuse(self, name, problem, *options):
        result = self.estimate(name, *options)
        assert result.returncode == 65, result.stderr
        (line,) = result.stderr.splitlines()
        assert line.startswith(f"brunel-lfp: {name}: ") and problem in line


@pytest.fixture(scope="module")
def potentials(study, tmp_path_factory):
    folder = tmp_path_factory.mktemp("recordings")
    (folder / "model.h5").symlink_to(study / "model.h5")
    with h5py.File(study / "run.h5") as run, h5py.File(folder / "own.h5", "w") as own:
        values = run["lfp"][:, 80:]
        depths = run["channel_depth"][:]
        own["lfp"] = values
        own["time"] = np.arange(values.shape[1]) * 1000 / RATE_HZ
        own["channel_depth"] = depths
    made = Potentials(folder, values, depths, {})
    result = made.estimate("own.h5")
    assert result.returncode == 0, result.stderr
    made.estimates = json.loads(result.stdout)[0]["estimates"]
    return made


def counts(values, volts=COUNT_V):
    numbers = np.round(values / 1e3 / volts)
    assert 1000 < np.abs(numbers).max()
    return numbers


def nwb_file(depths, rows=None, column="rel_y"):
    """A file with one electrode for each depth, and the region of some rows."""
    nwb = pynwb.NWBFile("a recording", "recording", datetime(2024, 1, 1, tzinfo=timezone.utc))
    group = nwb.create_electrode_group(
        "probe", description="a probe", location="cortex", device=nwb.create_device("device")
    )
    for depth in depths:
        nwb.add_electrode(group=group, location="cortex", **{column: float(depth)})
    rows = list(range(len(depths))) if rows is None else rows
    return nwb, nwb.create_electrode_table_region(rows, "all of them")


def series(name, data, electrodes, **rest):
    return ElectricalSeries(name=name, data=data, electrodes=electrodes, **rest)


def write_nwb(nwb, path):
    with pynwb.NWBHDF5IO(path, "w") as io:
        io.write(nwb)


def test_nwb_counts_with_conversion(potentials):
    nwb, region = nwb_file(potentials.depths)
    largest = np.abs(potentials.values).max() / 1e3
    scale = largest / 30000
    data = counts(potentials.values, scale).astype(np.int16).T
    nwb.add_acquisition(series("raw", data, region, starting_time=3.0, rate=RATE_HZ, conversion=scale))
    write_nwb(nwb, potentials.folder / "counts.nwb")
    potentials.require("counts.nwb", rtol=1e-3, note="depths are the electrodes' rel_y")
    potentials.refuse("counts.nwb", "contradicts --sampling-rate 2000", "--sampling-rate", 2000)
    potentials.refuse("counts.nwb", "contradicts --unit mV", "--unit", "mV")
    potentials.refuse("counts.nwb", "--orientation has no meaning", "--orientation", "samples-first")
    potentials.refuse("counts.nwb", "lasts from 3 to", "--from", 1)


def test_nwb_offset_and_factors_of_channels(potentials):
    nwb, region = nwb_file(potentials.depths)
    factors = np.linspace(0.5, 2, len(potentials.depths))
    data = ((potentials.values.T / 1e3 - 0.25) / 1e-6 / factors)
    nwb.add_acquisition(
        series(
            "raw", data, region, rate=RATE_HZ, conversion=1e-6, offset=0.25, channel_conversion=factors
        )
    )
    write_nwb(nwb, potentials.folder / "factors.nwb")
    potentials.require("factors.nwb", note="rel_y")


@pytest.mark.parametrize("compression", [True, "lzf"])
def test_nwb_lfp_container_with_timestamps(potentials, compression):
    nwb, region = nwb_file(potentials.depths)
    stamps = 17.5 + np.arange(potentials.values.shape[1]) / RATE_HZ
    data = H5DataIO(potentials.values.T / 1e3, compression=compression, chunks=(100, 2))
    module = nwb.create_processing_module("ecephys", "processed")
    module.add(LFP(electrical_series=series("lfp", data, region, timestamps=stamps)))
    name = f"lfp-{compression}.nwb"
    write_nwb(nwb, potentials.folder / name)
    potentials.require(name, note="/processing/ecephys/LFP/lfp")


def test_nwb_gap_in_timestamps(potentials):
    nwb, region = nwb_file(potentials.depths)
    stamps = np.arange(potentials.values.shape[1]) / RATE_HZ
    stamps[200:] += 0.5
    nwb.add_acquisition(series("raw", potentials.values.T / 1e3, region, timestamps=stamps))
    write_nwb(nwb, potentials.folder / "gap.nwb")
    potentials.refuse("gap.nwb", "/acquisition/raw/timestamps: has an interval of 501 ms at 199 ms")


def test_nwb_electrodes_in_another_order(potentials):
    order = [3, 0, 5, 1, 4, 2]
    # Two electrodes that the series does not have come first.
    nwb, region = nwb_file([700, 800, *potentials.depths], rows=[2 + row for row in order])
    nwb.add_acquisition(series("raw", potentials.values[order].T / 1e3, region, rate=RATE_HZ))
    write_nwb(nwb, potentials.folder / "order.nwb")
    potentials.require("order.nwb", note="are put in the order of the model's contacts, by depth")
    potentials.refuse(
        "order.nwb", "contradicts --depths", "--depths", ",".join(map(str, potentials.depths)))  # fmt: skip


def test_nwb_positions_from_the_tip(potentials):
    nwb, region = nwb_file(potentials.depths - potentials.depths.min() + 20)
    nwb.add_acquisition(series("raw", potentials.values.T / 1e3, region, rate=RATE_HZ))
    write_nwb(nwb, potentials.folder / "tip.nwb")
    potentials.refuse("tip.nwb", "--depths tells the channels' depths")
    potentials.require("tip.nwb", "--depths", ",".join(map(str, potentials.depths)))


def test_nwb_named_column_and_no_positions(potentials):
    nwb, region = nwb_file(potentials.depths, column="z")
    nwb.add_electrode_column("below", "depths", data=[float(depth) for depth in potentials.depths[::-1]])
    nwb.add_acquisition(series("raw", potentials.values.T / 1e3, region, rate=RATE_HZ))
    write_nwb(nwb, potentials.folder / "columns.nwb")
    potentials.require("columns.nwb", note="electrodes' z")
    result = potentials.estimate("columns.nwb", "--depth-column", "below")
    assert result.returncode == 0 and "channels 5, 4, 3, 2, 1, 0 are put in the order" in result.stderr
    (row,) = json.loads(result.stdout)
    assert abs(row["estimates"]["eta"] / potentials.estimates["eta"] - 1) > 1e-3
    potentials.refuse("columns.nwb", "/electrodes/rel_y: does not exist", "--depth-column", "rel_y")

    nwb, region = nwb_file([np.nan] * 6)
    nwb.add_acquisition(series("raw", potentials.values.T / 1e3, region, rate=RATE_HZ))
    write_nwb(nwb, potentials.folder / "nowhere.nwb")
    potentials.require("nowhere.nwb", note="tells no depths")


def test_nwb_series_by_name_and_channels(potentials):
    depths = np.concatenate([[900, 1000], potentials.depths])
    nwb, region = nwb_file(depths)
    noise = np.random.default_rng(1).normal(size=(2, potentials.values.shape[1]))
    values = np.concatenate([noise, potentials.values]).T / 1e3
    for name in ["probe0", "probe1"]:
        nwb.add_acquisition(series(name, values, region, rate=RATE_HZ))
    write_nwb(nwb, potentials.folder / "two.nwb")
    potentials.refuse("two.nwb", "--series has to name one: /acquisition/probe0, /acquisition/probe1")
    potentials.refuse("two.nwb", "at these depths are --channels 2,3,4,5,6,7", "--series", "probe1")
    potentials.require("two.nwb", "--series", "/acquisition/probe1", "--channels", "2-7", note="rel_y")
    potentials.refuse("two.nwb", "hold no series probe2", "--series", "probe2")


def test_nwb_links(potentials):
    nwb, region = nwb_file(potentials.depths)
    nwb.add_acquisition(series("raw", potentials.values.T / 1e3, region, rate=RATE_HZ))
    write_nwb(nwb, potentials.folder / "target.nwb")
    for name, link in [
        ("soft", h5py.SoftLink("/elsewhere")),
        ("external", h5py.ExternalLink("target.nwb", "/acquisition/raw/data")),
    ]:
        (potentials.folder / f"{name}.nwb").write_bytes((potentials.folder / "target.nwb").read_bytes())
        with h5py.File(potentials.folder / f"{name}.nwb", "r+") as file:
            group = file["acquisition/raw"]
            # Also a hard link, under another name.
            file["elsewhere"] = group["data"]
            del group["data"]
            group["data"] = link
        potentials.require(f"{name}.nwb", note="rel_y")
    with h5py.File(potentials.folder / "dangling.nwb", "w") as file:
        file.attrs["nwb_version"] = "2.7.0"
        file["acquisition/raw"] = h5py.ExternalLink("none.nwb", "/acquisition/raw")
    potentials.refuse("dangling.nwb", "hold no ElectricalSeries")


def test_nwb_of_version_1(potentials):
    with h5py.File(potentials.folder / "old.nwb", "w") as file:
        file.attrs["nwb_version"] = "NWB-1.0.6"
    potentials.refuse("old.nwb", "/@nwb_version: is \"NWB-1.0.6\", expected 2")


@pytest.mark.parametrize("dtype", ["<f8", ">f8", "<f4", ">i4", "<i8"])
@pytest.mark.parametrize("order", ["C", "F"])
def test_npy(potentials, dtype, order):
    values, unit = potentials.values, ["--sampling-rate", 1000, "--unit", "mV"]
    if "i" in dtype:
        values, unit = counts(values), ["--sampling-rate", 1000, "--unit", "V", "--scale", COUNT_V]
    for name, matrix in [("rows.npy", values), ("columns.npy", values.T)]:
        np.save(potentials.folder / name, np.asarray(matrix.astype(dtype), order=order))
        potentials.require(name, *unit, rtol=1e-2 if "i" in dtype else 1e-4, note="tells no depths")


def test_npy_versions_and_refusals(potentials):
    for version in [(1, 0), (2, 0), (3, 0)]:
        with open(potentials.folder / "version.npy", "wb") as file:
            np.lib.format.write_array(file, potentials.values, version=version)
        potentials.require("version.npy", "--sampling-rate", 1000, "--unit", "mV", note="no depths")
    for name, array, problem in [
        ("pickle.npy", np.array([{}, None]), "descr: is '|O'"), ("three.npy", np.zeros((6, 2, 300)), "shape: is [6, 2, 300]"),
        ("complex.npy", potentials.values.astype(complex), "descr: is '<c16'"),
        ("records.npy", np.zeros(4, [("a", "f8")]), "header: is {'descr': [('a', '<f8')]"),
        ("seven.npy", np.zeros((7, 300)), "has shape [7, 300], expected 6 channels"),
    ]:  # fmt: skip
        np.save(potentials.folder / name, array, allow_pickle=True)
        potentials.refuse(name, problem, "--sampling-rate", 1000, "--unit", "mV")


@pytest.mark.parametrize("delimiter", [",", "\t", ";", " "])
def test_text(potentials, delimiter):
    time = np.arange(potentials.values.shape[1]) / RATE_HZ
    np.savetxt(potentials.folder / "plain.txt", potentials.values.T, delimiter=delimiter)
    potentials.require("plain.txt", "--sampling-rate", 1000, "--unit", "mV", note="no depths")
    header = delimiter.join(["time_s"] + [f"ch{i}_mV" for i in range(6)])
    np.savetxt(
        potentials.folder / "header.txt", np.column_stack([time, potentials.values.T]), delimiter=delimiter,
        header=header,
    )  # fmt: skip
    potentials.require("header.txt", note="no depths")
    (potentials.folder / "packed.gz").write_bytes(gzip.compress((potentials.folder / "header.txt").read_bytes()))
    potentials.require("packed.gz", note="no depths")


def test_raw(potentials):
    counts(potentials.values).T.astype(">i4").tofile(potentials.folder / "raw.dat")
    layout = ["--raw-channels", 6, "--raw-type", "int32-be", "--unit", "V", "--scale", COUNT_V]
    potentials.require("raw.dat", *layout, "--sampling-rate", 1000, rtol=1e-2, note="no depths")
    potentials.refuse("raw.dat", "is of no known format")


@pytest.mark.parametrize("columns", [True, False])
def test_matlab(potentials, columns):
    path = potentials.folder / "seven.mat"
    matrix = potentials.values.T if columns else potentials.values
    with h5py.File(path, "w", userblock_size=512) as file:
        # MATLAB stores matrices column by column.
        file["lfp"] = matrix.T
        file["rate"] = [[RATE_HZ]]
    with open(path, "r+b") as file:
        file.write(b"MATLAB 7.3 MAT-file, Platform: GLNXA64".ljust(124) + b"\x00\x02IM")
    potentials.require("seven.mat", "--sampling-rate", 1000, "--unit", "mV", note="no depths")
    potentials.refuse("seven.mat", "rate2: is no matrix of numbers; there are lfp", "--series", "rate2")


@pytest.mark.parametrize("compressed", [True, False])
@pytest.mark.parametrize("dtype", ["f8", "f4", "i2", "i4", "i8", "u1", "u2", "u4", "u8", "i1"])
def test_matlab_5(potentials, dtype, compressed):
    values, unit = potentials.values, ["--sampling-rate", 1000, "--unit", "mV"]
    if dtype[0] != "f":
        # As many counts as the type has, around its middle.
        limits = np.iinfo(dtype)
        middle = 0 if limits.min < 0 else min(int(limits.max) // 2 + 1, 1 << 40)
        scale = np.abs(values).max() / min(int(limits.max) - middle, 1 << 40)
        values = np.round(values / scale) + middle
        unit += ["--scale", repr(float(scale))]
    for name, matrix in [("rows.mat", values), ("columns.mat", values.T)]:
        scipy.io.savemat(
            potentials.folder / name, {"rate": RATE_HZ, "lfp": matrix.astype(dtype), "note": "text"}, do_compression=compressed
        )  # fmt: skip
        coarse = dtype in ("i1", "u1")
        result = potentials.estimate(name, *unit)
        assert result.returncode == 0, result.stderr
        if not coarse:
            potentials.require(name, *unit, rtol=1e-2 if dtype[1] == "2" else 1e-3, note="no depths")


def test_matlab_5_large(potentials):
    """A file of 48 MB, of which a part is taken, among variables of every other class."""
    repeated = np.tile(potentials.values, 1 + 10**6 // potentials.values.shape[1])
    others = {"cells": np.array([repeated[:, :9], "text", {"a": 1}], dtype=object), "record": {"lfp": repeated[:, :9], "b": [1, 2]}}
    for compressed in (True, False):
        scipy.io.savemat(potentials.folder / "large.mat", others | {"lfp": repeated}, do_compression=compressed)
        seconds = potentials.values.shape[1] / RATE_HZ
        options = ["--sampling-rate", 1000, "--unit", "mV", "--to", seconds]
        potentials.require("large.mat", *options, note="no depths")


def test_matlab_5_refusals(potentials):
    lfp, options = potentials.values, ["--sampling-rate", 1000, "--unit", "mV"]
    variables = {
        "sparse": scipy.sparse.csc_matrix(lfp), "complex": lfp * 1j, "cells": np.array([lfp, "text"], dtype=object),
        "record": {"lfp": lfp}, "text": "text", "logical": lfp > 0, "cube": np.zeros((6, 3, 3)), "lfp": lfp, "lfp2": lfp,
    }  # fmt: skip
    scipy.io.savemat(potentials.folder / "many.mat", variables)
    potentials.refuse("many.mat", "holds 2 matrices, --series has to name one of several: lfp, lfp2", *options)
    potentials.require("many.mat", *options, "--series", "lfp2", note="no depths")
    for name, what in [
        ("sparse", "is sparse"), ("complex", "is complex"), ("cells", "is a cell array"), ("record", "is a structure"),
        ("text", "is text"), ("logical", "is logical"), ("cube", "has 3 dimensions"), ("none", "is no matrix of numbers"),
    ]:  # fmt: skip
        potentials.refuse("many.mat", f"{name}: {what}", *options, "--series", name)
    scipy.io.savemat(potentials.folder / "four.mat", {"lfp": lfp}, format="4")
    potentials.refuse("four.mat", "is of no known format", *options)


@pytest.mark.parametrize("compressed", [True, False])
def test_matlab_5_damage(potentials, compressed):
    """Damaged files are refused in one line, or hold the same."""
    options = ["--sampling-rate", 1000, "--unit", "mV"]
    variables = {"cells": np.array([np.eye(3), "text", {"a": 1}], dtype=object), "lfp": potentials.values}
    scipy.io.savemat(potentials.folder / "sound.mat", variables, do_compression=compressed)
    sound = (potentials.folder / "sound.mat").read_bytes()
    random = np.random.default_rng(1)
    read = 0
    for trial in range(60):
        damaged = bytearray(sound)
        if trial < 10:
            del damaged[random.integers(128, len(sound) - 1) :]
        else:
            damaged[random.integers(128, 900 if trial < 40 else len(sound))] ^= 1 << random.integers(8)
        (potentials.folder / "damaged.mat").write_bytes(damaged)
        result = potentials.estimate("damaged.mat", *options)
        assert result.returncode in (0, 65), result.stderr
        if result.returncode == 65:
            (line,) = result.stderr.splitlines()
            assert line.startswith("brunel-lfp: damaged.mat: ")
        else:
            assert trial >= 10
            read += 1
    # Only what a flipped bit makes of a number can go unnoticed, and only where there is no checksum.
    assert read <= (2 if compressed else 50)
