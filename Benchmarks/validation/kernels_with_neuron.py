"""Field kernels of reconstructed cells by NEURON, LFPy and LFPykit, beside those of `brunel-lfp kernel`.

usage: kernels_with_neuron.py --excitatory E.swc --inhibitory I.swc [--binary brunel-lfp] [--write FILE.json]

NEURON imports the cells (without axons), cuts them into segments and solves the cable for a synaptic current into every
single segment; LFPykit gives the potentials of the transmembrane currents at contacts around the cell: line sources, the soma
a point source. Membranes are passive and synapses are currents, so that sums of these give the kernels: synapses spread over
the segments of a layer by area, cells at many depths, turned by LFPy about x and y, and contacts at many places of the
annulus around the soma, which stand for cells at all lateral places and turned about the vertical. Depths, angles and places
are points of Sobol's sequence, not those of the program. What is compared is the relative Euclidean norm of the difference,
per channel; the script exits 1 if any is above 1 %. All values are those of configs/reference.yaml.

Cells have to stand upright along z, with the centre of the soma at the origin.
"""

import argparse
import json
import subprocess
import sys
import tempfile
from pathlib import Path

import h5py
import LFPy
import lfpykit
import neuron
import numpy as np
from neuron import h
from scipy.stats import qmc

TOLERANCE = 0.01
CONTACTS = -100.0 * np.arange(6)
LAYERS = {"upper": (-300.0, 0.0), "lower": (-500.0, -300.0)}
SOMATA = (-450.0, -350.0)
INNER, OUTER = 10.0, np.sqrt(1e6 / np.pi)
TAU_SYN, DELAY, STEP, DURATION = 5.0, 1.5, 0.5, 98.0
PEAK = 0.1 / (np.e * TAU_SYN)  # nA, for 1 mV and 100 pF
NEURONS = {"E": 10000, "I": 2500}
SYNAPSES = {"EE": {"upper": 500, "lower": 500}, "IE": {"lower": 250}, "EI": {"lower": 1000}, "II": {"lower": 250}}
SECTIONS = {"E": ("dend", "apic"), "I": ("dend", "apic", "soma")}


def load(path):
    """The cell as NEURON cuts it, without axon."""
    points = [line.split("#")[0].split() for line in Path(path).read_text(encoding="latin1").splitlines()]
    with tempfile.NamedTemporaryFile("w", suffix=".swc") as file:
        file.write("".join(" ".join(point) + "\n" for point in points if point and point[1] != "2"))
        file.flush()
        return LFPy.Cell(
            morphology=file.name, v_init=0.0, passive=True, passive_parameters={"g_pas": 1 / 20e3, "e_pas": 0.0},
            cm=1.0, Ra=150.0, nsegs_method="lambda_f", lambda_f=100, d_lambda=0.1)


def responses(cell):
    """For every segment, the transmembrane currents [segment, time] that follow a synaptic current of peak 1 nA there."""
    segments = [segment for section in cell.allseclist for segment in section]
    solver = h.CVode()
    solver.active(True)
    solver.use_fast_imem(True)
    solver.atol(1e-6)
    solver.rtol(1e-6)
    recorded = [h.Vector().record(segment._ref_i_membrane_, STEP) for segment in segments]
    steps = round(DURATION / STEP)
    for segment in segments:
        # With a reversal potential this far away a conductance injects a current, which counts as the membrane's. NEURON
        # ends it after ten time constants: 0.06 % of a kernel.
        synapse = h.AlphaSynapse(segment)
        synapse.onset, synapse.tau, synapse.e, synapse.gmax = 0.0, TAU_SYN, 1e7, 1e-7
        h.finitialize(0)
        solver.solve(DURATION + 1)
        currents = np.array([vector.as_numpy()[:steps] for vector in recorded])
        assert np.abs(currents.sum(axis=0)).max() < 1e-5
        yield currents


def placements(population, count, seed):
    """Depths of the somata and angles about x and y, [placement, 3]: excitatory cells are upright."""
    points = qmc.Sobol(3, seed=seed).random(count)
    depths = SOMATA[0] + (SOMATA[1] - SOMATA[0]) * points[:, :1]
    return np.hstack([depths, 2 * np.pi * points[:, 1:] * (population == "I")])


def places(count, generator):
    """Points of the annulus around the soma, [x and y, point], and the weight of each: near ones are more and count less."""
    points = qmc.Sobol(2, seed=generator).random(count)
    radius = INNER + (OUTER - INNER) * points[:, 0]
    angle = 2 * np.pi * points[:, 1]
    return radius * np.array([np.cos(angle), np.sin(angle)]), radius / radius.sum()


def potentials(cell, depth, lateral, weights):
    """Mean potential per transmembrane current, [contact, segment] in mV/nA."""
    x, y = np.tile(lateral, len(CONTACTS))
    z = np.repeat(CONTACTS - depth, len(weights))
    electrode = lfpykit.RecExtElectrode(cell, sigma=0.3, x=x, y=y, z=z, method="root_as_point")
    values = electrode.get_transformation_matrix().reshape(len(CONTACTS), len(weights), -1)
    return np.einsum("p,cps->cs", weights, values)


