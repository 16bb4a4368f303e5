"""Rates and CVs under Poisson drive in the diffusion limit -> white_noise.json"""
import json, sys
from siegert import *
import siegert_double as sd

P = BRUNEL
pd = dict(tau_m=0.02, v_th=20.0, v_reset=10.0, t_ref=0.002)
out = {"conventions": "tau_m 20 ms, V_th 20 mV, V_reset 10 mV, rest 0, t_ref 2 ms. mu = tau_m (J_e r_e - J_i r_i), sigma^2 = tau_m (J_e^2 r_e + J_i^2 r_i); free membrane variance sigma^2/2. Rates in Hz, J in mV. mpmath, 30 digits, rounded to double."}
pts = []
drives = [  # J_e, r_e, J_i, r_i
    (0.1, 9000, 0, 0), (0.1, 10000, 0, 0), (0.1, 12000, 0, 0), (0.1, 20000, 0, 0), (0.1, 40000, 0, 0),
    (0.2, 20000, 1.0, 3200), (0.2, 20000, 1.0, 3600), (0.05, 18000, 0.25, 400),
    (0.5, 5000, 2.0, 1000), (0.1, 60000, 0.5, 11000), (0.01, 105000, 0, 0), (0.4, 2250, 0, 0)]
for Je, re, Ji, ri in drives:
    mu = P["tau_m"] * (mpf(str(Je)) * re - mpf(str(Ji)) * ri)
    s = sqrt(P["tau_m"] * (mpf(str(Je)) ** 2 * re + mpf(str(Ji)) ** 2 * ri))
    r, c = rate(mu, s, P), cv(mu, s, P)
    d = sd.rate(float(mu), float(s), **pd)
    pts.append(dict(J_e=Je, rate_e=re, J_i=Ji, rate_i=ri, mu=float(mu), sigma=float(s), rate_hz=float(r), cv=float(c)))
    print(pts[-1], float(d / r - 1))
out["poisson_drive_diffusion_limit"] = pts

# extreme arguments: the formula must neither overflow nor lose digits
ext = []
for mu, s in ((-20, 1), (0, 0.5), (19.9, 0.01), (20.1, 0.01), (1000, 5), (-100, 40), (20, 1e-3), (25, 0.05), (9.99, 2), (10, 2)):
    r = rate(mpf(str(mu)), mpf(str(s)), P)
    ext.append(dict(mu=mu, sigma=s, rate_hz=float(r), log10_rate=float(mp.log10(r))))
    print(ext[-1], sd.rate(float(mu), float(s), **pd))
out["extreme_arguments"] = ext

json.dump(out, open("white_noise.json", "w"), indent=1)
