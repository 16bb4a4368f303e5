"""Linear stability of the asynchronous state of the Brunel network (Brunel 2000, sec. 4; Brunel & Hakim 1999), infinite sparse network,
identical E and I neurons, one delay D -> stability.json
Perturbation nu0 (1 + eps exp(lam t)): exp(lam D) = R(lam), R = tau J (CE - g CI) nu0/sigma n_mu + tau J^2 (CE + g^2 CI) nu0/sigma^2 n_s."""
import json, sys
sys.path.append("../../../SingleNeuronTests/Reference")
from siegert import *
import siegert_double as sd
import numpy as np
mp.dps = 15
P = BRUNEL
pd = dict(tau_m=0.02, v_th=20.0, v_reset=10.0, t_ref=0.002)
D = mpf("0.0015")


def fd(mu, sigma, p):
    return mpf(float(sd.rate(float(mu), float(sigma), **pd)))


def loop(lam, eta, g, J, nu):
    mu, s = brunel_moments(nu, eta, g, J)
    n_mu, n_s = response(lam, mu, s, P)
    J, g = mpf(J), mpf(g)
    a = P["tau_m"] * J * (1000 - g * 250) * nu / s
    b = P["tau_m"] * J * J * (1000 + g * g * 250) * nu / s ** 2
    return exp(-lam * D) * (a * n_mu + b * n_s)


def rates(eta, g, J):
    return fixed_points(mpf(eta), mpf(g), mpf(J), f=fd, grid=60)


def encirclements(eta, g, J, nu, fmax=1000, n=300):
    """Number of unstable modes = winding of 1 - L(i w) around 0 for w from -inf to inf (L has no unstable poles: a neuron in a
    stationary drive is stable). Also the crossings of the positive real axis beyond 1 (unstable frequencies, Hz)."""
    f = np.concatenate([np.linspace(0.01, 60, n // 3), np.linspace(60, fmax, n)])
    z = np.array([complex(1 - loop(mpc(0, 2 * mp.pi * x), eta, g, J, nu)) for x in f])
    ph = np.unwrap(np.angle(z))
    turns = (ph[-1] - ph[0]) / np.pi                           # both halves of the axis: 2 (ph_end - ph_0) / 2 pi
    L = 1 - z
    cross = []
    for k in range(len(f) - 1):
        if L[k].imag * L[k + 1].imag < 0:
            w = L[k].imag / (L[k].imag - L[k + 1].imag)
            re = L[k].real + w * (L[k + 1].real - L[k].real)
            if re > 0.5: cross.append((float(f[k] + w * (f[k + 1] - f[k])), float(re)))
    return turns, cross, float(np.abs(np.diff(ph)).max()), z[0].real


def hopf(eta, g, J, f0):
    """Solve L(i w) = 1 for (eta, f) at fixed g, J from a start."""
    def F(e, f):
        nu = max(rates(e, g, J))
        v = loop(mpc(0, 2 * mp.pi * f), e, g, J, nu)
        return [v.real - 1, v.imag]
    return mp.findroot(F, (mpf(eta), mpf(f0)), tol=1e-8, maxsteps=30)


if __name__ == "__main__":
    out = dict(conventions="infinite sparse network, D = 1.5 ms for all synapses, V_r = 10 mV; unstable modes counted by winding", points=[])
    pts = [(2, 5, 0.1), (4, 6, 0.1), (0.9, 4.5, 0.1), (2, 3, 0.1), (2, 3.5, 0.25), (4, 7, 0.15), (0.9, 7, 0.25), (2.8, 5.5, 0.05), (2, 4.5, 0.35), (3, 6, 0.2), (1.5, 8, 0.4)]
    import time
    for eta, g, J in pts:
        t = time.time()
        for nu in rates(eta, g, J):
            if nu < 1e-3 or nu > 480: 
                out["points"].append(dict(eta=eta, g=g, J=J, rate_hz=float(nu), note="rate outside the range evaluated")); print(eta, g, J, float(nu), "skipped"); continue
            turns, cross, worst, z0 = encirclements(eta, g, J, nu)
            out["points"].append(dict(eta=eta, g=g, J=J, rate_hz=float(nu), winding_turns=float(turns), static_loop_gain=1 - z0, crossings_hz_and_gain=cross, largest_phase_step=worst))
            print(eta, g, J, round(float(nu), 3), "turns", round(float(turns), 3), "L(0)", round(1 - z0, 3), "cross", [(round(a, 1), round(b, 3)) for a, b in cross], "step", round(worst, 2), round(time.time() - t, 1), flush=True)
    json.dump(out, open("stability.json", "w"), indent=1)
