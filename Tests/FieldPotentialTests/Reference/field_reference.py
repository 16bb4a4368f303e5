"""Reference numbers for the field-potential tests, computed with NumPy and SciPy alone.

    python field_reference.py        # writes field_reference.json beside this file, about a minute

Every step is done in a way that differs from the package's: the cable's end nodes are eliminated by a linear
solve, averages over the annulus are graded quadratures of ring potentials, line sources use logarithms.
Units: um, ms, mV, nA, uS, nF, megaohm. Cells are those of stick_cells.json; dendrites that attach to the soma
attach to its middle and begin at its centre.

The output names the versions of Python, NumPy and SciPy.
"""

import json
import platform
from pathlib import Path

import numpy as np
import scipy
from scipy.special import ellipk

HERE = Path(__file__).parent
R_A, C_M, TAU_M, TAU_S, DELAY = 150.0, 1.0, 20.0, 5.0, 1.5
SIGMA, R_OUTER, R_INNER = 0.3, np.sqrt(1e6 / np.pi), 10.0
CURRENT = 0.1 / (np.e * TAU_S)  # nA for J = 1 mV and 100 pF
CONTACTS = -100.0 * np.arange(6)
LAYERS = {"upper": (-300.0, 0.0), "lower": (-500.0, -300.0)}
DENDRITES, ALL = ("basalDendrite", "apicalDendrite"), ("soma", "basalDendrite", "apicalDendrite")
N = {"E": 10000, "I": 2500}
SYNAPSES = {
    "EE": {"upper": 500, "lower": 500},
    "EI": {"lower": 1000},
    "IE": {"lower": 250},
    "II": {"lower": 250},
}
SECTIONS = {
    "code": {"EE": DENDRITES, "IE": DENDRITES, "EI": ALL, "II": ALL},
    "text": {"EE": DENDRITES, "IE": ALL, "EI": DENDRITES, "II": ALL},
}


def segment_count(length, diameter, frequency=100.0, d_lambda=0.1):
    lam = 1e5 * np.sqrt(diameter / (4 * np.pi * frequency * R_A * C_M))
    return int((length / (d_lambda * lam) + 0.9) / 2) * 2 + 1


class Cell:
    """A cell of constant-diameter sticks: segments, conductance Laplacian and modes."""

    def __init__(self, sticks):
        counts = [
            1
            if s["type"] == "soma"
            else segment_count(np.linalg.norm(np.subtract(s["end"], s["start"])), s["diameter"])
            for s in sticks
        ]
        first = np.concatenate([[0], np.cumsum(counts)])
        n, ends = first[-1], len(sticks)
        full = np.zeros((n + ends, n + ends))  # segments, then the far end of each stick
        self.start, self.end, self.area, self.type = np.zeros((n, 3)), np.zeros((n, 3)), np.zeros(n), []

        def connect(i, j, resistance):
            full[[i, j], [i, j]] += 1 / resistance
            full[[i, j], [j, i]] -= 1 / resistance

        for i, (s, k) in enumerate(zip(sticks, counts)):
            p0, p1 = np.array(s["start"]), np.array(s["end"])
            step = np.linalg.norm(p1 - p0) / k
            half = 0.01 * R_A * (step / 2) / (np.pi * (s["diameter"] / 2) ** 2)
            for j in range(k):
                a = first[i] + j
                self.start[a], self.end[a] = p0 + (p1 - p0) * j / k, p0 + (p1 - p0) * (j + 1) / k
                self.area[a] = np.pi * s["diameter"] * step
                self.type.append(s["type"])
                if j > 0:
                    connect(a, a - 1, 2 * half)
            if s["parent"] == 0:
                connect(first[i], 0, half)
            elif s["parent"] > 0:
                connect(first[i], n + s["parent"], half)
            connect(n + i, first[i] + k - 1, half)
        inner, border = full[:n, :n], full[:n, n:]
        self.laplacian = inner - border @ np.linalg.solve(full[n:, n:], border.T)
        root_c = np.sqrt(1e-5 * C_M * self.area)
        scaled = self.laplacian / root_c[:, None] / root_c
        self.rates, vectors = np.linalg.eigh((scaled + scaled.T) / 2)
        self.potentials = vectors / root_c[:, None]
        self.currents = vectors * root_c[:, None]

    def responses(self, times):
        """[mode, time]: response of every mode to an alpha current with onset at 0"""
        rate, t = (self.rates + 1 / TAU_M)[:, None], np.maximum(times, 0.0)[None, :]
        d = rate - 1 / TAU_S
        assert np.abs(d).min() > 1e-4
        e = np.exp(-t / TAU_S)
        return np.e / TAU_S * (t * e / d - (e - np.exp(-rate * t)) / d**2)

    def weights(self, heights, layer, types):
        """Area fractions of the allowed segments whose midpoints lie in the layer"""
        inside = (heights > LAYERS[layer][0]) & (heights < LAYERS[layer][1]) & np.isin(self.type, types)
        return self.area * inside / max((self.area * inside).sum(), 1e-300)


