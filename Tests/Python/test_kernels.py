"""Kernels of branching cells are those of NEURON and LFPy: see Tests/FieldPotentialTests/Reference."""

import json
import subprocess

import h5py
import numpy as np
import pytest
from conftest import PROGRAM, REPOSITORY

REFERENCE = REPOSITORY / "Tests" / "FieldPotentialTests" / "Reference"
# Quarter turns about x or y, and what the configuration has to say for cells that lie so.
TURNS = {"upright": (lambda x, y, z: (x, y, z), "none"), "along y": (lambda x, y, z: (x, z, -y), "y")}


def turned_copy(name, folder, turn):
    """The cell in another position, and radii as they are."""
    lines = []
    for line in (REFERENCE / f"{name}.swc").read_text().splitlines():
        number, kind, x, y, z, radius, parent = line.split() if line[0] != "#" else 7 * [None]
        if number:
            lines.append(" ".join(map(str, (number, kind, *turn(*map(float, (x, y, z))), radius, parent))))
    path = folder / f"{name}.swc"
    path.write_text("\n".join(lines) + "\n")
    return path


@pytest.mark.parametrize("position", TURNS)
def test_kernels_of_branching_cells(position, tmp_path):
    turn, rotation = TURNS[position]
    settings = []
    for population, name in (("E", "branching_pyramid"), ("I", "branching_interneuron")):
        settings += [f"kernel.morphology_{population}={turned_copy(name, tmp_path, turn)}"]
        settings += [f"kernel.rotation_{population}={rotation}"]
    command = [PROGRAM, "kernel", "--output", tmp_path / "kernels.h5", "--quiet"]
    command += [word for setting in settings for word in ("--set", setting)]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    reference = json.loads((REFERENCE / "branching_cells.json").read_text())
    steps = np.rint(10 * np.array(reference["time"])).astype(int)
    with h5py.File(tmp_path / "kernels.h5") as file:
        for population in "EI":
            expected = np.array(reference[population])
            difference = file[f"{population}_0p1ms"][:][:, steps] - expected
            errors = np.linalg.norm(difference, axis=1) / np.linalg.norm(expected, axis=1)
            # 0.2 % is what both averages over depths and orientations leave, and the end of NEURON's synaptic current.
            assert errors.max() < 0.005, (population, errors)
