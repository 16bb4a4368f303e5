"""Times `brunel-lfp spectra` against NumPy and SciPy computing the same spectra from the same histograms, one core each.

usage: compare.py --binary .build/release/brunel-lfp --output DIR [--samples 5000] [--repeats 3]

A few networks of the paper are simulated; their histograms, shifted in time, are repeated to the number of samples. Both
programs read histograms, compute LFPs and spectra and write a new data set with the same compression. Runs take turns,
so that a machine busy with other work is as unfair to both. Writes times.md and times.json: samples per second of the
best run of each, by processor time and by the clock, and the most memory each had. Ends with an error if spectra differ.
"""

import argparse
import json
import os
import pathlib
import subprocess
import sys
import time

for variable in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"):
    os.environ[variable] = "1"

import h5py
import numpy as np
import scipy.signal

SIMULATED = 60
TRANSIENT_MS, SEGMENT_MS, OVERLAP_MS = 150, 300, 150
CONFIGURATION = "sampling: {{samples: {samples}, shard_size: 20}}\n"
PER_SAMPLE = ["parameters", "psd", "histogram/E", "histogram/I", "activity/rate_E", "activity/rate_I", "activity/cv_isi",
              "sample_index", "seed_key", "split"]


def program(binary, *arguments):
    subprocess.run([binary, *map(str, arguments), "--quiet"], check=True, stdout=subprocess.DEVNULL)


def make_dataset(binary, folder, samples):
    """A data set of `samples` rows like one of the paper, from a few simulations."""
    path = folder / f"dataset-{samples}.h5"
    (folder / f"study-{samples}.yaml").write_text(CONFIGURATION.format(samples=samples))
    if path.exists():
        return path
    source = folder / "simulated.h5"
    if not source.exists():
        (folder / "simulated.yaml").write_text(CONFIGURATION.format(samples=SIMULATED))
        program(binary, "generate", folder / "simulated.yaml", "--output", folder / "shards")
        program(binary, "merge", folder / "shards", "--output", source)
    temporary = folder / "dataset.tmp"
    with h5py.File(source) as old, h5py.File(temporary, "w") as new:
        new.attrs.update(old.attrs)
        yaml = old.attrs["configuration"]
        new.attrs["configuration"] = yaml.replace(f"samples: {SIMULATED}\n", f"samples: {samples}\n")
        for name in ("kernels/E", "kernels/I", "channel_depth", "frequency"):
            new[name] = old[name][:]
        for name in PER_SAMPLE:
            create_column(old[name], new, name, samples)
        for name in ("units", "configuration_keys", "lower", "upper"):
            new["parameters"].attrs[name] = old["parameters"].attrs[name]
        random = np.random.default_rng(1)
        rows = np.arange(samples) % SIMULATED
        for name in PER_SAMPLE:
            if name == "sample_index":
                new[name][:] = np.arange(samples)
            elif name.startswith("histogram"):
                shifts, stored = random.integers(0, 1000, samples), old[name][:]
                for start in range(0, samples, 3300):  # whole chunks
                    block = range(start, min(start + 3300, samples))
                    new[name][start:block.stop] = [np.roll(stored[rows[row]], shifts[row]) for row in block]
            elif name != "psd":
                new[name][:] = old[name][:][rows]
    temporary.rename(path)
    return path


def create_column(old, new, name, rows):
    """A column of the same type, chunks and filters as an old one, for another number of rows."""
    properties = old.id.get_create_plist()
    links = h5py.h5p.create(h5py.h5p.LINK_CREATE)
    links.set_create_intermediate_group(True)
    space = h5py.h5s.create_simple((rows, *old.shape[1:]))
    h5py.h5d.create(new.id, name.encode(), old.id.get_type(), space, properties, links)


# What NumPy and SciPy do.

def convolve_by_numpy(counts, kernel):
    return np.stack([[np.convolve(row, channel) for channel in kernel] for row in counts])


def convolve_by_fft(counts, kernel):
    return scipy.signal.fftconvolve(counts[:, None], kernel[None], axes=-1)


def convolve_by_blocks(counts, kernel):
    return scipy.signal.oaconvolve(counts[:, None], kernel[None], axes=-1)


def block_spectra(block, kernels, convolve):
    excitatory, inhibitory, g, efficacy = block
    duration = excitatory.shape[1]
    lfp = convolve(efficacy[:, None] * excitatory, kernels[0]) + convolve((g * efficacy)[:, None] * inhibitory, kernels[1])
    lfp = lfp[:, :, TRANSIENT_MS:duration]
    return scipy.signal.welch(lfp, fs=1000, nperseg=SEGMENT_MS, noverlap=OVERLAP_MS)[1]