def line_source_map(cell, soma):
    """[contact, segment] in mV/nA; the soma is a point"""
    a, b = cell.start + soma, cell.end + soma
    length = np.linalg.norm(b - a, axis=1)
    axis = (b - a) / length[:, None]
    radius = cell.area / (2 * np.pi * length)
    out = []
    for z in CONTACTS:
        p = np.array([0.0, 0.0, z])
        u = ((p - b) * axis).sum(1)
        r2 = np.maximum(((p - b) ** 2).sum(1) - u**2, radius**2)
        mean = np.abs(np.log((np.sqrt((u + length) ** 2 + r2) + u + length) / (np.sqrt(u**2 + r2) + u))) / length
        mean[0] = 1 / max(np.linalg.norm(p - soma), radius[0])
        out.append(mean / (4 * np.pi * SIGMA))
    return np.array(out)


X24, W24 = np.polynomial.legendre.leggauss(24)
X24, W24 = (X24 + 1) / 2, W24 / 2


def annulus_potential(a, h):
    """Mean over the annulus of 1/(4 pi sigma r): rings, graded towards the ring that passes the point"""
    a, h = np.broadcast_arrays(np.abs(a), np.abs(h))
    middle = np.clip(a, R_INNER, R_OUTER)
    total = 0.0
    for edge in (np.full(a.shape, R_INNER), np.full(a.shape, R_OUTER)):
        span = (edge - middle)[..., None]
        ring = middle[..., None] + span * X24**3
        q = (ring + a[..., None]) ** 2 + h[..., None] ** 2
        m = np.minimum(4 * ring * a[..., None] / q, 1 - 1e-15)
        total = total + (np.abs(span) * 3 * X24**2 * W24 * ring * 4 * ellipk(m) / np.sqrt(q)).sum(-1)
    return total / (np.pi * (R_OUTER**2 - R_INNER**2)) / (4 * np.pi * SIGMA)


X8, W8 = np.polynomial.legendre.leggauss(8)
X8, W8 = (X8 + 1) / 2, W8 / 2


def population_map(cell, soma_height, rotation=np.eye(3)):
    """[contact, segment] averaged over lateral positions; lines split where they pass a contact's height"""
    a, b = cell.start @ rotation, cell.end @ rotation
    a[0] = b[0] = 0.0
    out = []
    for z in CONTACTS:
        rise = b[:, 2] - a[:, 2]
        safe = np.where(np.abs(rise) > 1e-9, rise, 1.0)
        split = np.where(np.abs(rise) > 1e-9, (z - soma_height - a[:, 2]) / safe, 0.5)
        split = np.where((split > 1e-6) & (split < 1 - 1e-6), split, 0.5)
        mean = 0.0
        for low, high in ((np.zeros_like(split), split), (split, np.ones_like(split))):
            u = (low[:, None] + (high - low)[:, None] * X8)[..., None]
            p = a[:, None] + (b - a)[:, None] * u
            g = annulus_potential(np.hypot(p[..., 0], p[..., 1]), p[..., 2] + soma_height - z)
            mean = mean + (g * W8).sum(1) * (high - low)
        out.append(mean)
    return np.array(out)


def rotation_matrix(x, y, z):
    """For row vectors; about x, then y, then z (LFPy's convention)"""
    cx, sx, cy, sy, cz, sz = np.cos(x), np.sin(x), np.cos(y), np.sin(y), np.cos(z), np.sin(z)
    about_x = np.array([[1, 0, 0], [0, cx, sx], [0, -sx, cx]])
    about_y = np.array([[cy, 0, -sy], [0, 1, 0], [sy, 0, cy]])
    about_z = np.array([[cz, sz, 0], [-sz, cz, 0], [0, 0, 1]])
    return about_x @ about_y @ about_z


