"""HDF5 files without a seal are read by a second process: whatever the library does with them becomes an error."""

import os
import random
import shutil
import signal
import subprocess
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import h5py
import numpy as np
import pytest
from conftest import PROGRAM
from tiny_study import CORES

SOURCE = Path(__file__).with_name("hostile_library.c")
# 20000 have been read once; FUZZED_FILES=20000 does so again.
FUZZED_FILES = int(os.environ.get("FUZZED_FILES", 500))


@pytest.fixture(scope="module")
def library(tmp_path_factory):
    """Environment that preloads the hostile library."""
    path = tmp_path_factory.mktemp("library") / "hostile_library.so"
    subprocess.run(["gcc", "-shared", "-fPIC", "-O1", "-o", path, SOURCE], check=True)
    return {"LD_PRELOAD": str(path)}


@pytest.fixture(scope="module")
def unsealed(study, tmp_path_factory):
    """The recording of a simulation as another program would write it."""
    path = tmp_path_factory.mktemp("unsealed") / "recording.h5"
    with h5py.File(study / "run.h5") as run, h5py.File(path, "w") as file:
        for name in ["lfp", "time", "channel_depth"]:
            file[name] = run[name][:]
        file["lfp"].attrs["units"] = "mV"
        file["time"].attrs["units"] = "ms"
        file.attrs["transient_ms"] = run.attrs["transient_ms"]
        file.attrs["configuration"] = "x" * 5000
    return path


def command(study, path):
    return [PROGRAM, "estimate", "--model", study / "model.h5", "--input", path, "--quiet"]


def run(study, path, **variables):
    return subprocess.run(
        command(study, path), capture_output=True, text=True, timeout=60, env=os.environ | variables
    )


def test_they_give_what_sealed_ones_give(study, unsealed):
    sealed = run(study, study / "run.h5")
    result = run(study, unsealed)
    assert (result.returncode, result.stdout, result.stderr) == (0, sealed.stdout, "")
    with h5py.File(study / "run.h5") as file:
        assert file.userblock_size == 512


@pytest.mark.parametrize(
    "manner, expected",
    [
        ("crash", 'reading it ended with "Segmentation fault": damaged?'),
        ("wait", "reading it does not come to an end (0.5 s in one call of the HDF5 library): damaged?"),
    ],
)
def test_what_the_library_does_is_an_error(study, unsealed, library, manner, expected):
    variables = {"HOSTILE_LIBRARY": manner, "HOSTILE_LIBRARY_FILE": unsealed.name, "BRUNEL_LFP_HDF5_SECONDS": "0.5"}
    result = run(study, unsealed, **variables, **library)
    assert result.returncode == 65
    assert result.stdout == ""
    assert result.stderr.startswith(f"brunel-lfp: {unsealed}: {expected}")
    assert result.stderr.count("\n") == 1


@pytest.mark.parametrize("sent, status", [(signal.SIGTERM, 143), (signal.SIGINT, 130)])
def test_signals_end_both_processes(study, unsealed, library, sent, status):
    variables = {"HOSTILE_LIBRARY": "wait", "HOSTILE_LIBRARY_FILE": unsealed.name}
    process = subprocess.Popen(
        command(study, unsealed), env=os.environ | variables | library, start_new_session=True
    )
    time.sleep(1)
    if sent == signal.SIGINT:
        # As a terminal does; the first one lets work finish, which this never does.
        for _ in range(2):
            os.killpg(process.pid, sent)
            time.sleep(0.2)
    else:
        for _ in range(2):
            process.send_signal(sent)
            time.sleep(0.2)
    assert process.wait(timeout=20) == status
    with pytest.raises(ProcessLookupError):
        os.killpg(process.pid, 0)


