"""Measures what storing data costs; see README.md."""

import argparse
import hashlib
import json
import os
import re
import shutil
import subprocess
import time
from pathlib import Path

import h5py

SHARD_SIZE, SAMPLES = 100, 50_000
MEASURED_SHARDS = 2


def run(*command):
    """Runs a command; returns its seconds and its peak memory in MiB."""
    begin = time.monotonic()
    process = subprocess.Popen([str(part) for part in command], stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    if status:
        raise SystemExit(f"{command} failed")
    return time.monotonic() - begin, usage.ru_maxrss / 1024


def storing_seconds(trace):
    """Seconds in which some thread was storing a shard, summed over threads."""
    total, begins = 0.0, {}
    line = re.compile(r"(\d+) (\d+\.\d+) (\w+)\((.*)")
    for text in Path(trace).read_text().splitlines():
        if not (match := line.match(text)):
            continue
        thread, stamp, call, arguments = match[1], float(match[2]), match[3], match[4]
        if call == "openat" and re.search(r"shard-\d+\.h5\.tmp-", arguments) and "O_CREAT" in arguments:
            begins[thread] = [stamp, False]
        elif call == "rename" and re.search(r'shard-\d+\.h5"', arguments) and thread in begins:
            begins[thread][1] = True
        elif call == "close" and begins.get(thread, (0, False))[1]:
            # After the rename the folder is opened, synced and closed.
            total += stamp - begins.pop(thread)[0]
    return total


def multiply(shards):
    """Gives the folder all of its shards, each with the contents of the first under its own indices."""
    first = shards / "shard-000000.h5"
    for number in range(1, SAMPLES // SHARD_SIZE):
        path = shards / f"shard-{number:06}.h5"
        shutil.copy(first, path)
        with h5py.File(path, "r+") as file:
            file["sample_index"][:] = range(number * SHARD_SIZE, (number + 1) * SHARD_SIZE)
        digest = hashlib.sha256(path.read_bytes()).hexdigest()
        Path(f"{path}.sha256").write_text(f"{digest}  {path.name}\n")


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--binary", required=True, type=Path)
    parser.add_argument("--folder", required=True, type=Path, help="made, and left with the data")
    options = parser.parse_args()
    workers = len(os.sched_getaffinity(0))
    options.folder.mkdir(parents=True)
    study, shards = options.folder / "study.yaml", options.folder / "shards"
    study.write_text(f"sampling:\n  samples: {SAMPLES}\n  shard_size: {SHARD_SIZE}\n")
    count = MEASURED_SHARDS * SHARD_SIZE
    generate = [options.binary, "generate", study, "--output", shards, "--samples", f"0..<{count}"]
    trace = options.folder / "trace"
    calls = "trace=openat,rename,close"
    seconds, _ = run("strace", "-f", "--seccomp-bpf", "-ttt", "-e", calls, "-o", trace, *generate, "--workers", workers)
    resume, _ = run(*generate)
    size = sum(path.stat().st_size for path in shards.glob("shard-*"))
    multiply(shards)
    merged = options.folder / "dataset.h5"
    merge_seconds, memory = run(options.binary, "merge", shards, "--output", merged)
    figures = {
        "storing_share": storing_seconds(trace) / (seconds * workers),
        "generate_s": seconds,
        "resume_s_per_1000": resume / count * 1000,
        "bytes_per_sample": size / count,
        "merged_bytes": merged.stat().st_size,
        "merge_s": merge_seconds,
        "merge_peak_mib": memory,
    }
    print(json.dumps(figures))


if __name__ == "__main__":
    main()