def kernels(cells, samples, times):
    """{variant: {pathway: [contact, time]}} in mV per spike for 1 mV"""
    out = {v: {} for v in SECTIONS}
    for post in "EI":
        cell, modes = cells[post], {}
        for height, angles in samples[post]:
            rotation = rotation_matrix(*angles)
            heights = height + ((cell.start + cell.end) / 2 @ rotation)[:, 2]
            mapped = population_map(cell, height, rotation) @ cell.currents
            for variant, sections in SECTIONS.items():
                for pre in "EI":
                    path = pre + post
                    w = sum(k * cell.weights(heights, q, sections[path]) for q, k in SYNAPSES[path].items())
                    term = -mapped * (cell.rates * (cell.potentials.T @ w)) / len(samples[post])
                    modes[variant, path] = modes.get((variant, path), 0) + term
        responses = cell.responses(times - DELAY)
        for (variant, path), m in modes.items():
            sign = 1 if path[0] == "E" else -1
            out[variant][path] = sign * CURRENT * N[post] / N[path[0]] * m @ responses
    return out


def main():
    sticks = json.loads((HERE / "stick_cells.json").read_text())
    cells = {name: Cell(s) for name, s in sticks.items()}
    result = {"versions": f"Python {platform.python_version()}, NumPy {np.__version__}, SciPy {scipy.__version__}"}

    result["discretisation"] = {
        name: dict(area=c.area, length=np.linalg.norm(c.end - c.start, axis=1), rates=np.maximum(c.rates, 0))
        for name, c in cells.items()
    }

    a, h = np.array([0.0, 5, 10, 50, 200, 500, 564.18, 700]), np.array([0.0, 0.01, 1, 10, 50, 200, 500])
    result["annulus"] = dict(lateral=a, height=h, potential=annulus_potential(a[:, None], h[None, :]))

    times = np.arange(0, 100, 4.0)
    result["single_cell"] = {}
    for name, soma, layer in [
        ("ball_and_stick", (50.0, 0.0, -400.0), None),
        ("stick_pyramid", (100.0, 50.0, -400.0), "upper"),
        ("stick_interneuron", (100.0, 50.0, -400.0), "lower"),
    ]:
        c = cells[name]
        if layer:
            w = c.weights((c.start + c.end)[:, 2] / 2 + soma[2], layer, DENDRITES)
        else:
            w = np.zeros(len(c.area))
            w[1 + (len(c.area) - 1) // 2] = CURRENT
        drive = (c.potentials.T @ w)[:, None] * c.responses(times - DELAY)
        result["single_cell"][name] = dict(
            soma=soma, time=times, input=w, map=line_source_map(c, np.array(soma)),
            membrane_potential=c.potentials @ drive, transmembrane_current=-c.currents @ (c.rates[:, None] * drive),
        )

    generator = np.random.default_rng(1)
    heights, angles = generator.uniform(-450, -350, 600), generator.uniform(0, 2 * np.pi, (600, 3))
    samples = {
        "E": [(-449.0 + 2 * i, (0.0, 0.0, 0.0)) for i in range(50)],
        "I": list(zip(heights.round(6), angles.round(6))),
    }
    fine_times = np.arange(1000) * 0.1
    fine = kernels({"E": cells["stick_pyramid"], "I": cells["stick_interneuron"]}, samples, fine_times)
    trapezoid = np.array([0.5] + 9 * [1] + [0.5]) / 10
    result["kernels"] = {"height": heights.round(6), "angles": angles.round(6), "fine_step_stride": 10}
    for variant, paths in fine.items():
        entry = {path: k[:, ::10] for path, k in paths.items()}
        for pre in "EI":
            padded = np.pad(paths[pre + "E"] + paths[pre + "I"], ((0, 0), (5, 0)))
            entry[pre] = np.array([[trapezoid @ c[m * 10 : m * 10 + 11] for m in range(100)] for c in padded])
        result["kernels"][variant] = entry

    def rounded(x):
        if isinstance(x, dict):
            return {k: rounded(v) for k, v in x.items()}
        if isinstance(x, (list, tuple)):
            return [rounded(v) for v in x]
        if isinstance(x, np.ndarray):
            return rounded(x.tolist())
        return float(f"{x:.12g}") if isinstance(x, float) else x

    (HERE / "field_reference.json").write_text(json.dumps(rounded(result), separators=(",", ":")) + "\n")


if __name__ == "__main__":
    main()
