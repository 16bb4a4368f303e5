"""Time per step of learning, against the MATLAB scripts that Brendel et al. 2020 published, under GNU Octave.

usage: octave.py SCRIPTS [--program .build/release/brunel-lfp] [--rounds 3]

SCRIPTS is a checkout of https://github.com/machenslab/spikes (its folder UnsupervisedLearning/Figure2 and Figure4 are used), whose
files stay as they are: copies in a temporary folder get fewer iterations, end after learning, and draw normal numbers by `randn` in
place of `mvnrnd`, which Octave has in an additional package only. Both programs run on one thread, in turns; a step's time is the
difference between two runs of different length over the difference in steps, so that starting and testing do not count. Needs
Octave (Debian: octave) and an idle machine."""
import argparse
import pathlib
import re
import statistics
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]
STAND_IN = "function r = mvnrnd(m, s, n)\n  r = randn(n, numel(m));\nend\n"
# Figure, the authors' main script, sequences of 1000 steps in Octave's two runs, and steps in ours.
CASES = [("fig2", "Figure2", "twoDWhite", (20, 120), (1_000_000, 5_000_000)),
         ("fig4", "Figure4", "LearningDale", (5, 25), (100_000, 1_100_000))]


def seconds(command, folder):
    start = time.perf_counter()
    subprocess.run(command, cwd=folder, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return time.perf_counter() - start


def octave(source, main, sequences, folder):
    """Seconds that the authors' learning takes for a number of sequences."""
    for file in source.glob("*.m"):
        text = file.read_text(errors="replace")
        if file.name == "Learning.m":
            text, shortened = re.subn(r"^Nit\s*=\s*[\d^]+", f"Nit={sequences}", text, flags=re.M)
            # The loop over time is the first one that ends in the first column.
            head, loop, rest = text.partition("for i=2:TotTime")
            body, end, rest = rest.partition("\nend")
            if shortened != 1 or not loop or not end:
                sys.exit(f"{file}: is not the script that this benchmark knows")
            text = head + loop + body + end + "\nexit(0);\n" + rest
        (folder / file.name).write_text(text)
    (folder / "mvnrnd.m").write_text(STAND_IN)
    return seconds(["octave-cli", "--quiet", "--no-gui", f"{main}.m"], folder)


def ours(program, figure, steps, folder):
    """Seconds that our learning and as few tests as possible take for a number of steps."""
    key = "learning.steps" if figure == "fig2" else "steps"
    settings = [f"{key}={steps}", "test.trials=1", "test.steps=1000", "test.fitting_steps=1000"]
    settings += ["learning.recurrent_only_steps=1"] if figure == "fig2" else ["test.constant_trials=2", "test.directions=4"]
    command = [program, "spike-coding", str(ROOT / f"configs/spike-coding/{figure}.yaml"), "--output", str(folder), "--quiet"]
    for setting in settings:
        command += ["--set", setting]
    return seconds(command, ROOT)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("scripts", type=pathlib.Path)
    parser.add_argument("--program", default=str(ROOT / ".build/release/brunel-lfp"))
    parser.add_argument("--rounds", type=int, default=3)
    arguments = parser.parse_args()
    print("| | Octave (µs a step) | here (µs a step) | ratio |\n| --- | --- | --- | --- |")
    for figure, name, script, sequences, steps in CASES:
        source = arguments.scripts / "UnsupervisedLearning" / name
        if not (source / f"{script}.m").exists():
            sys.exit(f"{source}: has no {script}.m")
        times = []
        for _ in range(arguments.rounds):
            with tempfile.TemporaryDirectory() as scratch:
                scratch = pathlib.Path(scratch)
                few, many = (octave(source, script, n, scratch) for n in sequences)
                a = 1e6 * (many - few) / (1000 * (sequences[1] - sequences[0]))
                few, many = (ours(arguments.program, figure, n, scratch / str(n)) for n in steps)
                times.append((a, 1e6 * (many - few) / (steps[1] - steps[0])))
        a, b = (statistics.median(column) for column in zip(*times))
        ratio = statistics.median(x / y for x, y in times)
        print(f"| {figure} | {a:.1f} | {b:.3f} | {ratio:.0f} |", flush=True)


if __name__ == "__main__":
    main()
