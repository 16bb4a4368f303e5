"""Memory and time of the simulator against the size of the network, its rate and its density.

usage: scale.py --binary .build/release/brunel-lfp --output DIR [--repeats 3]

One thread, one biological second each. Memory is the largest resident size of the process, less that of a network of
a hundred neurons. Writes scale.md, scale.json and scale.svg.
"""

import argparse
import json
import os
import pathlib
import statistics
import subprocess
import sys
import tempfile

DURATION_MS = 1000
SIZES = [1250, 2500, 5000, 12500, 25000, 50000, 100000]
DENSITIES = [0.002, 0.01, 0.025, 0.05, 0.1, 0.2, 0.5]
POINTS = [(0.8, 8.0, 0.05), (0.9, 7.0, 0.25), (2.0, 5.0, 0.1), (2.8, 5.5, 0.05), (4.0, 7.0, 0.15), (2.0, 4.5, 0.35),
          (4.0, 4.5, 0.05), (2.0, 3.5, 0.25)]


def simulate(binary, neurons, in_degree, point, folder):
    eta, g, J = point
    study = folder / "network.yaml"
    study.write_text(f"network: {{excitatory_neurons: {neurons * 4 // 5}, inhibitory_neurons: {neurons // 5}, "
                     f"connection_fraction: {in_degree / neurons:.10g}}}\n")
    command = [binary, "simulate", "--config", study, "--eta", str(eta), "--g", str(g), "--J", str(J), "--duration-ms",
               str(DURATION_MS), "--json", "--quiet"]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    output = process.stdout.read()
    _, status, usage = os.wait4(process.pid, 0)
    if status:
        sys.exit(f"{' '.join(map(str, command))} failed")
    return json.loads(output) | {"MiB": usage.ru_maxrss / 1024}


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--binary", required=True)
    parser.add_argument("--output", required=True, type=pathlib.Path)
    parser.add_argument("--repeats", type=int, default=3)
    arguments = parser.parse_args()

    paper = (2.0, 5.0, 0.1)
    scaled = lambda degree: (2.0, 5.0, 0.1 * (1250 / degree) ** 0.5)  # fluctuations of similar size
    cases = [("size, 10 % connected", n, n // 10, scaled(n // 10)) for n in SIZES]
    cases += [("size, in-degree 1250", n, 1250, paper) for n in SIZES if n >= 5000]
    cases += [("density", 12500, round(12500 * d), scaled(round(12500 * d))) for d in DENSITIES]
    cases += [("rate", 12500, 1250, point) for point in POINTS]

    rows = []
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        empty = min(simulate(arguments.binary, 100, 10, (1, 5, 1), folder)["MiB"] for _ in range(3))
        for series, neurons, in_degree, point in cases:
            runs = [simulate(arguments.binary, neurons, in_degree, point, folder) for _ in range(arguments.repeats)]
            seconds = {part: statistics.median(run[part] for run in runs) for part in ("build_s", "simulate_s")}
            rows.append({
                "series": series, "neurons": neurons, "in_degree": in_degree, "point": point,
                "rate_Hz": (4 * runs[0]["rate_E_Hz"] + runs[0]["rate_I_Hz"]) / 5,
                "MiB": statistics.median(run["MiB"] for run in runs) - empty,
                "wiring_s": seconds["build_s"], "simulate_s": 1000 * seconds["simulate_s"] / DURATION_MS})
            print(rows[-1], file=sys.stderr)

    header = ("series", "neurons", "in-degree", "eta", "g", "J (mV)", "rate (Hz)", "MiB", "wiring (s)",
              "s per biological s")
    lines = [(row["series"], row["neurons"], row["in_degree"], *(f"{value:.3g}" for value in row["point"]),
              f"{row['rate_Hz']:.1f}", f"{row['MiB']:.1f}", f"{row['wiring_s']:.3f}", f"{row['simulate_s']:.3f}")
             for row in rows]
    arguments.output.mkdir(parents=True, exist_ok=True)
    table = "\n".join("| " + " | ".join(map(str, line)) + " |" for line in [header, ("---",) * len(header), *lines])
    (arguments.output / "scale.md").write_text(table + "\n")
    (arguments.output / "scale.json").write_text(json.dumps(rows, indent=1))
    draw(rows, arguments.output / "scale.svg")
    print(table)


def draw(rows, path):
    import matplotlib
    matplotlib.use("svg")
    import matplotlib.pyplot as plt
    plt.rcParams.update({"font.size": 8, "axes.spines.top": False, "axes.spines.right": False,
                         "svg.hashsalt": "scale", "svg.fonttype": "none"})
    of = lambda series: [row for row in rows if row["series"] == series]
    figure, axes = plt.subplots(2, 3, figsize=(7.5, 4.4), layout="constrained", sharey="row")
    for series, colour in (("size, 10 % connected", "tab:blue"), ("size, in-degree 1250", "tab:orange")):
        curves(axes[:, 0], [row["neurons"] for row in of(series)], of(series), colour, series.split(", ")[1])
    curves(axes[:, 1], [row["in_degree"] / row["neurons"] for row in of("density")], of("density"), "tab:blue")
    byRate = sorted(of("rate"), key=lambda row: row["rate_Hz"])
    curves(axes[:, 2], [row["rate_Hz"] for row in byRate], byRate, "tab:blue")
    axes[0, 0].legend(frameon=False)
    for column, label in enumerate(("neurons", "density of connections", "rate (Hz)")):
        axes[1, column].set_xlabel(label)
    axes[0, 0].set_ylabel("time (s)")
    axes[0, 1].plot([], [], "o-", color="grey", markersize=3, label="biological second")
    axes[0, 1].plot([], [], "o--", color="grey", markersize=2, linewidth=0.8, label="wiring")
    axes[0, 1].legend(frameon=False, loc="lower right")
    for row in axes[:, 2]:
        row.set_xscale("linear")
    axes[1, 0].set_ylabel("memory (MiB)")
    figure.savefig(path, metadata={"Date": None})


def curves(axes, x, rows, colour, label=None):
    axes[0].loglog(x, [row["simulate_s"] for row in rows], "o-", color=colour, markersize=3, label=label)
    axes[0].loglog(x, [row["wiring_s"] for row in rows], "o--", color=colour, markersize=2, linewidth=0.8)
    axes[1].loglog(x, [row["MiB"] for row in rows], "o-", color=colour, markersize=3)


if __name__ == "__main__":
    main()
