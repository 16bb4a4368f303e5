"""Tests whether rate, CV and histogram variance have the same means in the simulator and in NEST, with many seeds of each.

    python equivalence_with_nest.py --binary ../../.build/release/brunel-lfp --output /tmp/equivalence

Two answers per quantity: Welch's t test of a difference (Holm-corrected over all tests), and the 95 % interval of the
difference, which must lie within 1.5 % (rate) or 3 % (CV) of NEST's mean. Points need at least 20 runs of NEST over one
window of time. Writes `equivalence.md`; exits 1 if a difference is found or an interval is too wide.
"""

import argparse
import json
import sys
import tempfile
from collections import Counter
from pathlib import Path

import numpy as np
from scipy import stats

from compare_with_nest import FREQUENCIES, REFERENCE, own_run

LEAST_RUNS = 20
LEVEL = 0.05
# Relative half width that the interval of a difference must lie within.
MARGINS = {"rate": 0.015, "CV": 0.03, "variance": None}


def quantities(run: dict) -> dict[str, float]:
    """Mean rate of all neurons, CV, and logarithm of the variance of the 1 ms population histogram."""
    power = np.asarray(run["psd_rate"])[1:].sum() * FREQUENCIES[1]
    return {"rate": 0.8 * run["rate_E_Hz"] + 0.2 * run["rate_I_Hz"], "CV": run["cv_isi"], "variance": np.log(power)}


def main() -> None:
    parser = argparse.ArgumentParser(description="Test for differences between the simulator and NEST.")
    parser.add_argument("--binary", type=Path, required=True, help="the built brunel-lfp")
    parser.add_argument("--seeds", type=int, default=60, help="own runs per point (default 60)")
    parser.add_argument("--output", type=Path, required=True, help="folder for the table")
    parser.add_argument("--reference", type=Path, default=REFERENCE)
    arguments = parser.parse_args()

    tests = []
    for point in json.loads(arguments.reference.read_text())["points"]:
        windows = Counter((run["duration_ms"], run["transient_ms"]) for run in point["runs"])
        (duration, transient), count = windows.most_common(1)[0]
        if count < LEAST_RUNS:
            continue
        print(point["name"], file=sys.stderr, flush=True)
        nest = [quantities(r) for r in point["runs"] if (r["duration_ms"], r["transient_ms"]) == (duration, transient)]
        with tempfile.TemporaryDirectory() as folder:
            own = [
                quantities(own_run(point, duration, transient, seed, arguments.binary, Path(folder)))
                for seed in range(1, arguments.seeds + 1)
            ]
        for name, margin in MARGINS.items():
            a, b = (np.array([run[name] for run in runs]) for runs in (own, nest))
            result = stats.ttest_ind(a, b, equal_var=False)
            low, high = result.confidence_interval(0.95)
            # Variances are compared as logarithms, whose differences are relative already.
            scale = 1 if name == "variance" else b.mean()
            tests.append((point["name"], name, len(b), len(a), b.mean(), a.mean(), low / scale, high / scale,
                          result.pvalue, margin))
    if not tests:
        sys.exit(f"no point of {arguments.reference} has {LEAST_RUNS} runs of NEST over one window")

    # Holm: the smallest p times the number of tests, the next times one less, and so on, never decreasing.
    order = np.argsort([test[8] for test in tests])
    adjusted = np.empty(len(tests))
    largest = 0.0
    for rank, index in enumerate(order):
        largest = max(largest, min(1.0, (len(tests) - rank) * tests[index][8]))
        adjusted[index] = largest

    lines = ["| point | quantity | runs NEST, own | NEST | own | 95 % interval of the difference | p (Holm) | |",
             "|---|---|---|---|---|---|---|---|"]
    agrees = True
    for (point, name, n, m, there, here, low, high, _, margin), p in zip(tests, adjusted):
        fits = p >= LEVEL and (margin is None or (low > -margin and high < margin))
        agrees &= fits
        value = "log variance" if name == "variance" else name
        lines.append(f"| {point} | {value} | {n}, {m} | {there:.4g} | {here:.4g} | {low:+.2%} … {high:+.2%} | {p:.2f} "
                     f"| {'' if fits else 'differs'} |")
    arguments.output.mkdir(parents=True, exist_ok=True)
    (arguments.output / "equivalence.md").write_text("\n".join(lines) + "\n")
    print("\n".join(lines))
    sys.exit(0 if agrees else 1)


if __name__ == "__main__":
    main()
