"""What a user sees on a terminal."""

import os
import pty
import re

import pytest
from conftest import PROGRAM
from tiny_study import configure, environment, succeed


def interrupted(arguments, seen):
    """Runs the program on a terminal, types Ctrl-C when a pattern is there; returns its status and the lines shown."""
    process, terminal = pty.fork()
    if process == 0:
        os.execve(PROGRAM, [PROGRAM, *map(str, arguments)], environment())
    shown, typed = b"", False
    while True:
        try:
            shown += os.read(terminal, 4096)
        except OSError:  # the program has ended
            break
        if not typed and re.search(seen, shown):
            os.write(terminal, b"\x03")
            typed = True
    _, status = os.waitpid(process, 0)
    os.close(terminal)
    # A line is rewritten after its erasure.
    lines = [line.split("\x1b[K")[-1].strip("\r") for line in shown.decode().rstrip("\r\n").split("\n")]
    return os.waitstatus_to_exitcode(status), lines


def configured(folder):
    """A study of which neither simulations nor training come to an end soon."""
    study = configure(folder, samples=20000, shard_size=20000)
    study.write_text(study.read_text() + "training:\n  epochs: 1000000\n  members: 2\n")
    return study


def make_dataset(folder):
    small = configure(folder, samples=8, shard_size=4)
    succeed("generate", small, "--output", folder / "small")
    succeed("merge", folder / "small", "--output", folder / "dataset.h5")


@pytest.mark.parametrize(
    "command, seen, progress, message",
    [
        ("generate study.yaml --output shards", rb"generate: [1-9]\d*/20000 samples", "generate: ",
         "brunel-lfp: stopped; the same command continues with the samples that are missing"),
        ("train --dataset dataset.h5 --config study.yaml --output model.h5", rb"train: [1-9]\d*/2000000 epochs", "train: ",
         r"brunel-lfp: stopped after epoch \d+( of network \d+)?; the same command continues from there"),
    ],
)  # fmt: skip
def test_message_of_an_interruption(tmp_path, monkeypatch, command, seen, progress, message):
    """It stands on a line of its own, below the progress."""
    make_dataset(tmp_path)
    configured(tmp_path)
    monkeypatch.chdir(tmp_path)
    status, lines = interrupted(command.split(), seen)
    assert status == 130, lines
    assert re.fullmatch(message, lines[-1]), lines
    assert lines[-2].startswith(progress), lines
