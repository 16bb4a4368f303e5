"""Boundaries of the asynchronous state in (eta, g) at J = 0.1 mV, D = 1.5 ms: where the loop gain at zero phase is 1 -> boundaries.json"""
import sys, json
from stability import *


def gain(eta, g, J, lo, hi, n=14):
    """Largest real loop gain at a zero of the imaginary part between lo and hi Hz: (frequency, gain)."""
    nu = max(rates(eta, g, J))
    L = lambda f: loop(mpc(0, 2 * mp.pi * f), eta, g, J, nu)
    fs = [lo * (hi / lo) ** (k / (n - 1)) for k in range(n)]
    v = [complex(L(f)) for f in fs]
    best = (None, -1.0)
    for k in range(n - 1):
        if v[k].imag * v[k + 1].imag < 0 and max(v[k].real, v[k + 1].real) > 0:
            a, b, va, vb = fs[k], fs[k + 1], v[k], v[k + 1]
            for _ in range(7):
                m = a + (b - a) * va.imag / (va.imag - vb.imag)
                vm = complex(L(m))
                if vm.imag * va.imag > 0: a, va = m, vm
                else: b, vb = m, vm
                if abs(vm.imag) < 1e-6: break
            if vm.real > best[1]: best = (float(m), vm.real)
    return best, float(nu)


def boundary(g, J, e0, e1, lo, hi):
    (f0, g0), _ = gain(e0, g, J, lo, hi)
    (f1, g1), _ = gain(e1, g, J, lo, hi)
    if (g0 - 1) * (g1 - 1) > 0: return dict(g=g, J=J, from_eta=e0, to_eta=e1, gains=[g0, g1], boundary=None)
    for _ in range(12):
        m = (e0 + e1) / 2
        (fm, gm), nu = gain(m, g, J, lo, hi)
        if (gm - 1) * (g0 - 1) > 0: e0, g0 = m, gm
        else: e1, g1 = m, gm
        if abs(e1 - e0) < 2e-3: break
    return dict(g=g, J=J, boundary_eta=(e0 + e1) / 2, frequency_hz=fm, rate_hz=nu)


if __name__ == "__main__":
    out = []
    for g in (4.5, 5.0, 5.5, 6.0, 7.0, 8.0):
        r = boundary(g, 0.1, 1.6, 4.5, 60, 400); r["kind"] = "fast"; out.append(r); print(r, flush=True)
    for g in (4.5, 5.0, 6.0, 8.0):
        r = boundary(g, 0.1, 0.86, 1.6, 8, 200); r["kind"] = "slow"; out.append(r); print(r, flush=True)
    json.dump(out, open("boundaries.json", "w"), indent=1)
