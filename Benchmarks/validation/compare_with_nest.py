"""Compares the simulator with NEST at every point of the reference file.

    python compare_with_nest.py --binary ../../.build/release/brunel-lfp --output /tmp/comparison

Each run of NEST is repeated with own seeds over the same window of time. Writes `comparison.md` and
`comparison.png`; exits 1 if anything disagrees. About two minutes on one core.
"""

import argparse
import json
import math
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

import h5py
import numpy as np
from matplotlib.figure import Figure
from scipy import stats

from population_rate import rate_spectrum

REFERENCE = Path(__file__).with_name("nest_activity.json")
QUANTITIES = {"rate_E_Hz": "rate E (Hz)", "rate_I_Hz": "rate I (Hz)", "cv_isi": "CV"}

# Realisations of one network differ by chance, and so do means over them: up to three standard errors. Means
# that are closer than the relative or absolute tolerance agree in any case.
STANDARD_ERRORS = 3
RELATIVE_TOLERANCE = {"rate_E_Hz": 0.015, "rate_I_Hz": 0.015, "cv_isi": 0.03}
ABSOLUTE_TOLERANCE = {"rate_E_Hz": 0.0, "rate_I_Hz": 0.0, "cv_isi": 0.01}

# Spectra are compared by their power in bands of ten frequencies (33 Hz), without the constant part. Among so
# many bands one may exceed three standard errors by chance; bounded is the probability of a false alarm.
FREQUENCIES = np.arange(151) * 1000 / 300
BAND_SIZE = 10
FALSE_ALARM = 0.01
SHUFFLES = 2000


@dataclass
class Point:
    """Both simulators' runs of one network: values by quantity, spectra as rows."""

    definition: dict
    nest: dict[str, np.ndarray]
    own: dict[str, np.ndarray]

    @property
    def name(self) -> str:
        return self.definition["name"]


def main() -> None:
    parser = argparse.ArgumentParser(description="Compare the simulator with NEST.")
    parser.add_argument("--binary", type=Path, required=True, help="the built brunel-lfp")
    parser.add_argument("--seeds", type=int, default=6, help="own runs per point, at least (default 6)")
    parser.add_argument("--output", type=Path, required=True, help="folder for tables and figure")
    parser.add_argument("--reference", type=Path, default=REFERENCE)
    arguments = parser.parse_args()
    if arguments.seeds < 2:
        parser.error("at least two seeds are needed for standard errors")
    arguments.output.mkdir(parents=True, exist_ok=True)

    points = []
    for definition in json.loads(arguments.reference.read_text())["points"]:
        print(definition["name"], file=sys.stderr, flush=True)
        own = own_runs(definition, arguments.binary, arguments.seeds)
        points.append(Point(definition, nest=columns(definition["runs"]), own=columns(own)))

    report, agrees = compare(points)
    print(report)
    (arguments.output / "comparison.md").write_text(report + "\n")
    plot(points).savefig(arguments.output / "comparison.png", dpi=130)
    sys.exit(0 if agrees else 1)


# Simulations


def own_runs(definition: dict, binary: Path, seeds: int) -> list[dict]:
    """Repeats each of NEST's runs equally often, so that both sides have the same mixture of windows."""
    repetitions = math.ceil(seeds / len(definition["runs"]))
    with tempfile.TemporaryDirectory() as folder:
        return [
            own_run(definition, run["duration_ms"], run["transient_ms"], seed, binary, Path(folder))
            for seed, run in enumerate(definition["runs"] * repetitions, start=1)
        ]


