"""The models that come with the program estimate a network simulated now."""

import json
import subprocess

import pytest
from conftest import PROGRAM, REPOSITORY

# A network in the asynchronous irregular state, which both boxes hold: η, g and J in mV, with their full ranges.
TRUTH = {"eta": (2.2, 3.2), "g": (5.2, 4.5), "J": (0.18, 0.35)}


@pytest.fixture(scope="module")
def run(tmp_path_factory):
    path = tmp_path_factory.mktemp("simulation") / "run.h5"
    values = [text for name, (value, _) in TRUTH.items() for text in (f"--{name}", str(value))]
    subprocess.run([PROGRAM, "simulate", *values, "--duration-ms", "3000", "--output", path, "-q"], check=True)
    return path


@pytest.mark.parametrize("name", ["full", "full-distribution", "ai", "ai-distribution"])
def test_estimate(run, name):
    model = REPOSITORY / "data" / "models" / f"{name}.h5"
    result = subprocess.run([PROGRAM, "estimate", "--model", model, "--input", run, "--json"], check=True,
                            capture_output=True, text=True)  # fmt: skip
    (answer,) = json.loads(result.stdout)
    for parameter, (value, extent) in TRUTH.items():
        # Errors of networks in this state are about 1 % of the range; of five times that there is one in millions.
        assert abs(answer["estimates"][parameter] - value) < 0.05 * extent
    assert ("standard_deviations" in answer) == name.endswith("distribution")