def inputs(cell, depth, pathway):
    """Expected synaptic current into every segment: synapses of a layer are spread by area."""
    heights = depth + cell.z.mean(axis=1)
    allowed = np.isin(np.arange(cell.totnsegs), np.concatenate([cell.get_idx(s) for s in SECTIONS[pathway[1]]]))
    total = np.zeros(cell.totnsegs)
    for layer, synapses in SYNAPSES[pathway].items():
        area = cell.area * (allowed & (heights >= LAYERS[layer][0]) & (heights < LAYERS[layer][1]))
        total += synapses * area / max(area.sum(), 1e-300)
    return total


def pathways(path, population, count, lateral_count, seed):
    """Kernels of the pathways onto a population, {pathway: [contact, time]} in mV; and how many segments the cell has."""
    cell = load(path)
    assert cell.get_idx("soma").tolist() == [0]
    upright = cell.x.copy(), cell.y.copy(), cell.z.copy()
    generator = np.random.default_rng(seed)
    names = [name for name in SYNAPSES if name[1] == population]
    # Potential at a contact per current into a segment and through another, averaged over placements.
    weights = {name: np.zeros((cell.totnsegs, len(CONTACTS), cell.totnsegs)) for name in names}
    for depth, about_x, about_y in placements(population, count, seed):
        cell.x, cell.y, cell.z = (values.copy() for values in upright)
        cell.set_rotation(x=about_x, y=about_y)
        seen = potentials(cell, depth, *places(lateral_count, generator)) / count
        for name in names:
            weights[name] += inputs(cell, depth, name)[:, None, None] * seen
    kernels = {name: 0.0 for name in names}
    for index, currents in enumerate(responses(cell)):
        for name in names:
            kernels[name] = kernels[name] + weights[name][index] @ currents
    for name in names:
        sign = 1 if name[0] == "E" else -1
        kernels[name] *= sign * PEAK * NEURONS[name[1]] / NEURONS[name[0]]
    return kernels, cell.totnsegs


def by_neuron(excitatory, inhibitory, arguments):
    """Kernels {E, I: [contact, time]} in mV per spike for 1 mV, at times from the delay on; and numbers of segments."""
    kernels, segments = {}, {}
    for population, path in (("E", excitatory), ("I", inhibitory)):
        found, segments[population] = pathways(
            path, population, arguments.placements, arguments.places, arguments.seed)
        kernels |= found
    return {name: kernels[name + "E"] + kernels[name + "I"] for name in "EI"}, segments


def by_program(excitatory, inhibitory, binary):
    """The same by `brunel-lfp kernel`."""
    with tempfile.TemporaryDirectory() as folder:
        output = Path(folder) / "kernels.h5"
        cells = (f"kernel.morphology_E={Path(excitatory).resolve()}", f"kernel.morphology_I={Path(inhibitory).resolve()}")
        command = [binary, "kernel", "--quiet", "--output", output, "--set", cells[0], "--set", cells[1]]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
        steps = np.rint((DELAY + np.arange(0, DURATION, STEP)) / 0.1).astype(int)
        with h5py.File(output) as file:
            return {name: file[f"{name}_0p1ms"][:][:, steps] for name in "EI"}


def difference(values, reference):
    """The relative norm of the difference, per channel."""
    return np.linalg.norm(values - reference, axis=1) / np.linalg.norm(reference, axis=1)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--excitatory", required=True, type=Path)
    parser.add_argument("--inhibitory", required=True, type=Path)
    parser.add_argument("--binary", default="brunel-lfp")
    parser.add_argument("--placements", type=int, default=512, help="depths and orientations, a power of two")
    parser.add_argument("--places", type=int, default=128, help="lateral places for each, a power of two")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--write", type=Path, help="file for the kernels of NEURON (JSON)")
    arguments = parser.parse_args()
    cells = arguments.excitatory, arguments.inhibitory
    reference, segments = by_neuron(*cells, arguments)
    found = by_program(*cells, arguments.binary)
    versions = f"NEURON {neuron.__version__}, LFPy {LFPy.__version__}, LFPykit {lfpykit.__version__}"
    print(f"{versions}; segments: {segments}")
    worst = 0.0
    for name in "EI":
        errors = difference(found[name], reference[name])
        worst = max(worst, errors.max())
        peaks = [row[np.abs(row).argmax()] for row in 1e6 * reference[name]]
        print(f"H_{name}: peaks in nV {np.round(peaks, 1).tolist()}")
        print(f"H_{name}: differences in % {np.round(100 * errors, 3).tolist()}")
    if arguments.write:
        times = (DELAY + np.arange(0, DURATION, STEP)).tolist()
        kernels = {name: [[float(f"{x:.6g}") for x in row] for row in reference[name]] for name in "EI"}
        arguments.write.write_text(
            json.dumps({"versions": versions, "segments": segments, "time": times, **kernels}) + "\n")
    sys.exit(worst > TOLERANCE)


if __name__ == "__main__":
    main()