def own_run(
    definition: dict, duration_ms: int, transient_ms: int, seed: int, binary: Path, folder: Path
) -> dict:
    """One run of the simulator, with the keys of a run in the reference file."""
    network = {key: definition[key] for key in ("multapses", "autapses")}
    simulation = {"duration_ms": duration_ms, "transient_ms": transient_ms}
    configuration, output = folder / "configuration.yaml", folder / f"{seed}.h5"
    # JSON is YAML.
    configuration.write_text(json.dumps({"network": network, "simulation": simulation}))

    command = [binary, "simulate", "--config", configuration, "--output", output, "--json", "--quiet"]
    command += ["--duration-ms", duration_ms, "--seed", seed]
    for name in ("eta", "g", "J"):
        command += [f"--{name}", definition[name]]
    command = [str(word) for word in command]
    finished = subprocess.run(command, stdout=subprocess.PIPE, text=True)
    if finished.returncode != 0:
        sys.exit(f"exit status {finished.returncode} from: {' '.join(command)}")

    figures = json.loads(finished.stdout)
    with h5py.File(output) as file:
        histogram = (file["histogram/E"][:] + file["histogram/I"][:])[transient_ms:]
    return {name: figures[name] for name in QUANTITIES} | {"psd_rate": rate_spectrum(histogram)}


def columns(runs: list[dict]) -> dict[str, np.ndarray]:
    """Runs as one array per quantity."""
    return {name: np.array([run[name] for run in runs]) for name in [*QUANTITIES, "psd_rate"]}


# Statistics


def z_scores(own: np.ndarray, nest: np.ndarray) -> np.ndarray:
    """Differences of the means over the first axis in standard errors.

    The standard error is that of both sides pooled, so one run of NEST is enough. As it comes from few runs,
    Student's t is mapped to the normal deviate of equal probability.
    """
    n, m = len(own), len(nest)
    squares = n * own.var(axis=0) + m * nest.var(axis=0)
    error = np.sqrt(squares / (n + m - 2) * (1 / n + 1 / m))
    t = (own.mean(axis=0) - nest.mean(axis=0)) / error
    return np.sign(t) * stats.norm.isf(stats.t.sf(np.abs(t), n + m - 2))


def band_levels(psd: np.ndarray) -> np.ndarray:
    """Logarithm of the mean power in each band, shape [run, band]; nearly normal, unlike the power."""
    return np.log(psd[:, 1:].reshape(len(psd), -1, BAND_SIZE).mean(axis=2))


def shuffled_share(levels: list[tuple[np.ndarray, np.ndarray]], observed: float) -> float:
    """Probability that, were both simulators alike, as large a share of bands would differ by more than two
    standard errors. Runs exchange sides at random, which keeps the correlations between bands."""
    random = np.random.default_rng(1)
    extreme = 0
    for _ in range(SHUFFLES):
        z = []
        for own, nest in levels:
            runs = random.permutation(np.concatenate([own, nest]))
            z.append(z_scores(runs[: len(own)], runs[len(own) :]))
        extreme += np.mean(np.abs(z) > 2) >= observed
    return (extreme + 1) / (SHUFFLES + 1)


# Report


def compare(points: list[Point]) -> tuple[str, bool]:
    """The report in Markdown, and whether everything agrees."""
    activity, activity_agrees = compare_activity(points)
    spectra, spectra_agree = compare_spectra(points)
    agrees = activity_agrees and spectra_agree
    verdict = "Everything agrees." if agrees else "**Something disagrees.**"
    return "\n".join(["# Comparison with NEST", "", verdict, "", *activity, "", *spectra]), agrees


def compare_activity(points: list[Point]) -> tuple[list[str], bool]:
    lines = [
        "NEST's mean → own mean (difference, z = difference in standard errors).",
        "",
        "| point | η, g, J (mV) | runs NEST, own | " + " | ".join(QUANTITIES.values()) + " |",
        "|---|---|---|" + "---|" * len(QUANTITIES),
    ]
    all_agree = True
    for point in points:
        cells = []
        for name in QUANTITIES:
            own, nest = point.own[name], point.nest[name]
            difference, z = own.mean() - nest.mean(), z_scores(own, nest)
            tolerance = max(RELATIVE_TOLERANCE[name] * nest.mean(), ABSOLUTE_TOLERANCE[name])
            agrees = abs(difference) <= tolerance or abs(z) <= STANDARD_ERRORS
            all_agree &= bool(agrees)
            cells.append(
                f"{nest.mean():.4g} → {own.mean():.4g} ({difference / nest.mean():+.1%}, z {z:+.1f})"
                + ("" if agrees else " **disagrees**")
            )
        d = point.definition
        runs = f"{len(point.nest['cv_isi'])}, {len(point.own['cv_isi'])}"
        lines.append(f"| {point.name} | {d['eta']}, {d['g']}, {d['J']} | {runs} | {' | '.join(cells)} |")
    return lines, all_agree


