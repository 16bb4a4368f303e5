"""Appends how fast simulation and training are, with what, to a table that releases keep: docs/speed-history.csv.

usage: history.py [--build .build/release] [--output docs/speed-history.csv] [--peers PYTHON]

To be run in the root of the repository on an idle machine, after building the products brunel-lfp, simulator-parts and
training-parts. With --peers, a Python that has NEST (simulator/requirements.txt), also the times that NEST takes on the
networks of Fig. 5 divided by ours (simulator/compare.py, one repeat, two minutes more).
"""

import argparse
import csv
import datetime
import json
import pathlib
import subprocess
import tempfile
import time

SAMPLES = 60


def output(*command):
    return subprocess.run([str(word) for word in command], check=True, capture_output=True, text=True).stdout


def machine():
    lines = pathlib.Path("/proc/cpuinfo").read_text().splitlines()
    names = [line.split(":", 1)[1].strip() for line in lines if line.startswith("model name")]
    return f"{names[0] if names else 'unknown'}, {len(names)} cores"


def parts(build):
    """Columns from the tables of simulator-parts."""
    found = {}
    for line in output(build / "simulator-parts").splitlines():
        cells = [cell.strip() for cell in line.strip("| ").split("|")]
        if len(cells) == 2 and cells[0] == "instructions":
            found["instructions"] = cells[1]
        elif len(cells) == 6 and cells[2][:1].isdigit():
            found[f"{cells[0].split(', ')[0] if cells[0].startswith('update') else cells[0]} (ns)"] = cells[2]
        elif len(cells) == 5 and cells[0] in "abcde":
            found[f"Fig. 5 {cells[0]} (s/s)"] = cells[3]
    return found


def training(build):
    """Columns from the table of training-parts: samples per second of one thread, and their share of the core's peak."""
    found = {}
    for line in output(build / "training-parts").splitlines():
        cells = [cell.strip() for cell in line.strip("| ").split("|")]
        if len(cells) == 6 and cells[1] == "1":
            name = cells[0].split(",")[0]
            found |= {f"{name} (samples/s)": cells[2], f"{name} (% of peak)": cells[4].removesuffix(" %")}
    return found


def generating(build):
    """Seconds per sample of the paper's box, wiring and spectra included, with one worker."""
    with tempfile.TemporaryDirectory() as folder:
        start = time.perf_counter()
        output(
            build / "brunel-lfp", "generate", "configs/paper-full.yaml", "--set", f"sampling.samples={SAMPLES}", "--output",
            f"{folder}/shards", "--workers", 1, "--quiet")
        return (time.perf_counter() - start) / SAMPLES


def nest_ratios(build, python):
    with tempfile.TemporaryDirectory() as folder:
        output(
            python, "Benchmarks/simulator/compare.py", "--binary", build / "brunel-lfp", "--peers", "nest", "--repeats", 1,
            "--output", folder)
        rows = list(csv.reader(pathlib.Path(folder, "times.md").read_text().splitlines(), delimiter="|"))
        return {f"NEST/ours {row[1].strip()}": row[-2].strip() for row in rows if "NEST" in "".join(row)}


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--build", type=pathlib.Path, default=pathlib.Path(".build/release"))
    parser.add_argument("--output", type=pathlib.Path, default=pathlib.Path("docs/speed-history.csv"))
    parser.add_argument("--peers")
    arguments = parser.parse_args()
    row = {
        "date": datetime.date.today().isoformat(), "commit": output("git", "rev-parse", "--short", "HEAD").strip(),
        "machine": machine()}
    row |= parts(arguments.build)
    row |= training(arguments.build)
    row["generate (s/sample)"] = f"{generating(arguments.build):.3f}"
    if arguments.peers:
        row |= nest_ratios(arguments.build, arguments.peers)
    earlier = []
    if arguments.output.exists():
        with open(arguments.output, newline="") as file:
            earlier = list(csv.DictReader(file))
    columns = list(dict.fromkeys(column for line in [*earlier, row] for column in line))
    with open(arguments.output, "w", newline="") as file:
        writer = csv.DictWriter(file, columns, lineterminator="\n")
        writer.writeheader()
        writer.writerows([*earlier, row])
    print(json.dumps(row, indent=1))


if __name__ == "__main__":
    main()
