"""Times the simulator against NEST and Brian2 on the five networks of Skaar et al. 2020, Fig. 5, one thread each.

usage: compare.py --binary .build/release/brunel-lfp --output DIR [--repeats 3] [--peers nest brian2]

Runs take turns, so that a machine busy with other work is as unfair to all. Writes times.md and times.json: medians of
the seconds that one biological second takes, without building the network, and their ratios.
"""

import argparse
import json
import pathlib
import statistics
import subprocess
import sys

POINTS = {  # name: (eta, g, J in mV, settling time and timed part of the slow peers in ms)
    "a": (2.0, 3.5, 0.25, 30, 120),
    "b": (4.0, 7.0, 0.15, 100, 500),
    "c": (0.9, 7.0, 0.25, 200, 1500),
    "d": (2.8, 5.5, 0.05, 100, 400),
    "e": (2.0, 4.5, 0.35, 100, 500),
}
OWN_MS = 3000


def own(binary, point, seed):
    eta, g, J = point[:3]
    line = subprocess.run(
        [binary, "simulate", "--eta", str(eta), "--g", str(g), "--J", str(J), "--duration-ms", str(OWN_MS),
         "--seed", str(seed), "--json"], check=True, capture_output=True, text=True).stdout
    run = json.loads(line)
    return {"name": "brunel-lfp", "build_s": run["build_s"],
            "seconds_per_second": 1000 * run["simulate_s"] / OWN_MS,
            "rate_Hz": (4 * run["rate_E_Hz"] + run["rate_I_Hz"]) / 5}


def peer(name, point, seed):
    script = pathlib.Path(__file__).with_name(f"{name}_peer.py")
    done = subprocess.run([sys.executable, script, *map(str, point), str(seed)], capture_output=True, text=True)
    if done.returncode:
        sys.exit(f"{script.name} failed:\n{done.stderr[-2000:]}")
    return json.loads(done.stdout.strip().splitlines()[-1])


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--binary", required=True)
    parser.add_argument("--output", required=True, type=pathlib.Path)
    parser.add_argument("--repeats", type=int, default=3)
    parser.add_argument("--peers", nargs="*", default=["nest", "brian2"])
    arguments = parser.parse_args()

    runs = {}
    for name, point in POINTS.items():
        for seed in range(1, arguments.repeats + 1):
            found = [own(arguments.binary, point, seed)]
            for other in arguments.peers:
                found.append(peer(other, point, seed))
                found.append(own(arguments.binary, point, seed))
            for run in found:
                runs.setdefault(name, {}).setdefault(run["name"], []).append(run)
            print(name, [(run["name"], round(run["seconds_per_second"], 3)) for run in found], file=sys.stderr)

    lines = []
    for name, by_program in runs.items():
        median = {program: statistics.median(run["seconds_per_second"] for run in found)
                  for program, found in by_program.items()}
        ours = median["brunel-lfp"]
        for program, found in by_program.items():
            rate = statistics.mean(run["rate_Hz"] for run in found)
            build = statistics.median(run["build_s"] for run in found)
            lines.append((name, *POINTS[name][:3], program, f"{rate:.2f}", f"{build:.2f}",
                          f"{median[program]:.3f}", f"{median[program] / ours:.0f}"))
    header = ("Fig. 5", "eta", "g", "J (mV)", "program", "rate (Hz)", "build (s)", "s per biological s", "ratio")
    table = "\n".join("| " + " | ".join(map(str, row)) + " |" for row in [header, ("---",) * len(header), *lines])
    arguments.output.mkdir(parents=True, exist_ok=True)
    (arguments.output / "times.md").write_text(table + "\n")
    (arguments.output / "times.json").write_text(json.dumps(runs, indent=1))
    print(table)


if __name__ == "__main__":
    main()
