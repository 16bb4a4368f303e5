"""Errors of the NEF's two populations by number of neurons, function and solver, and what of them is a lead.

    python Benchmarks/validation/nef_error.py > nef_error.md

Means over 20 seeds of the root mean square of output − ideal, x = sin t, 10 s, everything else as `brunel-lfp nef` has it.
Takes one to two minutes.
"""

import json
import subprocess
from pathlib import Path

PROGRAM = Path(__file__).resolve().parents[2] / ".build/release/brunel-lfp"
FUNCTIONS = ["x", "x^2", "sin(pi*x)", "0.5*x^3-0.25", "abs(x)"]
SOLVERS = {"pseudo-inverse": [], "ridge 0.1": ["--ridge", "0.1"], "ridge 0.01": ["--ridge", "0.01"]}
POPULATIONS = [(50, 40)] + [(n, n) for n in (10, 20, 40, 80, 100, 120, 160, 320)]
SIZES = [20, 40, 80, 160, 320, 640]
RATES = ["25,75", "50,100", "100,200", "200,400"]


def errors(neurons, function, options):
    answer = subprocess.run(
        [PROGRAM, "nef", "--neurons-a", str(neurons[0]), "--neurons-b", str(neurons[1]), "--function", function]
        + ["--seeds", "20", "--json", "--quiet", *options],
        check=True, capture_output=True, text=True,
    )
    return json.loads(answer.stdout)


def table(header, rows):
    print("| " + " | ".join(header) + " |")
    print("| " + " | ".join("---" for _ in header) + " |")
    for row in rows:
        print("| " + " | ".join(row) + " |", flush=True)
    print()


def by_neurons():
    for solver, options in SOLVERS.items():
        print(f"{solver}: mean (largest)\n")
        rows = (
            [f"{a}, {b}"] + [f"{e['rms_mean']:.4f} ({e['rms_max']:.3f})" for e in (errors((a, b), f, options) for f in FUNCTIONS)]
            for a, b in POPULATIONS
        )
        table(["neurons of A, B"] + [f.replace("*", "\\*") for f in FUNCTIONS], rows)


def leads(cases, name):
    """What the lead explains of the error of x, by (label, neurons, options)."""

    def row(case):
        label, neurons, options = case
        e = errors((neurons, neurons), "x", ["--ridge", "0.01", *options])
        return [label, f"{e['rms_mean']:.4f}", f"{e['rms_without_lead']:.4f}"] + [
            f"{e[key]:.1f} ms" for key in ("lead_ms", "lead_A_ms", "lead_B_ms")
        ]

    table([name, "error", "without lead", "lead", "of A", "of B"], map(row, cases))


if __name__ == "__main__":
    by_neurons()
    print("x, ridge 0.01\n")
    leads([(str(n), n, []) for n in SIZES], "neurons of A and of B")
    leads([(f"{r} Hz", 320, ["--rates-a", r, "--rates-b", r]) for r in RATES], "largest rates of 320 neurons each")
