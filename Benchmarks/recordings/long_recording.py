"""Speed and memory of `estimate` on an hour of 384 channels at 30 kHz: 83 GB, made as a sparse file.

    python Benchmarks/recordings/long_recording.py data/models/recording.h5 [minutes]

The first ten seconds hold noise, the rest zeros, of which windows have no estimate. Needs numpy.
"""

import json
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import numpy as np

PROGRAM = Path(__file__).resolve().parents[2] / ".build/release/brunel-lfp"
CHANNELS, RATE, NOISE_SECONDS = 384, 30_000, 10


def write(path, minutes):
    random = np.random.default_rng(2)
    with open(path, "wb") as file:
        for _ in range(NOISE_SECONDS):
            file.write(np.int16(50 * random.standard_normal((RATE, CHANNELS), dtype="f4")).tobytes())
        file.truncate(int(60 * minutes) * RATE * CHANNELS * 2)


def main(model, minutes=60):
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "recording.bin"
        write(path, float(minutes))
        start = time.time()
        answer = subprocess.run(
            [PROGRAM, "estimate", "--model", model, "--input", path, "--raw-channels", str(CHANNELS)]
            + ["--raw-type", "int16", "--sampling-rate", str(RATE), "--unit", "uV", "--scale", "0.195"]
            + ["--channels", "0-5", "--window", "3", "--step", "1", "--json"],
            check=True, stdout=subprocess.PIPE,
        )
        seconds = time.time() - start
        used = resource.getrusage(resource.RUSAGE_CHILDREN)
        size = path.stat().st_size
    rows = json.loads(answer.stdout)
    print(f"{size / 1e9:.1f} GB, {len(rows)} windows, {sum('problem' not in row for row in rows)} with an estimate")
    print(f"{size / 1e6 / seconds:.0f} MB/s ({seconds:.0f} s), {size / 1e6 / (used.ru_utime + used.ru_stime):.0f} MB per CPU second")
    print(f"largest memory: {used.ru_maxrss / 1024:.0f} MiB")


if __name__ == "__main__":
    main(*sys.argv[1:])
