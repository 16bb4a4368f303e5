"""Every call that writes, syncs or renames a file fails once, or the program is killed there: nothing is lost."""

import errno
import shutil
import signal
import subprocess
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from tiny_study import CORES, configure, digest, digests, leftovers, require_refusal, run, sound_shards, start, succeed

SOURCE = Path(__file__).with_name("failing_calls.c")
MANNERS = {
    "an error": {"FAILING_CALLS_AS": errno.EIO},
    "a full disk": {"FAILING_CALLS_AS": errno.ENOSPC, "FAILING_CALLS_STAYS": 1},
    "a kill": {"FAILING_CALLS_AS": "kill"},
}


@pytest.fixture(scope="module")
def library(tmp_path_factory):
    """Environment that preloads the failing calls."""
    path = tmp_path_factory.mktemp("library") / "failing_calls.so"
    subprocess.run(["gcc", "-shared", "-fPIC", "-O1", "-o", path, SOURCE, "-ldl"], check=True)
    return {"LD_PRELOAD": path}


@pytest.fixture(scope="module")
def reference(tmp_path_factory):
    """A data set made without failures: `study.yaml`, `shards` and `dataset/dataset.h5`."""
    folder = tmp_path_factory.mktemp("reference")
    configure(folder, samples=2, shard_size=1)
    succeed("generate", folder / "study.yaml", "--output", folder / "shards", "--workers", 1)
    (folder / "dataset").mkdir()
    succeed("merge", folder / "shards", "--output", folder / "dataset" / "dataset.h5")
    return folder


def count_calls(command, folder, kind, library, log):
    """The calls of a command on a folder."""
    variables = library | {"FAILING_CALLS_FOLDER": folder, "FAILING_CALLS_KIND": kind, "FAILING_CALLS_LOG": log}
    succeed(*command(folder), variables=variables)
    return log.read_text().split()


def fail_each(tmp_path, command, prepare, check, library, kind, manner, every=1):
    """Runs `command` on folders that `prepare` makes, with another call failing in each, and has `check` look."""
    first = tmp_path / "counted"
    prepare(first)
    calls = count_calls(command, first, kind, library, tmp_path / "calls")

    def attempt(number):
        folder = tmp_path / f"{number}"
        prepare(folder)
        variables = {"FAILING_CALLS_FOLDER": folder, "FAILING_CALLS_KIND": kind, "FAILING_CALLS_AT": number}
        result = run(*command(folder), "--quiet", variables=library | variables | manner)
        if result.returncode not in ((0, -9) if manner["FAILING_CALLS_AS"] == "kill" else (0,)):
            require_refusal(result)
        check(folder, result)
        shutil.rmtree(folder)
        return result.returncode

    with ThreadPoolExecutor(CORES) as pool:
        statuses = list(pool.map(attempt, range(1, len(calls) + 1, every)))
    # Most failures must have been noticed: not those of files that only tell others what a process does.
    assert sum(status != 0 for status in statuses) > 0.5 * len(statuses)
    return calls


@pytest.mark.parametrize("manner", MANNERS)
def test_generate(tmp_path, library, reference, manner):
    expected = digests(reference / "shards")

    def command(folder):
        return "generate", reference / "study.yaml", "--output", folder, "--workers", "1"

    def check(folder, result):
        stored = sound_shards(folder) if folder.exists() else {}
        # What has a shard's name is a whole shard.
        assert len(stored) == len(list(folder.glob("shard-*.h5")))
        if result.returncode == 0:
            assert len(stored) == 2
        succeed(*command(folder))
        assert digests(folder) == expected
        after = sound_shards(folder)
        assert {name: after[name] for name in stored} == stored

    every = 4 if manner == "a full disk" else 1
    calls = fail_each(tmp_path, command, lambda folder: None, check, library, "change", MANNERS[manner], every)
    assert {"pwrite", "fwrite", "fsync", "rename", "link", "close", "ftruncate", "mkdir"} <= set(calls)


@pytest.mark.parametrize("manner", MANNERS)
def test_merge(tmp_path, library, reference, manner):
    shards = digests(reference / "shards")
    expected = digests(reference / "dataset")

    def command(folder):
        return "merge", reference / "shards", "--output", folder / "dataset.h5"

    def check(folder, result):
        # The file is there complete, even if the last call of all failed, or not at all.
        if not (folder / "dataset.h5").exists():
            assert result.returncode != 0
            # What was being written is gone, or goes now.
            assert result.returncode == -9 or not leftovers(folder)
            succeed(*command(folder))
            assert digests(folder) == expected
        found = digests(folder)
        assert {name: found[name] for name in expected} == expected

    calls = fail_each(tmp_path, command, Path.mkdir, check, library, "change", MANNERS[manner])
    assert {"pwrite", "fwrite", "fsync", "rename", "link", "close"} <= set(calls)
    assert digests(reference / "shards") == shards


