"""Figures 7 to 10 and Tables 7 and 8: how well parameters are estimated."""

import csv

import numpy as np

from statements import Section, Statement, percent

NAMES = ("eta", "g", "J")
SYMBOLS = {"eta": "η", "g": "g", "J": "J"}
RANGES = {"eta": 3.2, "g": 4.5, "J": 0.35}


def table(path):
    """Errors of an experiment, by (variant, parameter), in units of the full ranges."""
    with open(path) as file:
        rows = {}
        for row in csv.DictReader(file):
            rows[row["variant"], row["parameter"]] = {
                k: float(v) if v else float("nan") for k, v in row.items() if k not in ("variant", "parameter")}
        return rows


def sizes(path):
    """Samples that each variant of an experiment was trained and tested on, in words."""
    with open(path) as file:
        rows = {row["variant"]: row for row in csv.DictReader(file)}
    return "; ".join(f"{v}: {int(r['training_samples']):,} to train on, {int(r['test_samples']):,} to test on" for v, r in rows.items())


def estimates(path):
    """True values and errors of every sample, by parameter; errors in units of the full ranges."""
    columns = np.genfromtxt(path, delimiter=",", names=True)
    truth = {n: columns[f"true_{n}"] for n in NAMES}
    return truth, {n: (columns[f"estimated_{n}"] - truth[n]) / RANGES[n] for n in NAMES}


def cells(row, key="std"):
    spread = "" if np.isnan(row[f"{key}_sd"]) else f" ± {100 * row[f'{key}_sd']:.2f}"
    return f"{100 * row[key]:.2f}{spread}"


def markdown(header, rows):
    return "\n".join("| " + " | ".join(line) + " |" for line in [header, ["---"] * len(header), *rows])


def errors_table(rows, variants):
    """Bias and std of variants, % of the full ranges."""
    return markdown(
        ["variant", *(f"{what} {SYMBOLS[n]} (%)" for n in NAMES for what in ("bias", "std"))],
        [[v, *(cells(rows[v, n], what) if (v, n) in rows else "" for n in NAMES for what in ("bias", "std"))] for v in variants])


