"""Linear response of the rate at frequencies from 0.1 to 900 Hz, by Hermite functions of complex order -> response.json
n_mu per mu1/sigma, n_s per s1/sigma^2; check_response.py compares the formula with a finite-volume Fokker-Planck operator."""
import json
from siegert import *

rows = []
for mu, sigma in ((18, 4), (25, 3), (21, "7.7"), (16, "3.1"), (200, "14.7"), (-4, "15.7"), (12, "1.6")):
    for f in (mpf(1) / 10, 5, 30, 190, 660, 900):
        n_mu, n_s = response(mpc(0, 2 * pi * f / 1), mpf(mu), mpf(sigma), BRUNEL)
        rows.append(dict(mu=float(mu), sigma=float(mpf(sigma)), frequency_hz=float(f), growth_per_s=0.0,
                         n_mu=[float(n_mu.real), float(n_mu.imag)], n_s=[float(n_s.real), float(n_s.imag)]))
lam = mpc(50, 2 * pi * 190)
n_mu, n_s = response(lam, mpf(24), mpf(11), BRUNEL)
rows.append(dict(mu=24.0, sigma=11.0, frequency_hz=190.0, growth_per_s=50.0,
                 n_mu=[float(n_mu.real), float(n_mu.imag)], n_s=[float(n_s.real), float(n_s.imag)]))
json.dump(rows, open("response.json", "w"), indent=1)
