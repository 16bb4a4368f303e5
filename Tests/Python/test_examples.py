"""The scripts of Examples/python do what they say, on a study of seconds; those with sbi only in ./test.sh --examples."""

import csv
import importlib.util
import json
import subprocess
import sys

import h5py
import numpy as np
import pytest
from conftest import PROGRAM, REPOSITORY

EXAMPLES = REPOSITORY / "Examples" / "python"
needs_sbi = pytest.mark.skipif(
    importlib.util.find_spec("sbi") is None, reason="sbi and PyTorch are not installed: ./test.sh --examples"
)


def run(script, *arguments, **options):
    command = [sys.executable, EXAMPLES / script, *arguments]
    return subprocess.run(list(map(str, command)), capture_output=True, text=True, **options)


def succeed(*arguments, **options):
    result = run(*arguments, **options)
    assert result.returncode == 0, result.stderr
    return result.stdout


@pytest.fixture(scope="module")
def recording(study):
    """Potentials in mV [channel, time], depths in µm, and the program's estimates."""
    with h5py.File(study / "run.h5") as file:
        potentials, depths = file["lfp"][:, 80:], file["channel_depth"][:]
    with h5py.File(study / "recording.h5", "w") as file:
        file["lfp"], file["channel_depth"] = potentials, depths
        file["time"] = np.arange(potentials.shape[1], dtype=float)
    command = [PROGRAM, "estimate", "--model", study / "model.h5", "--input", study / "recording.h5", "--json"]
    (row,) = json.loads(subprocess.run(command, check=True, capture_output=True).stdout)
    return potentials, depths, row["estimates"]


def require_estimates(found, expected, tolerance=1e-5):
    assert found.keys() == expected.keys()
    np.testing.assert_allclose(list(found.values()), list(expected.values()), rtol=tolerance)


def load(name):
    specification = importlib.util.spec_from_file_location(name, EXAMPLES / f"{name}.py")
    module = importlib.util.module_from_spec(specification)
    specification.loader.exec_module(module)
    return module


@pytest.mark.parametrize(("unit", "factor"), [("V", 1e-3), ("uV", 1e3)])
def test_estimate_from_array(study, recording, unit, factor):
    potentials, depths, expected = recording
    estimate = load("estimate_from_array").estimate
    found = estimate(study / "model.h5", factor * potentials, 1000, unit, depths, program=PROGRAM)
    require_estimates(found["estimates"], expected)
    np.save(study / "array.npy", factor * potentials)
    options = ["--model", study / "model.h5", "--array", study / "array.npy", "--sampling-rate", 1000, "--unit", unit]
    found = json.loads(succeed("estimate_from_array.py", *options, "--program", PROGRAM))
    require_estimates(found["estimates"], expected)


def test_estimate_from_array_says_what_is_wrong(study, recording):
    potentials, depths, _ = recording
    estimate = load("estimate_from_array").estimate
    with pytest.raises(ValueError, match="channel, time"):
        estimate(study / "model.h5", potentials[0], 1000, program=PROGRAM)
    with pytest.raises(ValueError, match="brunel-lfp: .*channels"):
        estimate(study / "model.h5", potentials[1:], 1000, program=PROGRAM)
    with pytest.raises(ValueError, match="brunel-lfp: "):
        estimate(study / "model.h5", potentials, 1000, depths=depths - 300, program=PROGRAM)


def brain_vision(path, microvolts, rate, resolution):
    """Writes three files of the BrainVision format: header, markers and multiplexed 16-bit samples."""
    channels = "\n".join(f"Ch{i + 1}=C{i + 1},,{resolution!r},µV" for i in range(len(microvolts)))
    path.with_suffix(".vhdr").write_text(f"""\
Brain Vision Data Exchange Header File Version 1.0
[Common Infos]
Codepage=UTF-8
DataFile={path.stem}.eeg
MarkerFile={path.stem}.vmrk
DataFormat=BINARY
DataOrientation=MULTIPLEXED
NumberOfChannels={len(microvolts)}
SamplingInterval={1e6 / rate:g}
[Binary Infos]
BinaryFormat=INT_16
[Channel Infos]
{channels}
""", encoding="utf-8")  # fmt: skip
    path.with_suffix(".vmrk").write_text(f"""\
Brain Vision Data Exchange Marker File, Version 1.0
[Common Infos]
DataFile={path.stem}.eeg
[Marker Infos]
Mk1=New Segment,,1,1,0,20240101120000000000
""")
    np.rint(microvolts.T / resolution).astype("<i2").tofile(path.with_suffix(".eeg"))


