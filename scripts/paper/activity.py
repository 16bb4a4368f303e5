"""Figures 4 to 6: durations, five networks, and maps of activity."""

import json

import h5py
import numpy as np

from spectra import correlation, peaks, power_density
from statements import Section, Statement, percent


def durations(folder):
    """Figure 4, from the experiment `duration`."""
    results = json.loads((folder / "duration/results.json").read_text())
    curve, variants = results["curve"], results["variants"]
    times, losses = np.array(curve["amounts"]), np.array(curve["losses"])
    order = np.argsort(times)
    times, losses = times[order], losses[order]
    root, inverse = curve["law"], curve["law_inverse"]
    late = [max(v["best_epochs"]) for v in variants]
    near = losses[np.argmin(abs(times - 1.65))] / losses[-1]
    return Section("Fig. 4: duration of the signal", [
        Statement("the loss falls when simulations are longer (A, B)",
                  ", ".join(f"{loss * 1e4:.1f}" for loss in losses) + " · 10⁻⁴ at " + ", ".join(f"{t:g}" for t in times) + " s",
                  (np.diff(losses) < 0).all()),
        Statement("the loss reaches a plateau with training (A)",
                  f"the best epochs are numbers {min(late)} to {max(late)}; figure", None,
                  "with a constant step size the loss still falls slowly when training ends."),
        Statement("a + b/√T describes the smallest losses, R² = 0.994 (B)",
                  f"R² = {root['r2']:.3f} ({root['asymptote']:.2g} + {root['amplitude']:.2g}/√T); a + b/T: R² = {inverse['r2']:.4f}",
                  root["r2"] > 0.98 and root["r2"] >= inverse["r2"],
                  "what noise adds to a squared error is its variance, which falls as 1/T, and"
                  " the limit of the fit with 1/√T is " + ("negative, which no loss is." if root["asymptote"] < 0 else "lower.")),
        Statement("1,800 ms would be a good choice, shorter ones perform worse",
                  f"1.65 s after the transient have {percent(near - 1, 0)} more loss than 2.85 s", near < 1.3),
    ], figure="duration/results.svg|Losses by epoch and by duration (T without the transient).")


