"""The LFP of single spikes through cells placed one by one (Eq. 9) beside that of population rates and mean kernels (Eq. 10).

usage: replay.py --binary brunel-lfp --output DIR [--placements 5] [--duration-ms 3000]

At the five points of Fig. 5 of Skaar et al. (2020), for each placement: the correlation of both potentials in every channel, and
by how many dB their spectra differ in bands of an octave. Writes replay.md and replay.json.
"""

import argparse
import json
import pathlib
import subprocess

import h5py
import numpy as np

POINTS = {  # name: (η, g, J in mV)
    "a": (2.0, 3.5, 0.25), "b": (4.0, 7.0, 0.15), "c": (0.9, 7.0, 0.25), "d": (2.8, 5.5, 0.05), "e": (2.0, 4.5, 0.35),
}
BANDS = [(3, 8), (8, 16), (16, 31), (31, 63), (63, 125), (125, 250), (250, 500)]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--binary", default="brunel-lfp")
    parser.add_argument("--output", required=True, type=pathlib.Path)
    parser.add_argument("--placements", type=int, default=5)
    parser.add_argument("--duration-ms", default="3000")
    parser.add_argument("--points", type=json.loads, default=POINTS)
    arguments = parser.parse_args()
    arguments.output.mkdir(parents=True, exist_ok=True)

    results = {}
    for name, (eta, g, efficacy) in arguments.points.items():
        correlations, differences = [], []
        for placement in range(1, arguments.placements + 1):
            path = arguments.output / f"{name.replace(', ', '-').replace(' ', '-')}-{placement}.h5"
            if not path.exists():
                command = [arguments.binary, "simulate", "--eta", eta, "--g", g, "--J", efficacy, "--duration-ms",
                           arguments.duration_ms, "--replay", placement, "--threads", 2, "--output", path, "--quiet"]
                subprocess.run([str(part) for part in command], check=True, stdout=subprocess.DEVNULL)
            with h5py.File(path) as file:
                skipped = int(file.attrs["transient_ms"])
                mean, single = (file[key][:, skipped:] for key in ("lfp", "lfp_replay"))
                correlations.append([np.corrcoef(a, b)[0, 1] for a, b in zip(mean, single)])
                frequency = file["frequency"][()]
                ratio = 10 * np.log10(file["psd_replay"][()] / file["psd"][()])
                differences.append([ratio[:, (frequency >= low) & (frequency < high)].mean(axis=1) for low, high in BANDS])
        results[name] = {"correlation": np.array(correlations).tolist(), "difference_dB": np.array(differences).tolist()}

    header = ["point", "least and mean correlation"] + [f"{low}–{high} Hz" for low, high in BANDS]
    lines = ["| " + " | ".join(header) + " |", "|" + " --- |" * len(header)]
    for name, result in results.items():
        correlation = np.array(result["correlation"])
        difference = np.array(result["difference_dB"])  # [placement, band, channel]
        cells = [f"{band.mean():+.1f} ± {band.std():.1f}" for band in difference.transpose(1, 0, 2)]
        lines.append("| " + " | ".join([name, f"{correlation.min():.3f}, {correlation.mean():.3f}", *cells]) + " |")
    text = "\n".join(lines) + "\n"
    (arguments.output / "replay.md").write_text(text)
    (arguments.output / "replay.json").write_text(json.dumps(results, indent=1))
    print(text)


if __name__ == "__main__":
    main()
