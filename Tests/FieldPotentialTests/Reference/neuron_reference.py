"""A tapering, branching cell as NEURON discretises and solves it.

    python neuron_reference.py       # writes neuron_reference.json beside this file, seconds

Made with NEURON and LFPy as named in the output's "versions". The cell is that of tapered.swc, built point by
point: a dendrite that leaves the soma begins at its own first point and attaches to soma(0.5); any other
section begins at its parent's last point. The input is an alpha current (LFPy's AlphaISyn is not in NEURON, so
the current is played into an IClamp) with peak 1 nA and time constant 5 ms into the segment of largest index.
"""

import json
import tempfile
from pathlib import Path

import LFPy
import lfpykit
import neuron
import numpy as np
from neuron import h

HERE = Path(__file__).parent
DT = 0.005


def main():
    points = {}
    for line in (HERE / "tapered.swc").read_text().splitlines():
        if line and not line.startswith("#"):
            i, kind, x, y, z, r, parent = (float(v) for v in line.split())
            points[int(i)] = (x, y, z, 2 * r)
    # ids of the points of each section, parent section
    chains = {"soma": ([2, 1, 3], None), "dend[0]": ([4, 5, 6, 7], "soma"), "dend[1]": ([7, 8, 9], "dend[0]"),
              "dend[2]": ([7, 10, 11], "dend[0]")}
    hoc = "create soma, dend[3]\n"
    for name, (ids, parent) in chains.items():
        if parent:
            hoc += f"connect {name}(0), {parent}({0.5 if parent == 'soma' else 1})\n"
        hoc += f"access {name}\n" + "".join("pt3dadd(%r, %r, %r, %r)\n" % points[i] for i in ids)
    path = Path(tempfile.mkdtemp()) / "tapered.hoc"
    path.write_text(hoc + "access soma\n")
    cell = LFPy.Cell(
        morphology=str(path), v_init=0.0, passive=True, passive_parameters={"g_pas": 1 / 20e3, "e_pas": 0.0},
        cm=1.0, Ra=150.0, nsegs_method="lambda_f", lambda_f=100, tstart=0.0, tstop=60.0, dt=DT)

    target = list(cell.allseclist)[-1]
    target = target((target.nseg - 0.5) / target.nseg)
    time = np.arange(0, 60 + 2 * DT, DT)
    clamp = h.IClamp(target)
    clamp.delay, clamp.dur = 0.0, 1e9
    current = h.Vector(np.e * time / 5 * np.exp(-time / 5))
    current_time = h.Vector(time)
    current.play(clamp._ref_amp, current_time, True)
    cell.simulate(rec_imem=True, rec_vmem=True)

    electrode = lfpykit.RecExtElectrode(
        cell, sigma=0.3, x=np.full(3, 30.0), y=np.full(3, 5.0), z=np.array([0.0, 60.0, 400.0]),
        method="root_as_point")
    stride = int(round(5 / DT))
    result = {
        "versions": f"NEURON {neuron.__version__}, LFPy {LFPy.__version__}, lfpykit {lfpykit.__version__}",
        "segments": [sec.nseg for sec in cell.allseclist],
        "area": cell.area.tolist(),
        "start": np.c_[cell.x[:, 0], cell.y[:, 0], cell.z[:, 0]].tolist(),
        "end": np.c_[cell.x[:, 1], cell.y[:, 1], cell.z[:, 1]].tolist(),
        "half_resistance": [seg.ri() for sec in cell.allseclist for seg in sec],
        "map": electrode.get_transformation_matrix().tolist(),
        "time": cell.tvec[::stride].tolist(),
        "membrane_potential": cell.vmem[:, ::stride].tolist(),
    }
    (HERE / "neuron_reference.json").write_text(json.dumps(result, separators=(",", ":")) + "\n")
    print(result["versions"], result["segments"], np.abs(cell.vmem).max())


if __name__ == "__main__":
    main()