def compare_spectra(points: list[Point]) -> tuple[list[str], bool]:
    levels = [(band_levels(p.own["psd_rate"]), band_levels(p.nest["psd_rate"])) for p in points]
    z = np.array([z_scores(own, nest) for own, nest in levels])
    largest = stats.norm.isf(FALSE_ALARM / 2 / z.size)
    beyond_two, beyond_three = np.mean(np.abs(z) > 2), np.mean(np.abs(z) > 3)
    probability = shuffled_share(levels, beyond_two)

    lines = [
        "Power of the population rate in bands of 33 Hz, own relative to NEST's.",
        "",
        "| point | median ratio | band of largest z | its ratio, z | bands beyond 2, 3 |",
        "|---|---|---|---|---|",
    ]
    for point, (own, nest), row in zip(points, levels, z, strict=True):
        ratio = np.exp(own.mean(axis=0) - nest.mean(axis=0))
        worst = np.argmax(np.abs(row))
        first, last = FREQUENCIES[worst * BAND_SIZE + 1], FREQUENCIES[(worst + 1) * BAND_SIZE]
        mark = "" if abs(row[worst]) <= largest else " **disagrees**"
        lines.append(
            f"| {point.name} | {np.median(ratio):.3f} | {first:.0f} … {last:.0f} Hz "
            f"| {ratio[worst]:.3f}, {row[worst]:+.1f}{mark} "
            f"| {np.sum(np.abs(row) > 2)}, {np.sum(np.abs(row) > 3)} of {len(row)} |"
        )
    share_mark = "" if probability >= FALSE_ALARM else " **disagrees**"
    lines += [
        "",
        f"Of all {z.size} bands {beyond_two:.1%} lie beyond 2 standard errors (by chance 4.6%; as many or "
        f"more in {probability:.0%} of shuffles of the runs{share_mark}) and {beyond_three:.1%} beyond 3 (by "
        f"chance 0.3%). The bound for a single band is {largest:.1f}.",
    ]
    return lines, bool(np.all(np.abs(z) <= largest)) and probability >= FALSE_ALARM


def plot(points: list[Point]) -> Figure:
    """Spectra of all points, means over runs as lines, the range of runs as shades."""
    columns_of_panels = 4
    rows = math.ceil(len(points) / columns_of_panels)
    figure = Figure(figsize=(4 * columns_of_panels, 3 * rows), layout="constrained")
    panels = figure.subplots(rows, columns_of_panels, sharex=True, squeeze=False).flat
    for panel in list(panels)[len(points) :]:
        panel.remove()
    for panel, point in zip(figure.axes, points, strict=True):
        for label, runs, color in (("NEST", point.nest, "tab:orange"), ("brunel-lfp", point.own, "tab:blue")):
            psd, f = runs["psd_rate"][:, 1:], FREQUENCIES[1:]
            panel.semilogy(f, psd.mean(axis=0), color=color, label=f"{label} (n = {len(psd)})")
            panel.fill_between(f, psd.min(axis=0), psd.max(axis=0), color=color, alpha=0.2, linewidth=0)
        panel.set_title(point.name, fontsize=10)
        panel.legend(fontsize=8)
    figure.supxlabel("frequency (Hz)")
    figure.supylabel("power of the population rate ((spikes/s)²/Hz)")
    return figure


if __name__ == "__main__":
    main()