def test_no_process_stays_behind(study, unsealed, library):
    """A signal to the first process alone reaches the second one, and its death ends it."""
    variables = {"HOSTILE_LIBRARY": "wait", "HOSTILE_LIBRARY_FILE": unsealed.name}
    for signals, status in [([signal.SIGINT, signal.SIGINT], 130), ([signal.SIGKILL], -9)]:
        process = subprocess.Popen(
            command(study, unsealed), env=os.environ | variables | library, start_new_session=True
        )
        time.sleep(1)
        for sent in signals:
            process.send_signal(sent)
            time.sleep(0.2)
        assert process.wait(timeout=20) == status
        time.sleep(2)
        with pytest.raises(ProcessLookupError):
            os.killpg(process.pid, 0)


def as_nwb(unsealed, path):
    """The recording in the layout of NWB."""
    with h5py.File(unsealed) as source, h5py.File(path, "w") as file:
        file.attrs["nwb_version"] = "2.7.0"
        series = file.create_group("acquisition/lfp")
        series.attrs["neurodata_type"] = "ElectricalSeries"
        data = series.create_dataset("data", data=source["lfp"][:, 60:].T * 1e-3, chunks=(64, 6), compression="gzip")
        data.attrs["unit"] = "volts"
        series["starting_time"] = 0.0
        series["starting_time"].attrs["rate"] = 1000.0
        series["electrodes"] = np.arange(6)
        table = file.create_group("general/extracellular_ephys/electrodes")
        table["rel_y"] = source["channel_depth"][:]


def as_matlab(unsealed, path):
    """The recording as MATLAB 7.3 writes a matrix."""
    with h5py.File(unsealed) as source, h5py.File(path, "w", userblock_size=512) as file:
        file["lfp"] = source["lfp"][:, 60:].T
        file["lfp"].attrs["MATLAB_class"] = np.bytes_("double")
    with open(path, "r+b") as file:
        file.write(b"MATLAB 7.3 MAT-file, Platform: GLNXA64".ljust(124) + b"\x00\x02IM")


OPTIONS = {"matlab": ["--sampling-rate", "1000", "--unit", "mV"]}
FORMATS = {"own": lambda source, path: shutil.copy(source, path), "nwb": as_nwb, "matlab": as_matlab}


@pytest.mark.parametrize("kind", FORMATS)
def test_damage_is_survived(study, unsealed, tmp_path, kind):
    """Flipped bits, zeroed bytes and cut files: an estimate or one line, neither a crash nor a process that stays."""
    original = tmp_path / "original"
    FORMATS[kind](unsealed, original)
    contents = original.read_bytes()
    options = OPTIONS.get(kind, [])

    def attempt(number):
        chance = random.Random(f"{kind} {number}")
        damaged = bytearray(contents)
        # Half of them where most of the structure is.
        place = chance.randrange(len(damaged) if chance.random() < 0.5 else min(len(damaged), 8192))
        manner = chance.randrange(4)
        if manner == 0:
            damaged[place] ^= 1 << chance.randrange(8)
        elif manner == 1:
            damaged[place : place + 64] = bytes(len(damaged[place : place + 64]))
        elif manner == 2:
            damaged[place : place + 16] = chance.randbytes(len(damaged[place : place + 16]))
        else:
            del damaged[place:]
        path = tmp_path / f"{number}"
        path.write_bytes(damaged)
        result = subprocess.run(
            command(study, path) + options, capture_output=True, text=True, timeout=60,
            env=os.environ | {"BRUNEL_LFP_HDF5_SECONDS": "2"},
        )
        path.unlink()
        assert result.returncode in (0, 65), f"{number}: {result.returncode} {result.stderr}"
        assert result.returncode == 0 or result.stderr.count("\n") == 1, f"{number}: {result.stderr}"
        return result.returncode

    assert attempt_whole(study, original, options) == 0
    with ThreadPoolExecutor(CORES) as pool:
        statuses = list(pool.map(attempt, range(FUZZED_FILES)))
    # Numbers may be damaged and still be numbers.
    assert statuses.count(65) > FUZZED_FILES / 4


def attempt_whole(study, path, options):
    return subprocess.run(command(study, path) + options, capture_output=True).returncode
