"""Draws from predicted distributions open in xarray as ArviZ opens them, and are what the estimates say."""

import json
import subprocess

import numpy as np
import pytest
import xarray
from conftest import CONFIGURATION, PROGRAM

DRAWS = 4000


def run(folder, arguments):
    return subprocess.run([PROGRAM, *arguments.split()], cwd=folder, capture_output=True, text=True)


@pytest.fixture(scope="module")
def folder(study, tmp_path_factory):
    """A folder with a model that predicts distributions, and draws for one run and for all rows of a data set."""
    folder = tmp_path_factory.mktemp("draws")
    lines = "training:\n  predict: gaussian\n  components: 2\n  members: 2\n"
    (folder / "study.yaml").write_text(CONFIGURATION.replace("training:\n", lines))
    for command in [
        f"train --dataset {study / 'dataset.h5'} --config study.yaml --output model.h5 --quiet",
        f"estimate --model model.h5 --input {study / 'run.h5'} --output one.h5 --draws {DRAWS} --figure one.svg",
        f"estimate --model model.h5 --input {study / 'dataset.h5'} --output all.h5 --draws {DRAWS} --quiet",
    ]:
        done = run(folder, command)
        assert done.returncode == 0, done.stderr
    return folder


def test_one_estimate_has_chains_and_draws(folder, study):
    with xarray.open_dataset(folder / "one.h5", engine="h5netcdf", group="posterior") as posterior:
        assert dict(posterior.sizes) == {"chain": 1, "draw": DRAWS}
        assert posterior.J.attrs["units"] == "mV"
        (row,) = json.loads(run(folder, f"estimate --model model.h5 --input {study / 'run.h5'} --json").stdout)
        for name, mean in row["estimates"].items():
            deviation = row["standard_deviations"][name]
            assert abs(float(posterior[name].mean()) - mean) < 5 * deviation / np.sqrt(DRAWS)
            # Tails of few degrees of freedom make standard deviations of draws uncertain.
            assert 0.7 < float(posterior[name].std()) / deviation < 1.3
        for pair, correlation in row["correlations"].items():
            first, second = (posterior[name].values.ravel() for name in pair.split(","))
            assert abs(np.corrcoef(first, second)[0, 1] - correlation) < 0.2
    assert (folder / "one.svg").read_text().startswith("<svg")


def test_several_estimates_have_a_further_dimension(folder):
    with xarray.open_datatree(folder / "all.h5", engine="h5netcdf") as tree:
        posterior = tree["posterior"]
        assert posterior.eta.dims == ("chain", "draw", "row")
        np.testing.assert_array_equal(posterior.row, tree.row)
        means = posterior.eta.mean(("chain", "draw"))
        assert float(abs(means - tree.eta).max()) < 0.5 * float(tree.std_eta.max())
        assert len(np.unique(posterior.eta.isel(draw=0))) == posterior.sizes["row"]


def test_draws_are_repeatable(folder, study):
    run(folder, f"estimate --model model.h5 --input {study / 'run.h5'} --output again.h5 --draws {DRAWS} --threads 2")
    with (
        xarray.open_dataset(folder / "one.h5", engine="h5netcdf", group="posterior") as first,
        xarray.open_dataset(folder / "again.h5", engine="h5netcdf", group="posterior") as second,
    ):
        assert first.identical(second)