def test_neo_to_nwb(study, recording):
    potentials, depths, expected = recording
    microvolts = 1e3 * potentials
    brain_vision(study / "measured", microvolts, 1000, float(f"{np.abs(microvolts).max() / 32000:.3g}"))
    listed = ",".join(f"{depth:g}" for depth in depths)
    succeed("neo_to_nwb.py", "measured.vhdr", "measured.nwb", f"--depths={listed}", cwd=study.folder)
    command = [PROGRAM, "estimate", "--model", study / "model.h5", "--input", study / "measured.nwb", "--json"]
    result = subprocess.run(command, check=True, capture_output=True, text=True)
    assert "depths are the electrodes' rel_y" in result.stderr
    require_estimates(json.loads(result.stdout)[0]["estimates"], expected, tolerance=1e-3)
    result = run("neo_to_nwb.py", "measured.vhdr", "other.nwb", "--depths=0,-100", cwd=study.folder)
    assert result.returncode == 1 and "6 channels, but 2 depths" in result.stderr


@needs_sbi
def test_posterior_with_sbi(study, tmp_path):
    """The figures in the rows of the model are those of `evaluate`."""
    command = f"{PROGRAM} generate study.yaml --output {tmp_path}/shards --set sampling.samples=60 --quiet"
    subprocess.run(command.split(), check=True, cwd=study.folder)
    command = f"{PROGRAM} merge shards --output dataset.h5 --quiet"
    subprocess.run(command.split(), check=True, cwd=tmp_path)
    command = f"{PROGRAM} train --dataset dataset.h5 --output model.h5 --set training.predict=gaussian --quiet"
    subprocess.run(command.split(), check=True, cwd=tmp_path)
    options = "--dataset dataset.h5 --model model.h5 --epochs 3 --program"
    printed = succeed("posterior_with_sbi.py", *options.split(), PROGRAM, cwd=tmp_path)
    header, _, *lines = [[cell.strip() for cell in line.split("|")[1:-1]] for line in printed.splitlines()]
    table = [dict(zip(header, line, strict=True)) for line in lines]
    assert [row["estimator"] for row in table] == 3 * ["sbi"] + 3 * ["brunel-lfp"]
    assert all(np.isfinite(float(row[key])) for row in table for key in header[3:])
    command = f"{PROGRAM} evaluate --dataset dataset.h5 --model model.h5 --output evaluation --json --quiet"
    result = subprocess.run(command.split(), check=True, cwd=tmp_path, capture_output=True)
    for row, expected in zip(table[3:], json.loads(result.stdout)["rows"], strict=True):
        assert row["parameter"] == expected["parameter"] and int(row["samples"]) == expected["samples"]
        for key in ("bias", "std"):
            share = 100 * expected[key]["value"]
            assert float(row[key]) == pytest.approx(share, abs=0.006)


@needs_sbi
def test_sequential_inference(study, tmp_path):
    options = "--config study.yaml --observation run.h5 --rounds 2 --samples 30 --draws 50 --epochs 3".split()
    printed = succeed(
        "sequential_inference.py", *options, "--output", tmp_path / "rounds", "--program", PROGRAM, cwd=study.folder
    )
    assert [line.split(":")[0] for line in printed.splitlines() if line.startswith("round")] == ["round 1", "round 2"]
    for number in (1, 2):
        folder = tmp_path / "rounds" / f"round-{number}"
        points = np.loadtxt(folder / "points.csv", delimiter=",", skiprows=1)
        with h5py.File(folder / "dataset.h5") as file:
            np.testing.assert_allclose(file["parameters"], points)
    with open(tmp_path / "rounds" / "posterior.csv") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == 50 and all(1.5 <= float(row["eta"]) <= 3 for row in rows)
