"""A run killed at random times fifty times: what is stored stays, and the data are those of an undisturbed run."""

import random
import subprocess
import time

from tiny_study import configure, digests, leftovers, run, sound_shards, start, succeed

KILLS = 50


def test_fifty_kills(tmp_path):
    study = configure(tmp_path, samples=200, shard_size=2)
    begin = time.monotonic()
    succeed("generate", study, "--output", tmp_path / "undisturbed", "--workers", 2)
    duration = time.monotonic() - begin
    expected = digests(tmp_path / "undisturbed")
    succeed("merge", tmp_path / "undisturbed", "--output", tmp_path / "undisturbed.h5")

    chance = random.Random(1)
    kills, disturbed = 0, 0
    # As many data sets as it takes: their end may come before the fiftieth kill.
    while kills < KILLS:
        folder = tmp_path / f"disturbed-{disturbed}"
        disturbed += 1
        stored = {}
        while True:
            process = start("generate", study, "--output", folder, "--workers", 2, "--quiet")
            try:
                process.wait(chance.uniform(0, 0.1 * duration) if kills < KILLS else None)
            except subprocess.TimeoutExpired:
                process.kill()
            output, errors = process.communicate()
            assert process.returncode in (0, -9), errors
            kills += process.returncode == -9
            found = sound_shards(folder)
            # Shards are whole, and those of earlier runs were not touched.
            assert set(found) == {path.name for path in folder.glob("shard-*.h5")}
            assert {name: found[name] for name in stored} == stored
            stored = found
            if process.returncode == 0:
                break
            # Killed processes leave files of this machine only, which the next run removes.
            assert len(leftovers(folder)) <= 4
        assert not leftovers(folder)
        assert digests(folder) == expected
        succeed("merge", folder, "--output", tmp_path / "disturbed.h5")
        assert (tmp_path / "disturbed.h5").read_bytes() == (tmp_path / "undisturbed.h5").read_bytes()
        (tmp_path / "disturbed.h5").unlink()


def test_rows_of_an_unfinished_run_are_right(tmp_path):
    """What a killed run has stored can be merged and verified, row by row."""
    study = configure(tmp_path, samples=20, shard_size=2)
    process = start("generate", study, "--output", tmp_path / "shards", "--workers", 1, "--quiet")
    while not (tmp_path / "shards" / "shard-000002.h5").exists():
        assert process.poll() is None
    process.kill()
    process.communicate()
    assert run("merge", tmp_path / "shards", "--output", tmp_path / "dataset.h5").returncode == 65
    succeed("merge", tmp_path / "shards", "--output", tmp_path / "dataset.h5", "--partial")
    succeed("verify", tmp_path / "dataset.h5", "--resimulate", 20)
