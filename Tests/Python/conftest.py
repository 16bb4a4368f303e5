"""One small study, run once through all stages, for the checks from Python."""

import json
import os
import shutil
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).resolve().parents[2]
PROGRAM = REPOSITORY / ".build" / "release" / "brunel-lfp"

# A study of seconds; its figures mean nothing. Populations, segments and transient differ from the defaults.
NEURONS = {"E": 400, "I": 100}
SAMPLES = 12
TRANSIENT_MS, DURATION_MS = 60, 700
SEGMENT_MS, OVERLAP_MS = 200, 80
CONFIGURATION = f"""\
network:
  excitatory_neurons: {NEURONS["E"]}
  inhibitory_neurons: {NEURONS["I"]}
simulation:
  duration_ms: {DURATION_MS}
  transient_ms: {TRANSIENT_MS}
sampling:
  samples: {SAMPLES}
  shard_size: 4
  parameters:
    eta: [1.5, 3.0]
    g: [4.5, 6.0]
    J_mV: [0.2, 0.5]
kernel:
  soma_depths: 5
  rotations: 20
spectra:
  segment_ms: {SEGMENT_MS}
  overlap_ms: {OVERLAP_MS}
split:
  test_fraction: 0.3
  validation_fraction: 0.3
training:
  epochs: 20
  batch_size: 2
evaluation:
  bootstrap_resamples: 50
"""


@dataclass
class Study:
    """A folder with the files of all stages."""

    folder: Path
    simulation: dict
    estimates: list

    def __truediv__(self, name):
        return self.folder / name


@pytest.fixture(scope="session")
def study(tmp_path_factory):
    folder = tmp_path_factory.mktemp("study")
    (folder / "study.yaml").write_text(CONFIGURATION)

    def run(arguments):
        result = subprocess.run([PROGRAM, *arguments.split()], cwd=folder, capture_output=True, text=True)
        assert result.returncode == 0, result.stderr
        return result.stdout

    run("generate study.yaml --output shards --quiet")
    run("merge shards --output dataset.h5 --quiet")
    run("kernel --config study.yaml --output kernels.h5 --quiet")
    run("train --dataset dataset.h5 --output model.h5 --quiet")
    simulation = run(
        "simulate --config study.yaml --eta 2 --g 5 --J 0.3 --seed 3"
        " --output run.h5 --spikes spikes.h5 --json --quiet"
    )
    estimates = run("estimate --model model.h5 --input dataset.h5 --json")
    return Study(folder, json.loads(simulation), json.loads(estimates))


def pytest_configure(config):
    """Files are made in memory where possible: syncs to a disk take most of the time of small runs."""
    if config.option.basetemp is None and os.access("/dev/shm", os.W_OK):
        config.option.basetemp = tempfile.mkdtemp(prefix="brunel-lfp-", dir="/dev/shm")


def pytest_unconfigure(config):
    if config.option.basetemp and config.option.basetemp.startswith("/dev/shm/brunel-lfp-"):
        shutil.rmtree(config.option.basetemp, ignore_errors=True)
