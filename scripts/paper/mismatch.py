"""Figures 11 and 12: networks other than those of training."""

import csv

from statements import Section, Statement, percent

NAMES = ("eta", "g", "J")
SYMBOLS = {"eta": "η", "g": "g", "J": "J", "delay_ms": "t_d", "tau_m_ms": "τ_m", "theta_mV": "θ", "t_ref_ms": "t_ref"}


def load(folder):
    """Mean absolute errors by (box, model, kind, changed, parameter), [(value, error)] in ascending order of values."""
    courses = {}
    with open(folder / "robustness/errors.csv") as file:
        for row in csv.DictReader(file):
            key = row["box"], row["model"], row["kind"], row["changed"], row["parameter"]
            courses.setdefault(key, []).append((float(row["value"]), float(row["mae"])))
    return {key: sorted(points) for key, points in courses.items()}


def text(values):
    return ", ".join(f"{SYMBOLS[n]} {percent(v)}" for n, v in values.items())


def spread(folder):
    """Figure 11."""
    data = load(folder)

    def worst(box, changed, n, upto=float("inf"), model="paper"):
        return max(e for v, e in data[box, model, "spread", changed, n] if v <= upto)

    def largest(box, changed, upto=float("inf"), model="paper"):
        return {n: worst(box, changed, n, upto, model) for n in NAMES}

    nominal = {box: {n: data[box, "paper", "none", "", n][0][1] for n in NAMES} for box in ("full", "AI")}
    delay = data["full", "paper", "spread", "delay_ms", "J"]
    full_delay, ai_delay = largest("full", "delay_ms"), largest("AI", "delay_ms")
    tau, theta = largest("full", "tau_m_ms"), largest("full", "theta_mV")
    recording = {c: largest("full", c, model="recording") for c in ("delay_ms", "tau_m_ms", "theta_mV", "t_ref_ms")}
    wild = "errors are means: single networks whose spectrum is unlike all of the training are estimated far outside the box."
    return Section("Fig. 11: parameters that differ within a network", [
        Statement("errors grow with the spread of t_d", f"J, full space: {percent(delay[0][1])} at {delay[0][0]:g} ms, {percent(delay[-1][1])} at"
                  f" {delay[-1][0]:g} ms", delay[-1][1] > delay[0][1]),
        Statement("t_d, AI state: errors stay below 0.1 even for very large spreads", text(ai_delay), max(ai_delay.values()) < 0.1,
                  "oscillations of the rate, which delays set, are in the spectra of the AI state, too."),
        Statement("t_d, full space: errors are below 0.1 for σ < 0.1 ms", text(largest("full", "delay_ms", 0.05)),
                  max(largest("full", "delay_ms", 0.05).values()) < 0.1, wild),
        Statement("t_d, full space, larger σ: errors grow most for η, least for g", text(full_delay),
                  full_delay["eta"] == max(full_delay.values()) and full_delay["g"] == min(full_delay.values()), wild),
        Statement("τ_m, AI state: errors much below 0.1", text(largest("AI", "tau_m_ms")), max(largest("AI", "tau_m_ms").values()) < 0.1),
        Statement("τ_m, full space: errors of g and J stay below about 0.1", text(tau), max(tau["g"], tau["J"]) < 0.11, wild),
        Statement("τ_m, full space: errors of η are much larger for large σ", text(tau), tau["eta"] > 2 * nominal["full"]["eta"]),
        Statement("θ: small errors for σ < 0.1 mV", text(largest("full", "theta_mV", 0.1)), max(largest("full", "theta_mV", 0.1).values()) < 0.1),
        Statement("θ: larger errors of η and J for large σ", text(theta),
                  theta["eta"] > 2 * nominal["full"]["eta"] and theta["J"] > 2 * nominal["full"]["J"]),
        Statement("t_ref: errors are small", text(largest("full", "t_ref_ms")), max(largest("full", "t_ref_ms").values()) < 0.1,
                  "in the synchronous regular state the refractory period decides about the frequency of the oscillation."),
        Statement("(not in the paper) the preset `recording`, trained on unknown delays, time constants, thresholds and refractory"
                  " periods, at 1 µV, largest errors",
                  "; ".join(f"{SYMBOLS[c]}: {text(v)}" for c, v in recording.items()), None),
    ], figure="robustness/spread.svg|Mean absolute errors; bands: 95 % intervals over networks.")


def shift(folder):
    """Figure 12."""
    data = load(folder)

    def worst(box, changed, n, model="paper"):
        return max(e for _, e in data[box, model, "shift", changed, n])

    changes = ("delay_ms", "tau_m_ms", "theta_mV", "t_ref_ms")
    table = {c: {n: worst("full", c, n) for n in NAMES} for c in changes}
    ai = {c: {n: worst("AI", c, n) for n in NAMES} for c in changes}
    recording = {c: {n: worst("full", c, n, "recording") for n in NAMES} for c in changes}
    mean = {n: sum(table[c][n] + ai[c][n] for c in changes) / 8 for n in NAMES}
    wild = "spectra of such networks are unlike all of the training; a network answers with numbers far outside the box."
    return Section("Fig. 12: parameters with other values", [
        Statement("errors are smallest for g and J", "mean of the largest: " + text(mean), mean["eta"] == max(mean.values()), wild),
        Statement("an exception is J with shifted θ: larger in the AI state than in the full space",
                  f"{percent(ai['theta_mV']['J'])} and {percent(table['theta_mV']['J'])}", ai["theta_mV"]["J"] > table["theta_mV"]["J"],
                  "J/θ is what the network knows: a shift of θ is one of J, in both boxes."),
        Statement("errors of η are particularly large for shifted t_d, τ_m and θ",
                  ", ".join(f"{SYMBOLS[c]} {percent(table[c]['eta'])}" for c in changes),
                  min(table[c]["eta"] for c in changes[:3]) > table["t_ref_ms"]["eta"], wild),
        Statement("errors stay low for shifted t_ref", f"full: {text(table['t_ref_ms'])}; AI: {text(ai['t_ref_ms'])}",
                  max(*table["t_ref_ms"].values(), *ai["t_ref_ms"].values()) < 0.1,
                  "in the synchronous regular state (g < 4) it sets the rate: the paper's network has not seen such spectra."),
        Statement("(not in the paper) the preset `recording`, at 1 µV, largest errors",
                  "; ".join(f"{SYMBOLS[c]}: {text(v)}" for c, v in recording.items()), None),
    ], figure="robustness/shift.svg|Mean absolute errors; grey: the value of training.")
