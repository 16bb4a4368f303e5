"""The approach to the diffusion limit: mu and sigma fixed, jumps +J and -J of equal size -> jump_size.json"""
import ctypes as ct, json
import numpy as np
import siegert_double as sd
lib = ct.CDLL("./poisson_lif.so")
d = ct.c_double
rows = []
for mu, sigma in ((15.0, 6.0), (21.0, 2.0)):
    ref = sd.rate(mu, sigma, 0.02, 20.0, 10.0, 0.002)
    for J in (0.5, 0.25, 0.1, 0.05, 0.025):
        tot, dif = sigma ** 2 / (0.02 * J * J), mu / (0.02 * J)
        re, ri = (tot + dif) / 2, (tot - dif) / 2
        if ri < 0: continue
        T = min(4000.0, 6e8 / tot)
        row = dict(mu=mu, sigma=sigma, J=J, rate_e=re, rate_i=ri, seconds=T, siegert_hz=float(ref))
        for label, dt in (("event_driven", 0), ("grid_0.1ms", 1e-4)):
            if dt and max(re, ri) * dt > 60: continue
            o = (ct.c_double * 3)()
            lib.seed(ct.c_uint64(7))
            args = [d(x) for x in (0.02, 20, 10, 0.002, J, re, J, ri, T)]
            (lib.grid(*args, d(dt), o) if dt else lib.events(*args, o))
            m = o[1] / o[0]; cv = np.sqrt(o[2] / o[0] - m * m) / m
            row[label] = dict(rate_hz=1 / m, rate_se=float(cv / m / np.sqrt(o[0])), cv=float(cv), deviation=float(1 / m / ref - 1))
        rows.append(row); print(row, flush=True)
json.dump(dict(rows=rows), open("jump_size.json", "w"), indent=1)