@pytest.mark.parametrize("manner", MANNERS)
def test_train(tmp_path, library, tmp_path_factory, manner):
    study = tmp_path_factory.mktemp("study")
    configure(study, samples=8, shard_size=4)
    succeed("generate", study / "study.yaml", "--output", study / "shards")
    succeed("merge", study / "shards", "--output", study / "dataset.h5")
    (study / "training.yaml").write_text("training:\n  epochs: 3\n  members: 2\n")

    def command(folder):
        config = study / "training.yaml"
        return "train", "--dataset", study / "dataset.h5", "--config", config, "--output", folder / "model.h5"

    succeed(*command(study))
    expected = digest(study / "model.h5")

    def check(folder, result):
        if not (folder / "model.h5").exists():
            assert result.returncode != 0
            # The scratch file for inputs is there only if its name could not be taken away, and empty then.
            scratch = [path.stat().st_size for path in folder.glob(".*.tmp-*")]
            assert not scratch or (scratch == [0] and (result.returncode == -9 or "unlink" in result.stderr))
            succeed(*command(folder))
        assert digest(folder / "model.h5") == expected

    calls = fail_each(tmp_path, command, Path.mkdir, check, library, "change", MANNERS[manner])
    assert {"write", "unlink", "pwrite", "fsync", "rename", "link", "close"} <= set(calls)


def test_failed_reads_do_not_make_finished_shards_again(tmp_path, library, reference):
    def command(folder):
        return "generate", reference / "study.yaml", "--output", folder

    stored = {}

    def prepare(folder):
        shutil.copytree(reference / "shards", folder)
        stored[folder] = sound_shards(folder)

    def check(folder, result):
        assert sound_shards(folder) == stored[folder]

    fail_each(tmp_path, command, prepare, check, library, "read", MANNERS["an error"], every=7)


def test_failed_reads_do_not_get_into_a_merged_file(tmp_path, library, reference):
    expected = digests(reference / "dataset")
    output = tmp_path / "merged"
    output.mkdir()

    def command(folder):
        return "merge", folder, "--output", output / f"{folder.name}.h5"

    def check(folder, result):
        merged = output / f"{folder.name}.h5"
        if result.returncode == 0:
            assert digests(output)[merged.name] == expected["dataset.h5"]
        else:
            assert not merged.exists()

    def prepare(folder):
        shutil.copytree(reference / "shards", folder)

    fail_each(tmp_path, command, prepare, check, library, "read", MANNERS["an error"], every=7)


def test_file_systems_without_hard_links_or_syncs_of_folders(tmp_path, library, reference):
    for call, reason in [("link", errno.EPERM), ("fsync of a folder", errno.EINVAL)]:
        folder = tmp_path / call
        folder.mkdir()
        variables = library | {
            "FAILING_CALLS_FOLDER": folder, "FAILING_CALLS_KIND": "change", "FAILING_CALLS_ONLY": call,
            "FAILING_CALLS_AS": reason, "FAILING_CALLS_STAYS": 1, "FAILING_CALLS_AT": 1,
        }  # fmt: skip
        succeed("generate", reference / "study.yaml", "--output", folder / "shards", variables=variables)
        succeed("merge", folder / "shards", "--output", folder / "dataset.h5", variables=variables)
        assert digests(folder / "shards") == digests(reference / "shards")
        assert digests(folder)["dataset.h5"] == digests(reference / "dataset")["dataset.h5"]


def test_second_interruption_ends_at_once(tmp_path, library, reference):
    """A process that hangs in its second shard ends by the second Ctrl-C and has not touched the first.

    It renames the file that tells of its presence, two files of the first shard, and then the second's checksum.
    """
    expected = digests(reference / "shards")
    variables = library | {
        "FAILING_CALLS_FOLDER": tmp_path, "FAILING_CALLS_KIND": "change", "FAILING_CALLS_AS": "wait",
        "FAILING_CALLS_LOG": tmp_path / "calls",
        "FAILING_CALLS_ONLY": "rename", "FAILING_CALLS_AT": 4,
    }  # fmt: skip
    command = ["generate", reference / "study.yaml", "--output", tmp_path / "shards", "--workers", "1"]
    process = start(*command, variables=variables)
    while not (tmp_path / "calls").exists() or (tmp_path / "calls").read_text().count("\n") < 4:
        assert process.poll() is None
    stored = sound_shards(tmp_path / "shards")
    assert len(stored) == 1
    process.send_signal(2)
    with pytest.raises(subprocess.TimeoutExpired):
        process.wait(timeout=0.1)
    process.send_signal(2)
    assert process.wait(timeout=10) == 130
    assert leftovers(tmp_path / "shards")
    succeed(*command)
    assert sound_shards(tmp_path / "shards").items() >= stored.items()
    assert digests(tmp_path / "shards") == expected


def test_second_interrupt(tmp_path, library):
    """The first Ctrl-C waits for work in flight, here for ever; the second ends the program, and no shard is lost."""
    study, folder, log = configure(tmp_path, samples=20, shard_size=1), tmp_path / "shards", tmp_path / "calls"
    waiting = {"FAILING_CALLS_FOLDER": folder, "FAILING_CALLS_KIND": "change", "FAILING_CALLS_ONLY": "rename",
               "FAILING_CALLS_AT": 12, "FAILING_CALLS_AS": "wait", "FAILING_CALLS_LOG": log}  # fmt: skip
    process = start("generate", study, "--output", folder, "--workers", 1, "--quiet", variables=library | waiting)
    while not log.exists() or len(log.read_text().split()) < 12:
        assert process.poll() is None
    process.send_signal(signal.SIGINT)
    with pytest.raises(subprocess.TimeoutExpired):
        process.wait(0.5)
    stored = sound_shards(folder)
    assert stored
    process.send_signal(signal.SIGINT)
    process.communicate(timeout=10)
    assert process.returncode == 130
    assert sound_shards(folder) == stored
    succeed("generate", study, "--output", folder)
    after = sound_shards(folder)
    assert len(after) == 20 and {name: after[name] for name in stored} == stored
