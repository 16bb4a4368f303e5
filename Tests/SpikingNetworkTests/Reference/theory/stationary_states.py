"""Self-consistent rates of the Brunel network at 16 points (eta, g, J) in the diffusion limit -> stationary_states.json"""
import json, sys
sys.path.append("../../../SingleNeuronTests/Reference")
from siegert import *
import siegert_double as sd

P = BRUNEL
pd = dict(tau_m=0.02, v_th=20.0, v_reset=10.0, t_ref=0.002)
net = []
points = [(2, 3.5, 0.25), (4, 7, 0.15), (0.9, 7, 0.25), (2.8, 5.5, 0.05), (2, 4.5, 0.35), (2, 5, 0.1), (4, 5, 0.1), (1.2, 5, 0.2),
          (3, 6, 0.2), (1.5, 8, 0.4), (3.5, 4.5, 0.1), (2, 6, 0.05), (1, 4.2, 0.3), (0.9, 4.5, 0.1), (4, 6, 0.1), (2, 3, 0.1)]
for eta, g, J in points:
    je, jg, jJ = mpf(str(eta)), mpf(str(g)), mpf(str(J))
    # bracket with the double-precision formula, refine with mpmath
    def fd(mu, sigma, p):
        return mpf(float(sd.rate(float(mu), float(sigma), **pd)))
    roots = []
    for r0 in fixed_points(je, jg, jJ, f=fd):
        h = lambda nu: rate(*brunel_moments(nu, je, jg, jJ), P) - nu
        r = mp.findroot(h, (r0 * (1 - mpf(10) ** -9), r0 * (1 + mpf(10) ** -9)), solver="secant", tol=mpf(10) ** -30)
        mu, s = brunel_moments(r, je, jg, jJ)
        eps = r * mpf(10) ** -6
        slope = (rate(*brunel_moments(r + eps, je, jg, jJ), P) - rate(*brunel_moments(r - eps, je, jg, jJ), P)) / (2 * eps)
        roots.append(dict(rate_hz=float(r), mu=float(mu), sigma=float(s), cv=float(cv(mu, s, P)) if r < 450 else None, dPhi_dnu=float(slope)))
    net.append(dict(eta=eta, g=g, J=J, external_rate_hz=float(je * 20 / (jJ * P["tau_m"])), solutions=roots))
    print(eta, g, J, [(round(x["rate_hz"], 6), x["cv"], round(x["dPhi_dnu"], 3)) for x in roots])
json.dump(net, open("stationary_states.json", "w"), indent=1)
