"""Simulated rate and CV at the points of white_noise.json: finite jumps, exact in time and on grids -> poisson_drive.json"""
import ctypes as ct, json
import numpy as np
lib = ct.CDLL("./poisson_lif.so")
d = ct.c_double
ref = json.load(open("white_noise.json"))["poisson_drive_diffusion_limit"]
rows = []
for i, p in enumerate(ref):
    T = min(20000.0, max(500.0, 60000 / max(p["rate_hz"], 0.3)))
    T = min(T, 1.5e8 / (p["rate_e"] + p["rate_i"]))
    row = dict(J_e=p["J_e"], rate_e=p["rate_e"], J_i=p["J_i"], rate_i=p["rate_i"], siegert_hz=p["rate_hz"], cv_theory=p["cv"], seconds=T)
    for label, dt in (("event_driven", 0), ("grid_0.1ms", 1e-4), ("grid_0.01ms", 1e-5)):
        o = (ct.c_double * 3)()
        lib.seed(ct.c_uint64(100 + i))
        t = min(T, 3000.0) if dt == 1e-5 else T
        args = [d(x) for x in (0.02, 20, 10, 0.002, p["J_e"], p["rate_e"], p["J_i"], p["rate_i"], t)]
        if dt: lib.grid(*args, d(dt), o)
        else: lib.events(*args, o)
        n = o[0]
        if n < 10: row[label] = None; continue
        m = o[1] / n; cv = np.sqrt(max(o[2] / n - m * m, 0)) / m
        row[label] = dict(rate_hz=1 / m, rate_se=cv / m / np.sqrt(n), cv=cv, spikes=n)
    rows.append(row)
    print({k: (None if v is None else (round(v["rate_hz"], 3), round(v["rate_se"], 3), round(v["cv"], 4), round(100 * (v["rate_hz"] / p["rate_hz"] - 1), 2))) if isinstance(v, dict) or v is None else v for k, v in row.items()}, flush=True)
json.dump(dict(conventions="rates from mean interspike intervals after the first spike; se = CV rate / sqrt(n). grid: jumps summed per step, exact decay, V >= V_th tested at grid points, V held for t_ref/dt steps and input discarded then", rows=rows), open("poisson_drive.json", "w"), indent=1)
