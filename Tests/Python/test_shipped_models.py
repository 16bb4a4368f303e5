"""The models that come with the program estimate a network simulated now."""

import json
import subprocess

import h5py
import numpy as np
import onnx
import onnxruntime
import pytest
import scipy.signal
from conftest import PROGRAM, REPOSITORY

# A network in the asynchronous irregular state, which both boxes hold: η, g and J in mV, with their full ranges.
TRUTH = {"eta": (2.2, 3.2), "g": (5.2, 4.5), "J": (0.18, 0.35)}


@pytest.fixture(scope="module")
def run(tmp_path_factory):
    path = tmp_path_factory.mktemp("simulation") / "run.h5"
    values = [text for name, (value, _) in TRUTH.items() for text in (f"--{name}", str(value))]
    subprocess.run([PROGRAM, "simulate", *values, "--duration-ms", "3000", "--output", path, "-q"], check=True)
    return path


@pytest.mark.parametrize("name", ["full-distribution", "ai-distribution"])
def test_estimate(run, name):
    model = REPOSITORY / "data" / "models" / f"{name}.h5"
    result = subprocess.run([PROGRAM, "estimate", "--model", model, "--input", run, "--json"], check=True,
                            capture_output=True, text=True)  # fmt: skip
    (answer,) = json.loads(result.stdout)
    for parameter, (value, extent) in TRUTH.items():
        # Errors of networks in this state are about 1 % of the range; of five times that there is one in millions.
        assert abs(answer["estimates"][parameter] - value) < 0.05 * extent
    assert "standard_deviations" in answer


@pytest.mark.parametrize("name, measured, widest, tolerance", [
    ("recording", "simulation.bin_ms=0.1 measurement.noise_uV=1", 0.4, 1e-3), ("full-distribution", "", 1e-4, 1e-2)])  # fmt: skip
def test_typicality_in_onnx(tmp_path, name, measured, widest, tolerance):
    run = tmp_path / "measured.h5"
    measured = measured.split()
    values = [text for name, (value, _) in TRUTH.items() for text in (f"--{name}", str(value))]
    settings = [text for setting in measured for text in ("--set", setting)]
    subprocess.run([PROGRAM, "simulate", *values, *settings, "--output", run, "-q"], check=True)
    model = REPOSITORY / "data" / "models" / f"{name}.h5"
    graph, changed = tmp_path / "model.onnx", tmp_path / "changed.h5"
    subprocess.run([PROGRAM, "model", "export", "--model", model, "--onnx", graph], check=True)
    onnx.checker.check_model(onnx.load(graph), full_check=True)
    with h5py.File(run) as file, h5py.File(model) as known:
        frequency, depth = file["frequency"][:], known["channel_depth"][:]
        # What each contact has less than the one above, or the contacts themselves, without what a simulation needs to settle.
        channels = -np.diff(file["lfp"][:], axis=0) if name == "recording" else file["lfp"][:, 150:]
        _, psd = scipy.signal.welch(channels, 1000, nperseg=300, noverlap=150)
        seen = [int(abs(frequency - value).argmin()) for value in known["frequency"][:]]
    # From typical spectra to ones with noise or a line.
    generator = np.random.default_rng(1)
    widths = np.linspace(0, widest, 40)[:, None, None]
    spectra = psd[None] * np.exp(widths * generator.standard_normal((40, *psd.shape)))
    spectra[36:, 2, 40] *= 30
    with h5py.File(changed, "w") as file:
        file["psd"], file["frequency"], file["channel_depth"] = spectra, frequency, depth
        if name == "recording":
            file.attrs["reference"] = "bipolar"
    result = subprocess.run([PROGRAM, "estimate", "--model", model, "--input", changed, "--json"],
                            capture_output=True, text=True)  # fmt: skip
    assert result.returncode == 0, result.stderr
    expected = np.array([row["typicality"] for row in json.loads(result.stdout)])
    session = onnxruntime.InferenceSession(graph, providers=["CPUExecutionProvider"])
    (typicality,) = session.run(["typicality"], {"psd": spectra[:, :, seen].astype(np.float32)})
    # Distances are sums of squares in single and double precision.
    np.testing.assert_allclose(np.log(typicality + 1e-200), np.log(expected + 1e-200), rtol=tolerance, atol=tolerance)
    assert typicality[0] > 0.05 and typicality[-1] < 1e-3 and (typicality[:20] > 0.02).sum() > 5


@pytest.mark.parametrize("efficacy, end", [(0.6, "upper"), (0.18, None)])
def test_end_of_range(tmp_path, efficacy, end):
    """The model was trained on J up to 0.4 mV: what lies beyond has estimates at that end, and a word says so."""
    run = tmp_path / "measured.h5"
    subprocess.run([PROGRAM, "simulate", "--eta", "2", "--g", "5", "--J", str(efficacy), "--set", "simulation.bin_ms=0.1",
                    "--set", "measurement.noise_uV=1", "--output", run, "-q"], check=True)  # fmt: skip
    command = [PROGRAM, "estimate", "--model", REPOSITORY / "data" / "models" / "recording.h5", "--input", run]
    (row,) = json.loads(subprocess.run([*command, "--json"], check=True, capture_output=True, text=True).stdout)
    assert row["at_end"] == ({} if end is None else {"J": end})
    text = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    assert ("(J may be above the sampled range)" in text) == (end is not None)