def accuracy(folder):
    """Figure 7 and Table 7."""
    rows = table(folder / "full-and-ai/errors.csv")
    errors = {name: estimates(folder / f"evaluations/{name}/estimates.csv")[1] for name in ("full", "ai", "full-on-ai")}
    small = [np.mean(abs(errors["full"][n]) < 0.05) for n in NAMES]
    bias = max(abs(rows[v, n]["bias"]) for v in ("full", "AI", "full, tested on AI") for n in NAMES)
    std = {v: [rows[v, n]["std"] for n in NAMES] for v in ("full", "AI", "full, tested on AI")}
    ninety = {name: [np.quantile(abs(e[n]), 0.9) for n in NAMES] for name, e in errors.items()}
    best = {v: NAMES[int(np.argmin(s))] for v, s in std.items()}
    nine = {name: NAMES[int(np.argmin(q))] for name, q in ninety.items()}
    squares = errors["full"]["g"] ** 2
    tail = np.sort(squares)[-len(squares) // 100:].sum() / squares.sum()
    ordered = [ai < mixed < full for ai, mixed, full in zip(ninety["ai"], ninety["full-on-ai"], ninety["full"])]
    why_g = (f"one in a hundred networks makes {percent(tail, 0)} of the squared errors of g over the full space, most of them slow ones;"
             " without these few g is the best there, too. With logarithms of ratios of channels as inputs (preset `clean`) it is in any case.")
    return Section("Fig. 7 and Table 7: accuracy", [
        Statement("errors are generally smaller than 5 %", ", ".join(f"{SYMBOLS[n]}: {percent(s, 0)} of them" for n, s in zip(NAMES, small)),
                  min(small) > 0.7),
        Statement("biases are close to zero", f"all below {percent(bias, 2)} of the range", bias < 0.01),
        Statement("trained on the AI state, errors are smaller than over the full space",
                  "std " + "; ".join(f"{SYMBOLS[n]} {100 * a:.2f} % and {100 * f:.2f} %" for n, a, f in zip(NAMES, std["AI"], std["full"])),
                  all(a < f for a, f in zip(std["AI"], std["full"]))),
        Statement("trained on the full space, errors in the AI state are larger than trained on it",
                  "std " + ", ".join(f"{SYMBOLS[n]} {100 * s:.2f} %" for n, s in zip(NAMES, std["full, tested on AI"])),
                  all(m > a for m, a in zip(std["full, tested on AI"], std["AI"]))),
        Statement("they lie between those of the AI state and those of the full space in cumulative distributions",
                  "90 % below " + "; ".join(f"{SYMBOLS[n]} {100 * ninety['ai'][i]:.2f}, {100 * ninety['full-on-ai'][i]:.2f},"
                                            f" {100 * ninety['full'][i]:.2f} %" for i, n in enumerate(NAMES)), all(ordered)),
        Statement("g is always estimated best (cumulative distributions)",
                  "least value that 90 % are below: " + ", ".join(f"{v}: {SYMBOLS[b]}" for v, b in nine.items()),
                  all(b == "g" for b in nine.values())),
        Statement("g has the least std (Table 7)", ", ".join(f"{v}: {SYMBOLS[b]}" for v, b in best.items()),
                  all(b == "g" for b in best.values()), why_g),
    ], text=errors_table(rows, ["AI", "full, tested on AI", "full"]) + "\n\nMean ± standard deviation of three trainings, in % of the full"
        " ranges, noiseless spectra. Samples: " + sizes(folder / "full-and-ai/losses.csv") + ".",
        figure="full-and-ai/results.svg|Errors of three trainings each.")


def regions(folder):
    """Figure 8."""
    truth, errors = estimates(folder / "evaluations/full/estimates.csv")
    absolute = {n: abs(e) for n, e in errors.items()}

    def mean(n, where):
        return float(absolute[n][where].mean())

    left, right = truth["g"] < 4, truth["g"] >= 4
    slow, fast = truth["eta"] < 1.2, truth["eta"] >= 1.2
    inside = ((truth["eta"] >= 1.5) & (truth["eta"] < 3) & (truth["g"] >= 4.5) & (truth["g"] < 6)
              & (truth["J"] >= 0.1) & (truth["J"] < 0.25))
    g_parts = [mean("g", w) for w in (left, right & slow, right & fast)]
    ai_truth, ai_errors = estimates(folder / "evaluations/ai/estimates.csv")
    ai = {n: abs(e) for n, e in ai_errors.items()}
    whole = {n: float(ai[n].mean()) for n in NAMES}

    def spread(n):
        """Largest over smallest mean error in 3 × 3 × 3 parts of the AI box."""
        bins = [np.clip(((ai_truth[m] - ai_truth[m].min()) / np.ptp(ai_truth[m]) * 3).astype(int), 0, 2) for m in NAMES]
        index = bins[0] * 9 + bins[1] * 3 + bins[2]
        means = [ai[n][index == k].mean() for k in range(27) if (index == k).sum() >= 5]
        return max(means) / min(means) if means else float("nan")

    def halves(n, by):
        middle = np.median(ai_truth[by])
        return float(ai[n][ai_truth[by] < middle].mean()), float(ai[n][ai_truth[by] >= middle].mean())

    by_J, by_g = halves("J", "J"), halves("J", "g")
    best, worst = min(whole, key=whole.get), max(whole, key=whole.get)
    return Section("Fig. 8: where errors are large", [
        Statement("η is estimated worse for g < 4", f"mean errors {percent(mean('eta', left))} and {percent(mean('eta', right))}",
                  mean("eta", left) > mean("eta", right)),
        Statement("J is estimated worst for the smallest η", f"{percent(mean('J', slow))} for η < 1.2, {percent(mean('J', fast))} above",
                  mean("J", slow) > mean("J", fast)),
        Statement("g is accurate in all states", "g < 4, slow, others: " + ", ".join(percent(v) for v in g_parts), max(g_parts) < 0.05,
                  "where neurons hardly fire, three seconds have few spikes to tell g from."),
        Statement("accuracy is highest in the AI state",
                  "; ".join(f"{SYMBOLS[n]} {percent(mean(n, inside))} inside, {percent(mean(n, ~inside))} outside" for n in NAMES),
                  all(mean(n, inside) < mean(n, ~inside) for n in NAMES)),
        Statement("within it (trained there) g is best and J worst", ", ".join(f"{SYMBOLS[n]} {percent(v, 2)}" for n, v in whole.items()),
                  best == "g" and worst == "J"),
        Statement("there errors of g and η are almost constant", f"largest over smallest of 27 parts: g {spread('g'):.1f}, η {spread('eta'):.1f},"
                  f" J {spread('J'):.1f}", max(spread("g"), spread("eta")) < 2.5,
                  "they grow towards the borders of the box, where only one side has training samples."),
        Statement("there errors of J grow with J", f"{percent(by_J[0], 2)} and {percent(by_J[1], 2)} in the lower and upper half", by_J[1] > by_J[0]),
        Statement("there errors of J grow with g", f"{percent(by_g[0], 2)} and {percent(by_g[1], 2)} in the lower and upper half", by_g[1] > by_g[0]),
    ], figure="evaluations/full/error_map.svg|Mean absolute errors over the full space.")


def single(folder):
    """Figure 9 and Table 8, and the preset clean beside the paper's."""
    rows = table(folder / "combined-and-single/errors.csv")
    presets = table(folder / "presets/errors.csv")
    pairs = {n: (rows["combined", n], rows[f"only {n}", n]) for n in NAMES}

    def better(n):
        return pairs[n][1]["std"] < pairs[n][0]["std"]

    def interval(n):
        d = pairs[n][1]
        return (f"{100 * d['std_difference']:+.2f} [{100 * d['std_difference_lower']:+.2f}, {100 * d['std_difference_upper']:+.2f}] %")

    clean = {n: presets["clean", n]["std"] for n in NAMES}
    return Section("Fig. 9 and Table 8: one network for each parameter", [
        Statement("single networks are always better", "; ".join(f"{SYMBOLS[n]} {interval(n)}" for n in NAMES), all(map(better, NAMES))),
        Statement("η: less biased", f"|bias| {100 * abs(pairs['eta'][0]['bias']):.3f} and {100 * abs(pairs['eta'][1]['bias']):.3f} %",
                  abs(pairs["eta"][1]["bias"]) < abs(pairs["eta"][0]["bias"]),
                  "both are far below what trainings differ by: in such biases there is nothing to choose."),
        Statement("g: a slightly narrower peak", f"std {cells(pairs['g'][0])} and {cells(pairs['g'][1])} %", better("g")),
        Statement("J: very similar", f"std {cells(pairs['J'][0])} and {cells(pairs['J'][1])} %",
                  abs(pairs["J"][1]["std"] / pairs["J"][0]["std"] - 1) < 0.1,
                  "the gain is of the size of that of g."),
        Statement("the gains are small", "; ".join(f"{SYMBOLS[n]} {percent(1 - pairs[n][1]['std'] / pairs[n][0]['std'], 0)}" for n in NAMES),
                  all(pairs[n][1]["std"] > 0.75 * pairs[n][0]["std"] for n in NAMES)),
    ], text=errors_table(rows, ["combined", "only eta", "only g", "only J"])
        + "\n\nThe preset `clean` on the same samples, without noise: std "
        + ", ".join(f"{SYMBOLS[n]} {cells(presets['clean', n])} %" for n in NAMES)
        + f". Best is {SYMBOLS[min(clean, key=clean.get)]}.",
        figure="combined-and-single/results.svg|Errors of three trainings each.")


def designs(folder):
    """Figure 10 and Table 8."""
    rows = table(folder / "sampling-designs/errors.csv")

    def row(v, n):
        return rows[v, n]

    eta = row("grid", "eta")["std"] / row("random", "eta")["std"]
    biases = {n: row("grid", n)["bias"] for n in NAMES}
    spread = {n: np.hypot(row("grid", n)["bias_sd"], 1e-9) for n in NAMES}
    worse = [row("grid", n)["rmse"] > row("random", n)["rmse"] for n in NAMES]
    hypercube = [row("Latin hypercube", n)["rmse"] < row("random", n)["rmse"] for n in NAMES]
    return Section("Fig. 10 and Table 8: grid or random training samples", [
        Statement("η: almost no difference", f"std of the grid {eta:.2f} times that of random samples", abs(eta - 1) < 0.1,
                  "with as many samples for every value of a parameter as a grid has, networks learn little between its values."),
        Statement("g: the grid has a substantial bias towards lower values", f"bias {100 * biases['g']:+.2f} ± {100 * spread['g']:.2f} %",
                  biases["g"] < -2 * spread["g"], "no bias of this kind is found; the grid's errors are larger in width instead."),
        Statement("J: the same, less pronounced", f"bias {100 * biases['J']:+.2f} ± {100 * spread['J']:.2f} %",
                  biases["J"] < -2 * spread["J"], "as for g."),
        Statement("random samples are preferable", "RMSE of the grid larger for " + (", ".join(
            SYMBOLS[n] for n, w in zip(NAMES, worse) if w) or "none"), sum(worse) >= 2),
        Statement("Latin hypercubes might be better (a suggestion)", "RMSE smaller for " + (", ".join(
            SYMBOLS[n] for n, w in zip(NAMES, hypercube) if w) or "none"), all(hypercube) or None,
            "differences are of the size of those between trainings."),
    ], text=errors_table(rows, ["random", "grid", "Latin hypercube", "Sobol"]) + "\n\nSamples: "
        + sizes(folder / "sampling-designs/losses.csv") + ".",
        figure="sampling-designs/results.svg|Errors of three trainings each, tested on the same random samples.")
