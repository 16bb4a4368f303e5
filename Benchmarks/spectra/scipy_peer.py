"""The data set and the NumPy and SciPy side of compare.py, each step as a process of its own.

usage: scipy_peer.py make BINARY FOLDER SAMPLES     writes dataset-SAMPLES.h5 and study-SAMPLES.yaml
       scipy_peer.py choose DATASET                 prints the fastest convolution and number of samples at a time
       scipy_peer.py spectra DATASET OUTPUT CONVOLUTION BLOCK
       scipy_peer.py check FIRST SECOND             fails if spectra differ
       scipy_peer.py nothing                        imports only
"""

import pathlib
import subprocess
import sys
import time

import h5py
import numpy as np
import scipy.signal

SIMULATED = 60
TRANSIENT_MS, SEGMENT_MS, OVERLAP_MS = 150, 300, 150
CONFIGURATION = "sampling: {{samples: {samples}, shard_size: 20}}\n"
PER_SAMPLE = ["parameters", "psd", "histogram/E", "histogram/I", "activity/rate_E", "activity/rate_I", "activity/cv_isi",
              "sample_index", "seed_key", "split"]


def make(binary, folder, samples):
    """A data set of `samples` rows like one of the paper: histograms of a few simulations, repeated and shifted."""
    folder, samples = pathlib.Path(folder), int(samples)
    (folder / f"study-{samples}.yaml").write_text(CONFIGURATION.format(samples=samples))
    path, source = folder / f"dataset-{samples}.h5", folder / "simulated.h5"
    if path.exists():
        return
    if not source.exists():
        (folder / "simulated.yaml").write_text(CONFIGURATION.format(samples=SIMULATED))
        for command in (("generate", folder / "simulated.yaml", "--output", folder / "shards"),
                        ("merge", folder / "shards", "--output", source)):
            subprocess.run([binary, *map(str, command), "--quiet"], check=True, stdout=subprocess.DEVNULL)
    random = np.random.default_rng(1)
    rows = np.arange(samples) % SIMULATED
    shifts = random.integers(0, 1000, samples)
    temporary = path.with_suffix(".tmp")
    with h5py.File(source) as old, h5py.File(temporary, "w") as new:
        new.attrs.update(old.attrs)
        new.attrs["configuration"] = old.attrs["configuration"].replace(
            f"samples: {SIMULATED}\n", f"samples: {samples}\n")
        for name in ("kernels/E", "kernels/I", "channel_depth", "frequency"):
            new[name] = old[name][:]
        for name in PER_SAMPLE:
            create_column(old[name], new, name, samples)
        for name in ("units", "configuration_keys", "lower", "upper"):
            new["parameters"].attrs[name] = old["parameters"].attrs[name]
        for name in PER_SAMPLE:
            if name.startswith("histogram"):
                stored = old[name][:]
                block = 100 * new[name].chunks[0]
                for start in range(0, samples, block):
                    chosen = range(start, min(start + block, samples))
                    new[name][start:chosen.stop] = [np.roll(stored[rows[row]], shifts[row]) for row in chosen]
            elif name == "sample_index":
                new[name][:] = np.arange(samples)
            elif name != "psd":
                new[name][:] = old[name][:][rows]
    temporary.rename(path)


def create_column(old, new, name, rows):
    """A column of the same type, chunks and filters as an old one, for another number of rows."""
    links = h5py.h5p.create(h5py.h5p.LINK_CREATE)
    links.set_create_intermediate_group(True)
    space = h5py.h5s.create_simple((rows, *old.shape[1:]))
    h5py.h5d.create(new.id, name.encode(), old.id.get_type(), space, old.id.get_create_plist(), links)


def by_numpy(counts, kernel):
    return np.stack([[np.convolve(row, channel) for channel in kernel] for row in counts])


def by_fft(counts, kernel):
    return scipy.signal.fftconvolve(counts[:, None], kernel[None], axes=-1)


def by_blocks(counts, kernel):
    return scipy.signal.oaconvolve(counts[:, None], kernel[None], axes=-1)


CONVOLUTIONS = {function.__name__: function for function in (by_numpy, by_fft, by_blocks)}


def read_block(file, start, stop):
    """Histograms of both populations, g and J of some samples."""
    g, efficacy = file["parameters"][start:stop, 1:3].T
    return *(file["histogram"][population][start:stop] for population in "EI"), g, efficacy


def block_spectra(block, kernels, convolve):
    excitatory, inhibitory, g, efficacy = block
    duration = excitatory.shape[1]
    lfp = (convolve(efficacy[:, None] * excitatory, kernels[0])
           + convolve((g * efficacy)[:, None] * inhibitory, kernels[1]))
    return scipy.signal.welch(
        lfp[:, :, TRANSIENT_MS:duration], fs=1000, nperseg=SEGMENT_MS, noverlap=OVERLAP_MS)[1]


def choose(dataset):
    times = {}
    with h5py.File(dataset) as file:
        kernels = [file["kernels"][population][:] for population in "EI"]
        for size in (33, 66, 132, 264):
            block = read_block(file, 0, size)
            for name, convolve in CONVOLUTIONS.items():
                for _ in range(3):
                    start = time.process_time()
                    block_spectra(block, kernels, convolve)
                    seconds = (time.process_time() - start) / len(block[0])
                    times[name, size] = min(seconds, times.get((name, size), np.inf))
    print(*min(times, key=times.get))


def spectra(dataset, output, convolution, size):
    size = int(size)
    with h5py.File(dataset) as old, h5py.File(output, "w") as new:
        kernels = [old["kernels"][population][:] for population in "EI"]
        for name in PER_SAMPLE:
            if name != "psd":
                old.copy(name, new, name)  # as stored, without decoding
        create_column(old["psd"], new, "psd", len(old["psd"]))
        for start in range(0, len(old["psd"]), size):
            stop = min(start + size, len(old["psd"]))
            new["psd"][start:stop] = block_spectra(read_block(old, start, stop), kernels, CONVOLUTIONS[convolution])


def copy(dataset, output, size):
    """Reads and writes all that `spectra` does."""
    global block_spectra
    block_spectra = lambda block, *_: np.zeros((len(block[0]), *shape), "f4")
    with h5py.File(dataset) as file:
        shape = file["psd"].shape[1:]
    spectra(dataset, output, "by_fft", size)


def check(first, second):
    with h5py.File(first) as a, h5py.File(second) as b:
        for start in range(0, len(a["psd"]), 5000):
            rows = slice(start, start + 5000)
            np.testing.assert_allclose(a["psd"][rows], b["psd"][rows], rtol=1e-5)


def nothing():
    """Starts Python and loads the libraries."""


if __name__ == "__main__":
    globals()[sys.argv[1]](*sys.argv[2:])
