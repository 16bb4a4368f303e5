"""Sequential inference with sbi: a posterior for one observation, from networks drawn where it looks likely.

    python sequential_inference.py --config study.yaml --observation run.h5 --output rounds --rounds 3 --samples 200

In the first round parameters are drawn from the box of the configuration's `sampling.parameters`, in every later one from
the posterior of the round before. Each round writes them as a list that `brunel-lfp generate` takes as sampling design,
simulates, and goes on training on the networks of all rounds (sequential neural posterior estimation, NPE-C).

The observation is a file with `/psd` [channel, frequency], as `brunel-lfp simulate` writes it with the same configuration.
Mean and standard deviation of the posterior are printed after every round; draws from the last are in
OUTPUT/posterior.csv.
"""

import argparse
import subprocess
from pathlib import Path

import h5py
import numpy as np
import torch
import yaml
from posterior_with_sbi import features, read, train, trainer
from sbi.utils import BoxUniform


def box(path, program):
    """Keys and ranges of the parameters that the configuration samples."""
    shown = subprocess.run([program, "config", "show", path], check=True, capture_output=True, text=True).stdout
    ranges = yaml.safe_load(shown)["sampling"]["parameters"]
    return list(ranges), *torch.tensor(list(ranges.values()), dtype=torch.float64).T


def simulate(points, names, seed, config, folder, program):
    """Features and parameters of the networks at these points, without those that fire no spike."""
    folder.mkdir(parents=True)
    design = folder.resolve() / "points.csv"
    np.savetxt(design, points, delimiter=",", header=",".join(names), comments="", fmt="%.9g")
    changes = [f"sampling.design={design}", f"sampling.samples={len(points)}", "sampling.grid_points=[]"]
    changes += ["split.test_fraction=0", "split.validation_fraction=0.5"]  # of no account here
    command = [program, "generate", config, "--output", folder / "shards", f"--seed={seed}", "--quiet"]
    command += [word for change in changes for word in ("--set", change)]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    dataset = folder / "dataset.h5"
    command = [program, "merge", folder / "shards", "--output", dataset, "--quiet"]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    return read(dataset)[:2]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--config", required=True, help="configuration (YAML) of the networks and the box")
    parser.add_argument("--observation", required=True, help="file with /psd (HDF5)")
    parser.add_argument("--output", required=True, type=Path, help="folder that is made for the rounds")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--samples", type=int, default=200, help="networks per round")
    parser.add_argument("--draws", type=int, default=1000, help="from the last posterior")
    parser.add_argument("--epochs", type=int, default=500, help="at most; training ends when validation does not improve")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--program", default="brunel-lfp")
    arguments = parser.parse_args()
    torch.manual_seed(arguments.seed)
    arguments.output.mkdir(parents=True)
    names, lower, upper = box(arguments.config, arguments.program)
    with h5py.File(arguments.observation) as file:
        observed = features(file["psd"][:][None])

    prior = proposal = BoxUniform(torch.zeros(len(names)), torch.ones(len(names)))
    inference = trainer(prior, observed.shape[1])
    draws = prior.sample((arguments.samples,))
    for number in range(arguments.rounds):
        points = lower + (upper - lower) * draws[: arguments.samples].clamp(0, 1)
        folder = arguments.output / f"round-{number + 1}"
        x, parameters = simulate(points, names, arguments.seed + number, arguments.config, folder, arguments.program)
        cube = ((parameters - lower) / (upper - lower)).float()
        # That later points come from a posterior is made up for in the loss.
        inference.append_simulations(cube, x, proposal=None if number == 0 else proposal)
        proposal = train(inference, min(50, len(x) // 5), max_num_epochs=arguments.epochs)
        proposal.set_default_x(observed)
        count = max(arguments.draws, arguments.samples)
        draws = proposal.sample((count,), show_progress_bars=False)
        values = lower + (upper - lower) * draws
        summary = zip(names, values.mean(dim=0), values.std(dim=0))
        found = "  ".join(f"{name} = {mean:.4f} ± {std:.4f}" for name, mean, std in summary)
        print(f"round {number + 1}: {found}", flush=True)
    values = values[: arguments.draws]
    np.savetxt(arguments.output / "posterior.csv", values, delimiter=",", header=",".join(names), comments="")


if __name__ == "__main__":
    main()
