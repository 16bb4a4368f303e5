"""A study of tiny networks, made in a fraction of a second, and what its folder holds. Its figures mean nothing."""

import hashlib
import os
import subprocess
from pathlib import Path

from conftest import PROGRAM

# One worker per core that tests may use.
CORES = len(os.sched_getaffinity(0))

CONFIGURATION = """\
network:
  excitatory_neurons: 80
  inhibitory_neurons: 20
simulation:
  duration_ms: {duration}
  transient_ms: 50
sampling:
  samples: {samples}
  shard_size: {shard_size}
kernel:
  soma_depths: 3
  rotations: 5
  lags_ms: 60
spectra:
  segment_ms: 100
  overlap_ms: 50
split:
  test_fraction: 0
  validation_fraction: 0.5
"""


def configure(folder, samples, shard_size, duration=300):
    """Writes the configuration into a folder and returns its path."""
    path = Path(folder) / "study.yaml"
    path.write_text(CONFIGURATION.format(samples=samples, shard_size=shard_size, duration=duration))
    return path


def environment(**changes):
    """The environment of a run. A crash is to end at once, without a search for symbols."""
    return os.environ | {"SWIFT_BACKTRACE": "enable=no"} | {key: str(value) for key, value in changes.items()}


def start(*arguments, variables=None, **options):
    """Starts the program."""
    return subprocess.Popen(
        [PROGRAM, *map(str, arguments)], env=environment(**(variables or {})),
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, **options,
    )  # fmt: skip


def run(*arguments, variables=None, **options):
    """Runs the program to its end."""
    process = start(*arguments, variables=variables, **options)
    output, errors = process.communicate()
    return subprocess.CompletedProcess(process.args, process.returncode, output, errors)


def succeed(*arguments, **options):
    """Runs the program, which has to succeed."""
    result = run(*arguments, "--quiet", **options)
    assert result.returncode == 0, result
    return result


def require_refusal(result, *statuses):
    """The run ended with a status of sysexits.h and said why in one line."""
    assert result.returncode in (statuses or range(64, 79)), result
    lines = [line for line in result.stderr.splitlines() if line.startswith("brunel-lfp: ")]
    assert len(lines) == 1, result
    assert not result.stdout, result


def digest(path):
    return hashlib.sha256(Path(path).read_bytes()).hexdigest()


def digests(folder):
    """The names of all files below a folder, and hashes of their contents."""
    folder = Path(folder)
    return {str(path.relative_to(folder)): digest(path) for path in sorted(folder.rglob("*")) if path.is_file()}


def sound_shards(folder):
    """Every shard that agrees with its checksum, and what changes if it is made again."""
    shards = {}
    for path in sorted(Path(folder).glob("shard-*.h5")):
        checksum = path.with_name(path.name + ".sha256")
        if checksum.exists() and checksum.read_bytes() == f"{digest(path)}  {path.name}\n".encode():
            status = path.stat()
            shards[path.name] = (digest(path), status.st_ino, status.st_mtime_ns)
    return shards


def leftovers(folder):
    """Names of files that a process was writing when it ended."""
    return [path.name for path in Path(folder).glob("*.tmp-*")]
