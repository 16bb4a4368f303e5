"""How often `estimate --check` finds spectra unlike simulations with the estimated parameters, and how typical they are.

usage: check_power.py --binary brunel-lfp --model model.h5 --output DIR --datasets NAME=FILE ... [--samples 100]
                      [--simulations 20] [--threads 2]

Takes the first test samples of each data set: of networks like those of the training the check's probability should be uniform, of
others small. What is checked is kept in DIR, and not simulated again. Prints a table: shares of probabilities below 5, 1 and 0.1 %,
the test of uniformity, shares of typicality below 5 and 1 %, and of spectra with a typicality below 1 % those below 1 % in the check.
"""

import argparse
import json
import pathlib
import subprocess

import numpy as np
import scipy.stats

from detection import write_changed


def checked(arguments, name, dataset):
    """Answers of `estimate` to the test samples of a data set."""
    path = arguments.output / (name.replace(" ", "-").replace("/", "") + ".json")
    if not path.exists():
        spectra = path.with_suffix(".h5")
        write_changed(dataset, spectra, lambda psd, _: psd, arguments.samples)
        command = [arguments.binary, "estimate", "--model", arguments.model, "--input", spectra, "--json", "--quiet",
                   "--check", arguments.simulations, "--threads", arguments.threads]
        done = subprocess.run([str(word) for word in command], capture_output=True, text=True)
        if done.returncode:
            raise SystemExit(f"{' '.join(map(str, command))}:\n{done.stderr.strip()}")
        path.write_text(done.stdout)
    return json.loads(path.read_text())


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--binary", default="brunel-lfp")
    parser.add_argument("--model", required=True)
    parser.add_argument("--output", required=True, type=pathlib.Path)
    parser.add_argument("--datasets", required=True, nargs="+")
    parser.add_argument("--samples", type=int, default=100)
    parser.add_argument("--simulations", type=int, default=20)
    parser.add_argument("--threads", type=int, default=2)
    arguments = parser.parse_args()
    arguments.output.mkdir(parents=True, exist_ok=True)
    print("| networks | number | check < 5 % | < 1 % | < 0.1 % | uniform: p | typicality < 5 % | < 1 % | check < 1 % where that is |")
    print("| --- | --- | --- | --- | --- | --- | --- | --- | --- |")
    for word in arguments.datasets:
        name, dataset = word.split("=", 1)
        rows = checked(arguments, name, dataset)
        p = np.array([row["check"]["p"] for row in rows])
        typicality = np.array([row["typicality"] for row in rows])
        untypical = typicality < 0.01
        both = f"{np.mean(p[untypical] < 0.01):.0%} of {untypical.sum()}" if untypical.any() else ""
        shares = [f"{np.mean(p < limit):.0%}" for limit in (0.05, 0.01, 0.001)]
        print(f"| {name} | {len(p)} | {' | '.join(shares)} | {scipy.stats.kstest(p, 'uniform').pvalue:.2g} | "
              f"{np.mean(typicality < 0.05):.0%} | {np.mean(untypical):.0%} | {both} |", flush=True)


if __name__ == "__main__":
    main()