def read_block(file, start, stop):
    names = ["eta", "g", "J"]
    parameters = file["parameters"][start:stop]
    histograms = [file["histogram"][population][start:stop] for population in "EI"]
    return *histograms, parameters[:, names.index("g")], parameters[:, names.index("J")]


def fastest_settings(file, kernels):
    """The convolution and the number of samples at a time that suit NumPy best on this machine."""
    best = (np.inf,)
    for size in (33, 132, 264):
        block = read_block(file, 0, size)
        for convolve in (convolve_by_numpy, convolve_by_fft, convolve_by_blocks):
            for _ in range(2):
                start = time.process_time()
                block_spectra(block, kernels, convolve)
                best = min(best, ((time.process_time() - start) / len(block[0]), convolve.__name__, size))
    return globals()[best[1]], best[2]


def run_peer(dataset, output, settings):
    convolve, size = globals()[settings[0]], int(settings[1])
    with h5py.File(dataset) as old, h5py.File(output, "w") as new:
        kernels = [old["kernels"][population][:] for population in "EI"]
        for name in PER_SAMPLE:
            if name != "psd":
                old.copy(name, new, name)
        create_column(old["psd"], new, "psd", len(old["psd"]))
        for start in range(0, len(old["psd"]), size):
            stop = min(start + size, len(old["psd"]))
            new["psd"][start:stop] = block_spectra(read_block(old, start, stop), kernels, convolve)


def timed(arguments):
    """Seconds by the clock, processor seconds and most memory in MiB of a command."""
    start = time.perf_counter()
    child = subprocess.Popen(list(map(str, arguments)), stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode:
        sys.exit(f"{arguments[0]} failed")
    return {"clock_s": time.perf_counter() - start, "processor_s": usage.ru_utime + usage.ru_stime,
            "memory_MiB": usage.ru_maxrss / 1024}


def require_equal(first, second):
    with h5py.File(first) as a, h5py.File(second) as b:
        for start in range(0, len(a["psd"]), 5000):
            np.testing.assert_allclose(a["psd"][start:start + 5000], b["psd"][start:start + 5000], rtol=1e-5)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--binary", type=pathlib.Path)
    parser.add_argument("--output", type=pathlib.Path)
    parser.add_argument("--samples", type=int, default=5000)
    parser.add_argument("--repeats", type=int, default=3)
    parser.add_argument("--peer", nargs=4, help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.peer:
        return run_peer(*arguments.peer[:2], arguments.peer[2:])

    folder = arguments.output.resolve()
    folder.mkdir(parents=True, exist_ok=True)
    binary = arguments.binary.resolve()
    dataset = make_dataset(binary, folder, arguments.samples)
    with h5py.File(dataset) as file:
        kernels = [file["kernels"][population][:] for population in "EI"]
        convolve, size = fastest_settings(file, kernels)
    print(f"NumPy and SciPy: {convolve.__name__}, {size} samples at a time", file=sys.stderr)

    ours, theirs = folder / "brunel-lfp.h5", folder / "scipy.h5"
    commands = {
        "brunel-lfp": [binary, "spectra", dataset, "--config", folder / f"study-{arguments.samples}.yaml",
                       "--output", ours, "--workers", 1, "--quiet"],
        "NumPy and SciPy": [sys.executable, __file__, "--peer", dataset, theirs, convolve.__name__, size],
    }
    start_up = timed([sys.executable, "-c", "import h5py, numpy, scipy.signal"])
    runs = {name: [] for name in commands}
    for _ in range(arguments.repeats):
        for name, command in commands.items():
            for path in (ours, theirs) if name == "brunel-lfp" else (theirs,):
                path.unlink(missing_ok=True)
            runs[name].append(timed(command))
            print(name, runs[name][-1], file=sys.stderr)
    require_equal(ours, theirs)
    for run in runs["NumPy and SciPy"]:  # without the start of Python
        for key in ("clock_s", "processor_s"):
            run[key] -= start_up[key]

    best = {name: {key: min(run[key] for run in found) for key in found[0]} for name, found in runs.items()}
    header = ("program", "samples / s", "samples / processor s", "memory (MiB)", "ratio by processor time")
    rows = [(name, f"{arguments.samples / figures['clock_s']:.0f}", f"{arguments.samples / figures['processor_s']:.0f}",
             f"{figures['memory_MiB']:.0f}", f"{figures['processor_s'] / best['brunel-lfp']['processor_s']:.1f}")
            for name, figures in best.items()]
    table = "\n".join("| " + " | ".join(row) + " |" for row in [header, ("---",) * len(header), *rows])
    (folder / "times.md").write_text(table + "\n")
    (folder / "times.json").write_text(json.dumps(
        {"samples": arguments.samples, "convolution": convolve.__name__, "block": size, "runs": runs}, indent=1))
    print(table)


if __name__ == "__main__":
    main()
