"""Reference values for the leaky integrate-and-fire neuron under constant current .

Writes constant_current.json: closed-form rates, exact-integration checks, and the spike counts that the forward-Euler
stepping of the lecture notes gives. Everything is double precision; closed forms are evaluated with mpmath at
40 digits and rounded once.
"""
import json, sys
import numpy as np
from mpmath import mp, mpf, log, exp

mp.dps = 40


def period(i, p):
    """Interspike interval in s for constant current i, or None below or at rheobase."""
    vinf = p["E_L"] + p["R"] * mpf(i)
    if vinf <= p["V_th"]:
        return None
    return p["t_ref"] + p["tau_m"] * log((vinf - p["V_reset"]) / (vinf - p["V_th"]))


def current_for_rate(f, p):
    """Inverse f-I curve: the current whose rate is f, 0 < f < 1/t_ref."""
    k = exp((1 / mpf(f) - p["t_ref"]) / p["tau_m"])          # (vinf - V_reset) / (vinf - V_th)
    vinf = (k * p["V_th"] - p["V_reset"]) / (k - 1)
    return (vinf - p["E_L"]) / p["R"]


def voltage(t, v0, i, p):
    """Subthreshold voltage after time t from v0 (no spike in between)."""
    vinf = p["E_L"] + p["R"] * mpf(i)
    return vinf + (mpf(v0) - vinf) * exp(-mpf(t) / p["tau_m"])


def spikes_exact(i, p, duration, start="E_L"):
    """Spike times in [0, duration] by exact event-driven integration from V = E_L at t = 0."""
    first_p = dict(p, V_reset=p[start], t_ref=mpf(0))
    first = period(i, first_p)
    if first is None:
        return 0, None
    T = period(i, p)
    if first > duration:
        return 0, float(first)
    return 1 + int(mp.floor((duration - first) / T)), float(first)


def grid_count(i, p, dt, duration):
    """Spikes of the exactly integrated neuron on a time grid (threshold tested at grid points only, V >= V_th;
    a spike at step k clamps V for round(t_ref/dt) steps: the semantics of NEST's iaf_psc_delta)."""
    a = float(exp(-mpf(dt) / p["tau_m"]))
    vinf = float(p["E_L"] + p["R"] * mpf(i))
    hold = int(round(float(p["t_ref"]) / dt))
    v, vth, vr = float(p["E_L"]), float(p["V_th"]), float(p["V_reset"])
    n = int(round(duration / dt))
    count, left = 0, 0
    for _ in range(n):
        if left > 0:
            left -= 1
            continue
        v = vinf + (v - vinf) * a
        if v >= vth:
            count += 1
            v = vr
            left = hold
    return count


SETS = {
    "lecture_notes": dict(tau_m=0.02, R=1, E_L=0, V_th=1, V_reset=0, t_ref=0.2, unit="dimensionless current"),
    "lecture_notes_tuning_curve": dict(tau_m=0.3, R=1, E_L=0, V_th=1, V_reset=0, t_ref=0.2, unit="dimensionless current"),
    "fast_dimensionless": dict(tau_m=0.02, R=1, E_L=0, V_th=1, V_reset=0, t_ref=0.002, unit="dimensionless current"),
    "brunel": dict(tau_m=0.02, R=1, E_L=0, V_th=20, V_reset=10, t_ref=0.002, unit="mV (R I)"),
    "cortical_no_refractoriness": dict(tau_m=0.01, R=10, E_L=-65, V_th=-50, V_reset=-65, t_ref=0, unit="nA, R in MOhm, V in mV"),
    "cortical_reset_below_rest": dict(tau_m=0.01, R=40, E_L=-70, V_th=-54, V_reset=-80, t_ref=0.001, unit="nA, R in MOhm, V in mV"),
}
EXACT = {"tau_m": {0.02: "1/50", 0.3: "3/10", 0.01: "1/100"}, "t_ref": {0.2: "1/5", 0.002: "1/500", 0.001: "1/1000", 0: "0"}}

out = {"conventions": "C dV/dt = (E_L - V)/R + I, tau_m = R C; spike when V > V_th (equality never fires); V -> V_reset, held for t_ref. Times in s, rates in Hz.",
       "sets": {}}
