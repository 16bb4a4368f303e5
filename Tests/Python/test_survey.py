"""Maps of a survey are what NumPy makes of the stored data."""

import subprocess

import h5py
import numpy as np
import pytest
import xarray
from conftest import PROGRAM

TRANSIENT, DURATION = 100, 600
CONFIGURATION = f"""\
network: {{excitatory_neurons: 400, inhibitory_neurons: 100}}
simulation: {{duration_ms: {DURATION}, transient_ms: {TRANSIENT}}}
sampling:
  design: grid
  grid_points: [2, 3, 2]
  samples: 12
  shard_size: 5
  parameters:
    eta: [1.5, 3.0]
    g: [4.5, 6.0]
    J_mV: [0.2, 0.5]
kernel: {{soma_depths: 5, rotations: 20}}
spectra: {{segment_ms: 200, overlap_ms: 80}}
split: {{validation_fraction: 0.25}}
"""


def run(folder, arguments):
    return subprocess.run([PROGRAM, *arguments.split()], cwd=folder, capture_output=True, text=True)


@pytest.fixture(scope="module")
def survey(tmp_path_factory):
    folder = tmp_path_factory.mktemp("survey")
    (folder / "survey.yaml").write_text(CONFIGURATION)
    done = run(folder, "survey survey.yaml --output out --theory --quiet")
    assert done.returncode == 0, done.stderr
    return folder


def test_maps_equal_numpy(survey):
    with (
        xarray.open_dataset(survey / "out/survey.h5", engine="h5netcdf") as maps,
        h5py.File(survey / "out/dataset.h5") as file,
    ):
        assert maps.rate.dims == ("J", "eta", "g") and maps.rate.shape == (2, 2, 3)
        np.testing.assert_allclose(maps.J, [0.2, 0.5])
        np.testing.assert_allclose(maps.g, [4.5, 5.25, 6])
        kernels = [file[f"kernels/{population}"][0] for population in "EI"]
        spikes = [file[f"histogram/{population}"][:].astype(float) for population in "EI"]
        for row, (eta, g, efficacy) in enumerate(file["parameters"][:]):
            point = maps.sel(J=efficacy, eta=eta, g=g, method="nearest")
            activity = file["activity"]
            mean = 0.8 * activity["rate_E"][row] + 0.2 * activity["rate_I"][row]
            np.testing.assert_allclose(point.rate, mean, rtol=1e-6)
            np.testing.assert_allclose(point.cv_isi, activity["cv_isi"][row])
            lfp = sum(
                factor * np.convolve(counts[row], kernel)[:DURATION]
                for factor, counts, kernel in zip((efficacy, g * efficacy), spikes, kernels)
            )
            np.testing.assert_allclose(point.lfp_std, lfp[TRANSIENT:].std(), rtol=1e-10)
            share = file["psd"][row, 0].astype(float)
            share = share[share > 0] / share.sum()
            np.testing.assert_allclose(point.lfp_entropy, -(share * np.log(share)).sum(), rtol=1e-10)
            theory = run(survey, f"theory --eta {eta} --g {g} --J {efficacy} --config survey.yaml --json")
            assert theory.returncode == 0, theory.stderr
            np.testing.assert_allclose(point.rate_theory, eval_rate(theory.stdout), rtol=1e-9)
    assert (survey / "out/survey.svg").read_text().startswith("<svg")


def eval_rate(text):
    import json

    return max(solution["rate_Hz"] for solution in json.loads(text)["solutions"])


def test_nothing_is_made_twice(survey):
    refused = run(survey, "survey survey.yaml --output out --quiet")
    assert refused.returncode == 73 and "exists already" in refused.stderr
    before = (survey / "out/dataset.h5").stat().st_mtime_ns
    again = run(survey, "survey survey.yaml --output out --force --quiet")
    assert again.returncode == 0, again.stderr
    assert (survey / "out/dataset.h5").stat().st_mtime_ns == before
    with xarray.open_dataset(survey / "out/survey.h5", engine="h5netcdf") as maps:
        assert "rate_theory" not in maps


@pytest.mark.parametrize(
    "setting, problem",
    [
        ("sampling.design=random sampling.grid_points=[]", "is no grid over eta and g"),
        ("seed=7", "out/shards: holds the data of another configuration"),
    ],
)
def test_other_studies_are_refused(survey, setting, problem):
    settings = " ".join(f"--set {text}" for text in setting.split())
    refused = run(survey, f"survey survey.yaml --output out --force --quiet {settings}")
    assert 64 <= refused.returncode <= 78 and refused.stderr.count("\n") == 1
    assert problem in refused.stderr
