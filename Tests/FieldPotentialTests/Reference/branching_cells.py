"""Two made-up cells that branch, taper and wind as reconstructions do, in the SWC format.

    python branching_cells.py        # writes branching_pyramid.swc and branching_interneuron.swc beside this file

Cells stand upright along z. Dendrites begin on the surface of the soma, a single point; the pyramid has an axon.
"""

from pathlib import Path

import numpy as np

HERE = Path(__file__).parent
SOMA, AXON, BASAL, APICAL = 1, 2, 3, 4


class Grower:
    """Grows neurites by steps of a random walk that keeps its direction, and writes them."""

    def __init__(self, seed, soma_radius):
        self.random = np.random.default_rng(seed)
        self.points = [(SOMA, np.zeros(3), soma_radius, -1)]

    def add(self, kind, position, radius, parent):
        """Adds a point; returns its number."""
        self.points.append((kind, position, radius, parent))
        return len(self.points)

    def walk(self, kind, start, direction, lengths, radius, parent=1, drift=(0, 0, 0)):
        """Grows a branch as long as the first of `lengths`, and from its end two with the rest of them."""
        position, end = np.array(start, dtype=float), 0.6 * radius
        direction = np.array(direction, dtype=float)
        steps = max(3, round(lengths[0] / 12))
        for step in range(steps):
            share = step / steps
            parent = self.add(kind, position.copy(), radius + (end - radius) * share, parent)
            direction += self.random.normal(0, 0.22, 3) + 0.05 * np.array(drift)
            direction /= np.linalg.norm(direction)
            position += lengths[0] / steps * direction
        tip = self.add(kind, position.copy(), end, parent)
        for rest in self.split(lengths[1:]):
            turned = direction + self.random.normal(0, 0.55, 3)
            self.walk(kind, position + 2 * turned / np.linalg.norm(turned), turned, rest, 0.75 * end, tip, drift)
        return tip, position

    def split(self, lengths):
        """Lengths of both branches of a fork and of what follows them, none at a tip."""
        if not lengths:
            return []
        return [[length * self.random.uniform(0.6, 1.4) for length in lengths] for _ in range(2)]

    def on_soma(self, direction):
        """A point on the surface of the soma."""
        return self.points[0][2] * np.array(direction) / np.linalg.norm(direction)

    def write(self, name):
        """Writes the cell; positions to the hundredth, radii to the thousandth of a µm."""
        lines = [f"# {name}: made up by branching_cells.py"]
        for number, (kind, (x, y, z), radius, parent) in enumerate(self.points, 1):
            lines.append(f"{number} {kind} {x:.2f} {y:.2f} {z:.2f} {radius:.3f} {parent}")
        (HERE / f"{name}.swc").write_text("\n".join(lines) + "\n")


def pyramid():
    """A trunk with oblique branches and a tuft, five basal trees, an axon."""
    cell = Grower(seed=1, soma_radius=7.0)
    base, direction, up = 1, (0.05, -0.05, 1), (0, 0, 2)
    start = cell.on_soma(direction)
    for number, length in enumerate((60, 70, 70)):
        base, start = cell.walk(APICAL, start + (0, 0, 2), direction, [length], 1.6 - 0.35 * number, base, up)
        angle = 2.4 * number
        side = np.array([np.cos(angle), np.sin(angle), 0.3])
        cell.walk(APICAL, start + 2 * side, side, [50, 45], 0.5, base)
    cell.walk(APICAL, start + (0, 0, 3), (0, 0, 1), [30, 60, 50], 0.7, base, (0, 0, 1))
    for angle in np.arange(5) * 2 * np.pi / 5:
        away = (np.cos(angle), np.sin(angle), -0.6)
        cell.walk(BASAL, cell.on_soma(away), away, [25, 50, 60], 0.9)
    cell.walk(AXON, cell.on_soma((0, 0, -1)), (0, 0, -1), [200], 0.5)
    cell.write("branching_pyramid")


def interneuron():
    """Six dendrites in all directions."""
    cell = Grower(seed=2, soma_radius=6.0)
    for away in ((1, 0, 0.4), (-1, 0.2, 0.5), (0.2, 1, -0.3), (0, -1, 0.1), (0.3, 0.2, 1), (-0.2, 0.1, -1)):
        cell.walk(BASAL, cell.on_soma(away), away, [30, 60, 70], 0.8)
    cell.write("branching_interneuron")


if __name__ == "__main__":
    pyramid()
    interneuron()
