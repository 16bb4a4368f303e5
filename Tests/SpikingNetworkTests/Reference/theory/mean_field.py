"""Mean-field rates of the Brunel network with and without the correction for the 0.1 ms grid, beside NEST 3.10 -> mean_field.json, which the rates and CVs by NEST are taken from (runs of ../nest_brunel.py)
Correction: threshold tested at grid points only: theta + 0.5826 sigma sqrt(dt/tau) (-zeta(1/2)/sqrt(2 pi), Broadie, Glasserman, Kou 1997);
inputs of a step act undecayed at its end: mu (dt/tau)/(1 - e^{-dt/tau}), sigma^2 (2dt/tau)/(1 - e^{-2dt/tau}); spikes are late by dt/2 on average."""
import json, sys
sys.path.append("../../../SingleNeuronTests/Reference")
import numpy as np
from scipy.optimize import brentq
import siegert_double as sd
tau, dt = 0.02, 1e-4


def phi(nu, eta, g, J, grid):
    ext = eta * 20 / (J * tau)
    mu, s = tau * J * (ext + (1000 - 250 * g) * nu), J * np.sqrt(tau * (ext + (1000 + 250 * g * g) * nu))
    if not grid: return sd.rate(mu, s, tau, 20.0, 10.0, 0.002)
    k = (dt / tau) / (1 - np.exp(-dt / tau)); s2 = s * np.sqrt(2 * dt / tau / (1 - np.exp(-2 * dt / tau)))
    return sd.rate(mu * k, s2, tau, 20 + 0.5826 * s * np.sqrt(dt / tau), 10.0, 0.002 + dt / 2)


nest = [(p["name"], p["eta"], p["g"], p["J"], p["nest_rate_hz"], p["nest_cv"]) for p in json.load(open("mean_field.json"))]
rows = []
for name, eta, g, J, r, cv in nest:
    row = dict(name=name, eta=eta, g=g, J=J, nest_rate_hz=r, nest_cv=cv)
    for key, grid in (("mean_field_hz", False), ("mean_field_grid_hz", True)):
        xs = np.geomspace(1e-6, 480, 400); v = [phi(x, eta, g, J, grid) - x for x in xs]
        roots = [brentq(lambda x: phi(x, eta, g, J, grid) - x, a, b, xtol=1e-12) for a, b, va, vb in zip(xs, xs[1:], v, v[1:]) if va * vb < 0]
        row[key] = roots[-1]; row[key.replace("_hz", "_deviation")] = roots[-1] / r - 1
    rows.append(row)
    print(name, eta, g, J, "NEST %.2f  mean field %.2f (%+.1f %%)  grid-corrected %.2f (%+.1f %%)" % (r, row["mean_field_hz"], 100 * row["mean_field_deviation"], row["mean_field_grid_hz"], 100 * row["mean_field_grid_deviation"]))
json.dump(rows, open("mean_field.json", "w"), indent=1)