def networks(folder):
    """Figure 5, from five networks and their replays."""
    runs = {name: h5py.File(folder / f"fig5/{name}-long.h5") for name in "abcde"}
    frequency = runs["a"]["frequency"][()]

    def spectrum(name):
        """LFP of channel 1 and rate of all neurons, by frequency."""
        run = runs[name]
        skipped = int(run.attrs["transient_ms"])
        counts = sum(run[f"histogram/{p}"][()].astype(float) for p in "EI")
        counts = counts.reshape(-1, len(counts) // int(run.attrs["duration_ms"])).sum(axis=1)[skipped:]
        return run["psd"][0], power_density(counts)

    def text(found):
        return ", ".join(f"{f:.0f}" for f in found) or "none"

    found = {name: [peaks(frequency, s, 20, 2) for s in spectrum(name)] for name in "abcde"}
    cv = {name: float(run["activity/cv_isi"][()]) for name, run in runs.items()}
    skipped = int(runs["a"].attrs["transient_ms"])
    a = runs["a"]["lfp"][:, skipped:]
    opposite = correlation(a[0], a[5])
    low = frequency[(frequency > 0) & (frequency < 50)]
    ratio = spectrum("e")[0][1:1 + len(low)].mean() / spectrum("d")[0][1:1 + len(low)].mean()

    def near(values, target, tolerance):
        return any(abs(v - target) <= tolerance for v in values)

    d_lfp, d_rate = spectrum("d")
    top = {name: frequency[np.argmax(np.where((frequency > 40), s, 0))] for name, s in (("lfp", d_lfp), ("rate", d_rate))}
    replay = json.loads((folder / "fig5/replay.json").read_text())
    correlations = {name: np.array(r["correlation"]) for name, r in replay.items()}
    elsewhere = min(np.delete(c, 3, axis=1).min() for c in correlations.values())
    peak = {name: np.array(r["difference_dB"]) for name, r in replay.items()}  # [placement, band, channel]
    high = {name: abs(p[:, -1, 0]).mean() for name, p in peak.items()}
    return Section("Fig. 5: five networks", [
        Statement("A fires regularly, B and C irregularly, D and E irregularly",
                  "CV " + ", ".join(f"{n.upper()} {v:.2f}" for n, v in cv.items()), cv["a"] < 0.2 and min(cv[n] for n in "bcde") > 0.4,
                  "in D, with small efficacies and a strong drive, neurons fire at 69 Hz by their mean input, so that intervals vary less."),
        Statement("A: the LFP has opposite phases at the top and at the bottom", f"correlation of channels 1 and 6 {opposite:.2f}",
                  opposite < -0.5),
        Statement("A: a clear peak at about 330 Hz in LFP and rate", f"LFP {text(found['a'][0])} Hz, rate {text(found['a'][1])} Hz",
                  near(found["a"][0], 330, 20) and near(found["a"][1], 330, 20)),
        Statement("B: peaks at about 175 and 350 Hz in LFP and rate", f"LFP {text(found['b'][0])} Hz, rate {text(found['b'][1])} Hz",
                  all(near(found["b"][i], f, 25) for i in (0, 1) for f in (175, 350))),
        Statement("C: a small peak at about 30 Hz in LFP and rate", f"LFP {text(found['c'][0])} Hz, rate {text(found['c'][1])} Hz",
                  all(near(found["c"][i], 30, 12) for i in (0, 1)),
                  "it is a shoulder on the slope of the spectrum, no maximum."),
        Statement("D: three peaks, of the rate's the one at about 200 Hz is highest",
                  f"rate {text(found['d'][1])} Hz, highest {top['rate']:.0f} Hz",
                  (len(found["d"][1]) >= 3 or None) if abs(top["rate"] - 200) < 30 else False,
                  "the peak between them is one in the LFP, and in the rate a shoulder on the side of the highest."),
        Statement("D: of the LFP's peaks the one at about 70 Hz is highest", f"LFP {text(found['d'][0])} Hz, highest {top['lfp']:.0f} Hz",
                  near(found["d"][0], 70, 15) and abs(top["lfp"] - 70) < 15),
        Statement("E: much more LFP power than D at low frequencies", f"{ratio:.0f} times below 50 Hz", ratio > 10),
        Statement("E: no notable peaks", f"of 6 dB and more: LFP {text(peaks(frequency, spectrum('e')[0], 20, 6))},"
                  f" rate {text(peaks(frequency, spectrum('e')[1], 20, 6))}",
                  not peaks(frequency, spectrum("e")[0], 20, 6) and not peaks(frequency, spectrum("e")[1], 20, 6)),
        Statement("the LFP of single spikes (Eq. 9) agrees very well with that of rates (Eq. 10)",
                  f"correlation at least {elsewhere:.2f} in all channels but the fourth, over 5 placements", elsewhere > 0.95,
                  "in the fourth channel, where the potential changes its sign and is ten times smaller, single cells count more."),
        Statement("only in A the height of the peak at 300 Hz differs (channel 1)",
                  "250–500 Hz: " + ", ".join(f"{n.upper()} {v:.1f} dB" for n, v in high.items())
                  + "; all channels: " + ", ".join(f"{n.upper()} {abs(p[:, -1]).mean():.1f} dB" for n, p in peak.items()),
                  high["a"] > 1 > max(high[n] for n in "bcde"),
                  "in channel 1 nothing differs here, nor in A. In channels near the somata single cells that stand close by count, in all"
                  " five networks and most at high frequencies."),
    ], figure="fig5/a.svg|Network A; dashed: the LFP of single spikes.")


def maps(folder):
    """Figure 6, from the survey."""
    with h5py.File(folder / "survey/survey.h5") as file:
        J, eta, g = (file[key][()] for key in ("J", "eta", "g"))
        rate, cv, std, entropy = (file[key][()] for key in ("rate", "cv_isi", "lfp_std", "lfp_entropy"))

    def part(values, efficacy=(0, 1), drive=(0, 9), inhibition=(0, 99)):
        """Values of a part of the space."""
        where = np.ix_((J >= efficacy[0]) & (J <= efficacy[1]), (eta >= drive[0]) & (eta <= drive[1]),
                       (g >= inhibition[0]) & (g <= inhibition[1]))
        return values[where][np.isfinite(values[where])]

    falls = np.mean(np.diff(rate, axis=2) < 0)
    mean_rate = rate.mean(axis=(0, 1))
    steepest = g[:-1][np.argmin(np.diff(mean_rate))], g[1:][np.argmin(np.diff(mean_rate))]
    large = [np.median(part(rate, (0.15, 1), *box)) for box in (((0, 9), (0, 3.9)), ((1.5, 9), (5, 99)), ((0, 1), (5, 99)))]
    drop = np.array([np.max(-np.diff(np.log(rate.mean(axis=1)), axis=1), axis=1)]).ravel()
    cv_sides = np.median(part(cv, inhibition=(0, 3.9))), np.median(part(cv, inhibition=(4.3, 99)))
    slow, rest = np.median(part(cv, drive=(0, 1.5), inhibition=(5, 99))), np.median(part(cv, drive=(1.5, 3), inhibition=(4.5, 6)))
    corner = np.median(part(cv, (0, 0.1), (3.6, 9), (6, 99)))
    beside = np.median(part(cv, (0, 0.1), (1.5, 3), (4.5, 6)))
    by_J = np.nanmean(std, axis=(1, 2))
    wide = np.median(part(std, inhibition=(0, 3.9))), np.median(part(std, inhibition=(4.2, 5.5))), np.median(part(std, inhibition=(6.5, 99)))
    entropy_J = np.nanmean(entropy, axis=(1, 2))
    finite = np.isfinite(std) & np.isfinite(entropy) & (std > 0)
    ranks = [np.argsort(np.argsort(v[finite])) for v in (std, entropy)]
    return Section("Fig. 6: maps of activity", [
        Statement("the rate falls with g", f"in {percent(falls, 0)} of all steps of g", falls > 0.9),
        Statement("there is a transition at g = 4", f"the mean rate falls most from g = {steepest[0]:.2f} to {steepest[1]:.2f}",
                  bool(steepest[0] <= 4.1 and steepest[1] >= 3.9)),
        Statement("J ≥ 0.15: high rates for g < 4, low ones for g > 5 and η < 1, intermediate ones between",
                  "medians " + ", ".join(f"{r:.1f}" for r in (large[0], large[2], large[1])) + " Hz", large[0] > large[1] > large[2]),
        Statement("for small J the transition is smoother",
                  "largest step of log rate: " + ", ".join(f"{d:.2f} (J = {j:.2f})" for j, d in list(zip(J, drop))[::max(1, len(J) // 3)]),
                  bool(drop[0] < drop[-1])),
        Statement("the CV has a border at g ≈ 4", f"medians {cv_sides[0]:.2f} below, {cv_sides[1]:.2f} above", cv_sides[1] > 2 * cv_sides[0]),
        Statement("the CV is low for η ≤ 1.5 and g ≥ 5, lower than in the AI state", f"medians {slow:.2f} and {rest:.2f}", bool(slow < rest),
                  "depends on how the CV is averaged: neurons with few intervals in 30 s count, or not (at least two intervals here)."),
        Statement("for J ≤ 0.1 the CV is larger for g ≥ 6 and η ≥ 3.6", f"medians {corner:.2f}, {beside:.2f} in the AI box", bool(corner > beside)),
        Statement("larger J, larger standard deviation of the LFP", ", ".join(f"{1000 * v:.2g}" for v in by_J) + " µV",
                  bool((np.diff(by_J) > 0).all())),
        Statement("it falls when g grows", f"medians {1000 * wide[1]:.2g} µV (4.2 ≤ g ≤ 5.5), {1000 * wide[2]:.2g} µV (g ≥ 6.5)",
                  bool(wide[1] > wide[2])),
        Statement("it is small for g < 4 despite high rates", f"median {1000 * wide[0]:.2g} µV", bool(wide[0] < wide[1])),
        Statement("the entropy is largest for J = 0.05 mV", ", ".join(f"{v:.2f}" for v in entropy_J) + " nats", int(np.nanargmax(entropy_J)) == 0),
        Statement("the entropy depends on parameters in another way than the standard deviation",
                  f"rank correlation {correlation(*ranks):.2f}", bool(abs(correlation(*ranks)) < 0.95)),
    ], figure="survey/survey.svg|Rate, CV, standard deviation and entropy of the LFP; points: the networks of Fig. 5.")
