"""Stationary rate and CV of the LIF neuron driven by white noise (Siegert 1951, Ricciardi 1977, Brunel 2000), and the
linear response of its rate to a modulation of mean and variance (Brunel & Hakim 1999, Brunel 2000), with mpmath.

tau dV/dt = -V + mu + sigma sqrt(tau) xi(t), so the free membrane has variance sigma^2/2 (Brunel's convention).
y = (V - mu)/sigma. All times in s, voltages in mV.
"""
import sys
from mpmath import mp, mpf, mpc, erfc, exp, sqrt, pi, quad, hermite, linspace

mp.dps = 30


def integrand(u):
    """exp(u^2) (1 + erf u) = exp(u^2) erfc(-u), without cancellation for u < 0."""
    return exp(u * u) * erfc(-u)


def _panels(a, b, width=1):
    n = max(1, int(mp.ceil((b - a) / width)))
    return linspace(a, b, n + 1)


def rate(mu, sigma, p):
    yt, yr = (p["V_th"] - mu) / sigma, (p["V_reset"] - mu) / sigma
    return 1 / (p["t_ref"] + p["tau_m"] * sqrt(pi) * quad(integrand, _panels(yr, yt)))


_GL = None


def _gauss(n=16):
    """Nodes and weights of Gauss-Legendre on [-1, 1] by Newton's method."""
    global _GL
    if _GL is None:
        nodes = []
        for k in range(1, n + 1):
            x = mp.cos(pi * (k - mpf(1) / 4) / (n + mpf(1) / 2))
            for _ in range(8):
                p0, p1 = mpf(1), x
                for j in range(2, n + 1):
                    p0, p1 = p1, ((2 * j - 1) * x * p1 - (j - 1) * p0) / j
                d = n * (x * p1 - p0) / (x * x - 1)
                x -= p1 / d
            nodes.append((x, 2 / ((1 - x * x) * d * d)))
        _GL = sorted(nodes)
    return _GL


def _inner(a, b):
    """int_a^b exp(z^2) erfc(-z)^2 dz on short panels."""
    s = mpf(0)
    pts = _panels(a, b, mpf(1) / 2)
    for l, h in zip(pts[:-1], pts[1:]):
        c, r = (l + h) / 2, (h - l) / 2
        s += r * sum(w * exp((c + r * x) ** 2) * erfc(-(c + r * x)) ** 2 for x, w in _gauss())
    return s


def cv(mu, sigma, p):
    """CV of the interspike intervals (Brunel 2000, appendix A.1; the refractory time adds no variance)."""
    yt, yr = (p["V_th"] - mu) / sigma, (p["V_reset"] - mu) / sigma
    nu = rate(mu, sigma, p)
    low = min(yr, mpf(0)) - 12                       # below, the integrand is under 1e-60
    acc, last, G = mpf(0), low, mpf(0)
    pts = _panels(yr, yt, mpf(1) / 2)
    for l, h in zip(pts[:-1], pts[1:]):
        c, r = (l + h) / 2, (h - l) / 2
        for x, w in _gauss():
            y = c + r * x
            G += _inner(last, y)
            last = y
            acc += r * w * exp(y * y) * G
    return sqrt(2 * pi * (nu * p["tau_m"]) ** 2 * acc)


def response(lam, mu, sigma, p):
    """(n_mu, n_s): relative rate modulation per mu1/sigma and per s1/sigma^2 for perturbations exp(lam t) of the mean,
    mu1, and of the variance sigma^2, s1. U(y) = H_{-lam tau}(-y), the Hermite function, solves U''/2 - y U' = lam tau U."""
    yt, yr = (p["V_th"] - mu) / sigma, (p["V_reset"] - mu) / sigma
    a = lam * p["tau_m"]
    U = lambda y: hermite(-a, -y)
    dU = lambda y: 2 * a * hermite(-a - 1, -y)
    d2U = lambda y: 4 * a * (a + 1) * hermite(-a - 2, -y)
    den = U(yt) - exp(-lam * p["t_ref"]) * U(yr)
    n_mu = (dU(yt) - dU(yr)) / ((1 + a) * den)
    n_s = (d2U(yt) - d2U(yr)) / (2 * (2 + a) * den)
    return n_mu, n_s


BRUNEL = dict(tau_m=mpf(20) / 1000, V_th=mpf(20), V_reset=mpf(10), t_ref=mpf(2) / 1000)


def brunel_moments(nu, eta, g, J, CE=1000, CI=250, p=BRUNEL):
    """mu, sigma of a neuron of the Brunel network when every neuron fires at nu (Hz)."""
    J, g, eta = mpf(J), mpf(g), mpf(eta)
    ext = eta * p["V_th"] / (J * p["tau_m"])
    mu = p["tau_m"] * J * (ext + (CE - g * CI) * nu)
    s2 = p["tau_m"] * J * J * (ext + (CE + g * g * CI) * nu)
    return mu, sqrt(s2)


def fixed_points(eta, g, J, CE=1000, CI=250, p=BRUNEL, f=None, grid=160):
    """All solutions of nu = Phi(mu(nu), sigma(nu)) on (0, 1/t_ref), from sign changes on a logarithmic grid."""
    f = f or rate
    h = lambda nu: f(*brunel_moments(nu, eta, g, J, CE, CI, p), p) - nu
    xs = [mpf(10) ** (mpf(-9) + mpf(k) * (mp.log10(1 / p["t_ref"]) + 9) / grid) for k in range(grid + 1)]
    xs[-1] = xs[-1] * (1 - mpf(10) ** -12)
    vals = [h(x) for x in xs]
    roots = []
    for a, b, va, vb in zip(xs[:-1], xs[1:], vals[:-1], vals[1:]):
        if va == 0 or va * vb < 0:
            roots.append(mp.findroot(h, (a, b), solver="anderson", tol=mpf(10) ** -24, maxsteps=200))
    return roots