for name, s in SETS.items():
    p = {k: mpf(v) for k, v in s.items() if k != "unit"}
    for k in ("tau_m", "t_ref"):
        p[k] = mp.mpf(EXACT[k][s[k]].split("/")[0]) / (mp.mpf(EXACT[k][s[k]].split("/")[1]) if "/" in EXACT[k][s[k]] else 1)
    rheo = (p["V_th"] - p["E_L"]) / p["R"]
    # 20 currents: below, at and just above rheobase, then logarithmically up to 100 times
    factors = [0.5, 0.95, 1.0, 1.0000001, 1.001, 1.01, 1.05, 1.1, 1.2, 1.35, 1.5, 1.75, 2, 2.5, 3, 5, 10, 20, 50, 100]
    rows = []
    for fct in factors:
        i = float(rheo) * fct
        T = period(i, p)
        n, first = spikes_exact(i, p, mpf(20))
        rows.append(dict(I=i, rate_hz=0.0 if T is None else float(1 / T), period_s=None if T is None else float(T),
                         first_spike_from_rest_s=first, spikes_exact_in_20s_from_rest=n))
    inv = []
    fmax = float(1 / p["t_ref"]) if p["t_ref"] > 0 else None
    for f in ([0.1, 1, 2, 4, 4.9] if s["t_ref"] == 0.2 else [0.1, 1, 10, 50, 100, 200, 400]):
        inv.append(dict(rate_hz=f, I=float(current_for_rate(f, p))))
    # sensitivities of the rate at twice rheobase, by closed form (central differences at 40 digits)
    i2 = 2 * rheo
    sens = {}
    for key in ("tau_m", "R", "V_th", "V_reset", "E_L", "t_ref"):
        h = mpf(10) ** -15
        up, dn = dict(p), dict(p)
        up[key] += h
        dn[key] -= h
        sens["d rate / d " + key] = float((1 / period(i2, up) - 1 / period(i2, dn)) / (2 * h))
    # R at fixed C: tau_m moves with R
    h = mpf(10) ** -15
    C = p["tau_m"] / p["R"]
    up, dn = dict(p, R=p["R"] + h, tau_m=(p["R"] + h) * C), dict(p, R=p["R"] - h, tau_m=(p["R"] - h) * C)
    sens["d rate / d R at fixed C"] = float((1 / period(i2, up) - 1 / period(i2, dn)) / (2 * h))
    h = mpf(10) ** -25
    up, dn = dict(p, tau_m=(C + h) * p["R"]), dict(p, tau_m=(C - h) * p["R"])
    sens["d rate / d C at fixed R"] = float((1 / period(i2, up) - 1 / period(i2, dn)) / (2 * h))
    v0 = p["E_L"]
    trace = [dict(t_s=t, V=float(voltage(t, v0, float(rheo) * 0.95, p))) for t in (0.001, 0.005, 0.02, 0.1, 0.5)]
    out["sets"][name] = dict(parameters={k: v for k, v in s.items()}, rheobase=float(rheo), max_rate_hz=fmax,
                             table=rows, inverse=inv, sensitivity_at_twice_rheobase=sens,
                             voltage_from_rest_at_0_95_rheobase=trace)

# --- counts of the lecture notes: forward Euler, dt = 1 ms, its order of operations -------------------------------------
def euler_count(tau_rc, tau_ref, current, steps, dt=0.001, v_th=1.0):
    v, clock, n = 0.0, 0.0, 0
    for _ in range(steps):
        clock -= dt
        if clock < 0:
            v = v * (1 - dt / tau_rc) + current * dt / tau_rc
        if v > v_th:
            clock = tau_ref
            n += 1
            v = 0.0
    return n


def steps_until(duration, dt=0.001):
    t, n = 0.0, 0
    while t < duration:
        n += 1
        t += dt
    return n


n20 = steps_until(20.0)
doc = {"stepping": "per step: clock -= dt; if clock < 0: v = v (1 - dt/tau) + I dt/tau; then if v > v_th: spike, v = 0, clock = t_ref. dt = 1 ms, floating-point clock, " + f"{n20} steps for 20 s (time accumulated by addition)",
       "spikes_in_20s": [], "printed": {"1.0000001": 39, "1.1": 82, "10": 99, "100": 100, "0.8": 0}}
for cur in (1.0000001, 1.1, 10, 100, 0.8, 0.95):
    doc["spikes_in_20s"].append(dict(I=cur, spikes=euler_count(0.02, 0.2, cur, n20)))
curve = [dict(I=float(i), rate_hz=euler_count(0.3, 0.2, float(i), 10000) / 10,
              analytic_hz=0.0 if i <= 1 else float(1 / (mpf(2) / 10 - mpf(3) / 10 * log(1 - 1 / mpf(float(i))))))
         for i in np.arange(0, 10.1, 0.1)]
doc["tuning_curve_tau0.3_tref0.2_10s"] = curve
out["lecture_notes"] = doc
# traces of the lecture notes: fullPlot(1.1) and fullPlot(0.95): tau_rc = 0.2 (the class default), t_ref = 0.2
n19 = len(np.arange(1, 20, 0.001))
doc["trace_plots"] = [dict(I=c, tau_rc=0.2, t_ref=0.2, steps=n19, spikes=euler_count(0.2, 0.2, c, n19)) for c in (1.1, 0.95)]
# --- convergence with the time step ---------------------------------------------------------------------------------
conv = []
p = {k: mpf(v) for k, v in SETS["brunel"].items() if k != "unit"}
p["tau_m"], p["t_ref"] = mpf(1) / 50, mpf(1) / 500
for i in (21.0, 25.0, 40.0, 200.0):
    ex, _ = spikes_exact(i, p, mpf(2))
    conv.append(dict(I=i, exact=ex, grid={str(dt): grid_count(i, p, dt, 2.0) for dt in (1e-3, 1e-4, 2e-5)}))
out["grid_convergence_brunel_2s"] = conv
json.dump(out, open("constant_current.json", "w"), indent=1)
print(doc["spikes_in_20s"], doc["trace_plots"], n20, n19)
print(max(abs(c["rate_hz"] - c["analytic_hz"]) for c in curve), conv)
