"""Full and read-only disks, several processes in one folder, wandering clocks, and files that do not belong there."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest
from conftest import PROGRAM
from tiny_study import configure, digests, environment, leftovers, require_refusal, run, sound_shards, start, succeed

SAMPLES, SHARD_SIZE = 16, 2


@pytest.fixture(scope="module")
def reference(tmp_path_factory):
    """A data set made by one worker: `study.yaml`, `shards` and `dataset.h5`."""
    folder = tmp_path_factory.mktemp("reference")
    configure(folder, SAMPLES, SHARD_SIZE)
    succeed("generate", folder / "study.yaml", "--output", folder / "shards", "--workers", 1)
    succeed("merge", folder / "shards", "--output", folder / "dataset.h5")
    return folder


@pytest.fixture
def shards(reference, tmp_path):
    """A copy of the finished folder."""
    return Path(shutil.copytree(reference / "shards", tmp_path / "shards"))


def generate(reference, folder, *options):
    return "generate", reference / "study.yaml", "--output", folder, *options


# Workers and tasks.


@pytest.mark.parametrize("workers", [2, 5])
def test_workers_give_identical_files(reference, tmp_path, workers):
    succeed(*generate(reference, tmp_path / "shards", "--workers", workers))
    assert digests(tmp_path / "shards") == digests(reference / "shards")


def test_eight_tasks_at_once_give_identical_files(reference, tmp_path):
    folder = tmp_path / "shards"
    tasks = [start(*generate(reference, folder, "--task", f"{task}/8", "--workers", 1)) for task in range(8)]
    for task in tasks:
        _, errors = task.communicate()
        assert task.returncode == 0, errors
    assert digests(folder) == digests(reference / "shards")
    succeed("merge", folder, "--output", tmp_path / "dataset.h5")
    assert (tmp_path / "dataset.h5").read_bytes() == (reference / "dataset.h5").read_bytes()


def test_processes_that_do_the_same_work_and_one_that_is_killed(reference, tmp_path):
    folder = tmp_path / "shards"
    processes = [start(*generate(reference, folder, "--workers", 1)) for _ in range(3)]
    while not list(folder.glob("shard-*.h5")):
        assert processes[0].poll() is None
    processes[0].kill()
    for process in processes:
        process.communicate()
    assert [process.returncode for process in processes] == [-9, 0, 0]
    assert digests(folder).items() >= digests(reference / "shards").items()
    succeed(*generate(reference, folder))
    assert digests(folder) == digests(reference / "shards")


# Disks.


def test_full_disk(reference, tmp_path):
    """Half of the shards fit. A user without rights mounts in a name space of his own."""
    size = sum(path.stat().st_size for path in (reference / "shards").iterdir()) // 2 // 4096 * 4096
    disk = tmp_path / "disk"
    disk.mkdir()
    kept = tmp_path / "kept"
    script = f"""
        mount -t tmpfs -o size={size} tmpfs {disk} || exit 99
        {PROGRAM} generate {reference}/study.yaml --output {disk}/shards --workers 1 --quiet
        status=$?
        cp -a {disk}/shards {kept}
        exit $status
    """
    result = subprocess.run(
        ["unshare", "--user", "--map-root-user", "--mount", "sh", "-c", script],
        env=environment(), capture_output=True, text=True,
    )  # fmt: skip
    if result.returncode in (1, 99):
        pytest.skip(f"no file system can be mounted here: {result.stderr.strip()}")
    require_refusal(result, 73, 74)
    assert "No space left on device" in result.stderr
    assert not leftovers(kept)
    stored = sound_shards(kept)
    assert 0 < len(stored) < SAMPLES // SHARD_SIZE
    assert set(stored) == {path.name for path in kept.glob("shard-*.h5")}
    succeed(*generate(reference, kept))
    assert digests(kept) == digests(reference / "shards")
    assert stored.items() <= sound_shards(kept).items()


def test_errors_that_cannot_be_printed(reference, tmp_path):
    """A log on the full disk does not stop the work."""
    with open("/dev/full", "w") as full:
        arguments = [PROGRAM, *map(str, generate(reference, tmp_path / "shards"))]
        assert subprocess.run(arguments, stderr=full, stdout=subprocess.DEVNULL, env=environment()).returncode == 0
        assert digests(tmp_path / "shards") == digests(reference / "shards")
        arguments = [PROGRAM, "status", tmp_path / "none"]
        assert subprocess.run(arguments, stderr=full, env=environment()).returncode == 66


def test_read_only_folder(reference, shards):
    """Reading works, writing is refused. Root is bound by permissions only without its capabilities."""
    (shards / "shard-000003.h5").unlink()
    before = digests(shards)
    shards.chmod(0o555)
    bound = [] if os.geteuid() else ["setpriv", "--bounding-set", "-all", "--inh-caps", "-all"]

    def bound_run(*arguments):
        return subprocess.run(
            [*bound, PROGRAM, *map(str, arguments)], env=environment(), capture_output=True, text=True
        )

    try:
        if bound and subprocess.run([*bound, "true"], capture_output=True).returncode:
            pytest.skip("setpriv may not drop capabilities here")
        require_refusal(bound_run(*generate(reference, shards, "--quiet")), 73)
        require_refusal(bound_run("merge", shards, "--output", shards / "dataset.h5", "--partial", "--quiet"), 73)
        output = shards.parent / "dataset.h5"
        assert bound_run("merge", shards, "--output", output, "--partial", "--quiet").returncode == 0
    finally:
        shards.chmod(0o755)
    assert digests(shards) == before


# Clocks.


def test_file_times_do_not_matter(reference, shards):
    for number, path in enumerate(sorted(shards.iterdir())):
        time = [0, 4_000_000_000, 1_000_000_000][number % 3]
        os.utime(path, (time, time))
    before = sound_shards(shards)
    succeed(*generate(reference, shards))
    assert sound_shards(shards) == before


def test_wandering_clock(reference, tmp_path):
    library = tmp_path / "wandering_clock.so"
    source = Path(__file__).with_name("wandering_clock.c")
    subprocess.run(["gcc", "-shared", "-fPIC", "-O1", "-o", library, source, "-ldl"], check=True)
    variables = {"LD_PRELOAD": library}
    for options in (["--samples", "0..<7"], []):
        succeed(*generate(reference, tmp_path / "shards", *options), variables=variables)
    assert digests(tmp_path / "shards") == digests(reference / "shards")
    succeed("merge", tmp_path / "shards", "--output", tmp_path / "dataset.h5", variables=variables)
    assert (tmp_path / "dataset.h5").read_bytes() == (reference / "dataset.h5").read_bytes()


# Files that do not belong there.


def temporary_name(reference, tmp_path):
    """The name of a file that a killed process was writing, and the number of the process."""
    folder = tmp_path / "killed"
    while True:
        process = start(*generate(reference, folder, "--workers", 1))
        while process.poll() is None and not leftovers(folder):
            pass
        process.kill()
        process.communicate()
        if found := leftovers(folder):
            return found[0], process.pid
        shutil.rmtree(folder)


def test_other_files_stay(reference, shards, tmp_path):
    """Editors, NFS, people, other machines and running processes have files in the folder."""
    name, dead = temporary_name(reference, tmp_path)
    assert f"-{dead}-" in name
    head, machine, _, random = name.rsplit("-", 3)
    others = [
        "notes.txt", "shard-000001.h5~", ".shard-000001.h5.swp", "#shard-000001.h5#", "shard-000001 (copy).h5",
        ".nfs000000000123abcd00000001", "shard-000099.h5", "shard-1.h5", "shard-000001.h5.tmp", "my.tmp-file",
        f"{head}-0123456789ab-{dead}-{random}",
        f"{head}-{machine}-{os.getpid()}-{random}",
        f"{head}-{machine}-{dead}-{random}-mine",
    ]  # fmt: skip
    for other in others:
        (shards / other).write_text("mine")
    (shards / "shard-000098.h5").mkdir()
    (shards / name).write_text("half a shard")
    before = sound_shards(shards)
    succeed(*generate(reference, shards))
    assert not (shards / name).exists()
    assert {other: (shards / other).read_text() for other in others} == dict.fromkeys(others, "mine")
    assert before.items() <= sound_shards(shards).items()
    succeed("verify", shards)
    succeed("merge", shards, "--output", tmp_path / "dataset.h5")
    assert (tmp_path / "dataset.h5").read_bytes() == (reference / "dataset.h5").read_bytes()


@pytest.mark.parametrize("name", ["shard-000002.h5", "shard-000002.h5.sha256", "study.yaml"])
def test_folder_with_the_name_of_a_file(reference, shards, name):
    (shards / name).unlink()
    (shards / name).mkdir()
    before = digests(shards)
    for command in (generate(reference, shards), ("merge", shards, "--output", shards / "dataset.h5")):
        result = run(*command, "--quiet")
        require_refusal(result)
        assert name in result.stderr
    assert digests(shards) == before


def test_shard_of_another_study(reference, shards, tmp_path):
    """It is neither used nor replaced."""
    succeed(*generate(reference, tmp_path / "other", "--seed", 2))
    for suffix in ("", ".sha256"):
        name = "shard-000002.h5" + suffix
        shutil.copy(tmp_path / "other" / name, shards / name)
    before = digests(shards)
    for command in (
        generate(reference, shards), ("merge", shards, "--output", tmp_path / "dataset.h5"),
        ("merge", shards, "--output", tmp_path / "dataset.h5", "--partial"), ("verify", shards),
    ):  # fmt: skip
        result = run(*command, "--quiet")
        assert result.returncode == 65, result
        assert "shard-000002.h5: belongs to other data (seed is 2 there, 1 here)" in result.stderr
    assert digests(shards) == before
    assert not (tmp_path / "dataset.h5").exists()


def test_study_of_other_data(reference, shards, tmp_path):
    """Without its study.yaml a folder is not taken for another study's."""
    (shards / "study.yaml").unlink()
    before = digests(shards)
    result = run(*generate(reference, shards, "--seed", 2), "--quiet")
    require_refusal(result, 65)
    assert digests(shards) == before
    succeed(*generate(reference, shards))
    assert digests(shards) == digests(reference / "shards")


def test_other_training_is_the_same_study(reference, tmp_path):
    """Settings of later stages may change while data are made; the data do not."""
    changed = tmp_path / "changed.yaml"
    changed.write_text((reference / "study.yaml").read_text() + "training:\n  epochs: 7\n")
    succeed(*generate(reference, tmp_path / "shards", "--samples", "0..<5"))
    succeed("generate", changed, "--output", tmp_path / "shards")
    assert digests(tmp_path / "shards") == digests(reference / "shards")
    succeed("merge", tmp_path / "shards", "--output", tmp_path / "dataset.h5")


def test_paths_of_one_character(reference, tmp_path):
    succeed("generate", reference / "study.yaml", "--output", "s", cwd=tmp_path)
    succeed("merge", "s", "--output", "d", cwd=tmp_path)
    succeed("verify", "d", cwd=tmp_path)
