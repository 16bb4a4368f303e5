"""Independent check of the closed-form linear response (siegert.response) against a finite-volume Fokker-Planck operator."""
import sys
import numpy as np, scipy.sparse as sp, scipy.sparse.linalg as sla
from siegert import response, mpf, mpc, BRUNEL, rate
tau, vth, vr, tref = 0.02, 20.0, 10.0, 0.002


def operator(mu, s2, n, vmin):
    """tau dP/dt = A P + reinjection; cells of equal width, Scharfetter-Gummel fluxes. Returns A and the outflow row."""
    h = (vth - vmin) / n
    x = vmin + h * (np.arange(n) + 0.5)
    edge = vmin + h * np.arange(1, n)
    D = s2 / 2
    pe = (mu - edge) * h / D
    B = lambda z: np.where(abs(z) < 1e-8, 1 - z / 2, z / np.expm1(z))
    up, dn = D / h * B(-pe), D / h * B(pe)                  # flux_k = up P_k - dn P_{k+1}
    main, lo, hi = np.zeros(n), np.zeros(n - 1), np.zeros(n - 1)
    main[:-1] -= up / h; hi += dn / h; lo += up / h; main[1:] -= dn / h
    out = 2 * D / h * B(-(mu - vth) * (h / 2) / D) / 2 * 1  # absorbing wall half a cell away: flux = D/(h/2) B(-pe) P_n
    out = D / (h / 2) * B(np.array(-(mu - vth) * (h / 2) / D)) 
    main[-1] -= out / h
    return sp.diags([lo, main, hi], [-1, 0, 1], format="csc"), float(out), h, x


def numeric(mu, sigma, f, n=8000):
    vmin = min(vr, mu) - 6 * sigma
    A, out, h, x = operator(mu, sigma ** 2, n, vmin)
    r = int(round((vr - vmin) / h - 0.5))
    w = 2j * np.pi * f
    def close(A, out, z):                                   # reinjection of the outflow at V_r
        R = sp.csc_matrix(([out / h * z], ([r], [n - 1])), shape=(n, n))
        return A + R
    # steady state: refractory time only rescales it
    S = close(A, out, 1.0).tolil(); S[0] = h; b = np.zeros(n); b[0] = 1.0
    P0 = sla.spsolve(S.tocsc(), b)
    flux0 = out * P0[-1] / tau
    res = []
    for dm, ds in ((1e-3, 0), (0, 1e-3)):
        Ap, op, *_ = operator(mu + dm, sigma ** 2 + ds, n, vmin)
        Am, om, *_ = operator(mu - dm, sigma ** 2 - ds, n, vmin)
        dA, do = (Ap - Am) / 2, (op - om) / 2
        z = np.exp(-w * tref)
        rhs = dA @ P0
        rhs = rhs.astype(complex); rhs[r] += do * P0[-1] / h * z
        Q = sla.spsolve((w * tau * sp.eye(n) - close(A, out, z)).tocsc(), rhs)
        n1 = (out * Q[-1] + do * P0[-1]) / tau / flux0
        res.append(n1 / (dm / sigma if dm else ds / sigma ** 2))
    return res


for mu, sigma in ((18, 4), (25, 3)):
    for f in (1, 50, 200, 600):
        a = response(mpc(0, 2 * 3.141592653589793 * f), mpf(mu), mpf(sigma), BRUNEL)
        b = numeric(mu, sigma, f)
        print(mu, sigma, f, [abs(complex(u) - v) / abs(complex(u)) for u, v in zip(a, b)])
