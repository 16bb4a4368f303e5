"""A minute in which the relative strength of inhibition jumps from 5 to 6, estimated over time.

    python Benchmarks/validation/changing_g.py data/models/recording.h5 docs/figures/changing_g.svg

Two networks of 30 s, one after the other, with white noise of 1 µV at every contact. Needs numpy and h5py.
"""

import json
import subprocess
import sys
import tempfile
from pathlib import Path

import h5py
import numpy as np

PROGRAM = Path(__file__).resolve().parents[2] / ".build/release/brunel-lfp"
SECONDS, WINDOW, STEP = 30, 3, 1
BEFORE, AFTER = 5.0, 6.0


def potentials(folder, g):
    """LFP in µV of a network after its transient, [channel, ms]."""
    path = folder / f"{g}.h5"
    subprocess.run(
        [PROGRAM, "simulate", "--eta", "2", "--g", str(g), "--J", "0.1", "--set", "simulation.bin_ms=0.1"]
        + ["--set", f"simulation.duration_ms={1000 * SECONDS + 150}", "--output", path, "--quiet"],
        check=True, stdout=subprocess.DEVNULL,
    )
    with h5py.File(path) as file:
        return 1e3 * file["lfp"][:, -1000 * SECONDS :]


def main(model, figure):
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        recording = np.concatenate([potentials(folder, g) for g in (BEFORE, AFTER)], axis=1)
        recording += np.random.default_rng(1).standard_normal(recording.shape)
        np.save(folder / "changing_g.npy", recording)
        Path(figure).unlink(missing_ok=True)
        answer = subprocess.run(
            [PROGRAM, "estimate", "--model", model, "--input", folder / "changing_g.npy", "--sampling-rate", "1000"]
            + ["--unit", "uV", "--window", str(WINDOW), "--step", str(STEP), "--figure", figure, "--json", "--quiet"],
            check=True, capture_output=True, text=True,
        )
    rows = json.loads(answer.stdout)
    middle = (BEFORE + AFTER) / 2
    above = [row["start_s"] for row in rows if row["estimates"]["g"] > middle]
    for name, chosen in [("before", lambda row: row["end_s"] <= SECONDS), ("after", lambda row: row["start_s"] >= SECONDS)]:
        values = [row["estimates"]["g"] for row in rows if chosen(row)]
        widths = [row["standard_deviations"]["g"] for row in rows if chosen(row)]
        print(f"g {name}: {np.mean(values):.2f} ± {np.std(values):.2f} over windows, predicted ± {np.mean(widths):.2f}")
    print(f"first window above {middle}: {above[0]} to {above[0] + WINDOW} s; all later ones above: {len(above) == len(rows) - above[0] / STEP}")
    assert SECONDS - WINDOW < above[0] <= SECONDS, "the jump is not found within a window"


if __name__ == "__main__":
    main(*sys.argv[1:])
