"""sbi's neural posterior estimation: a normalising flow of the parameters given an embedding of the spectra.

Trained by the loop that sbi documents for own training loops, on the training samples; the epoch and the candidate are
chosen by the log probability of the validation samples.
"""

import copy
import time

import numpy as np
import torch
from sbi.neural_nets import posterior_nn
from sbi.neural_nets.embedding_nets import CNNEmbedding, FCEmbedding

from inputs import FEATURES, chosen
from samples import TRAINING, VALIDATION, Samples

CANDIDATES = {  # name: (features, embedding, flow, epochs)
    f"{flow}, {embedding}, {features}, {epochs} epochs": (features, embedding, flow, epochs)
    for features, embedding, flow, epochs in (
        ("log ratios", "convolutions", "nsf", 40), ("log power", "convolutions", "nsf", 40),
        ("log ratios", "dense layers", "nsf", 100), ("log ratios", "convolutions", "nsf", 100),
        ("log ratios", "convolutions", "maf", 40))
}
BATCH = 100
RATE = 1e-3
DRAWS = 1000
torch.set_num_threads(1)


class NeuralPosterior:
    """The best candidate; `trials` says how all of them did."""

    name = "NPE (sbi)"

    def __init__(self, samples: Samples, folder, only=()):
        self.trials = []
        least = np.inf
        for name, (features, embedding, flow, epochs) in chosen(CANDIDATES, only).items():
            path = folder / f"npe, {name}.pt"
            if path.exists():
                kept = torch.load(path, weights_only=False)
            else:
                kept = train(samples, features, embedding, flow, epochs)
                torch.save(kept, path)
            self.trials.append({"candidate": name, **{key: kept[key] for key in (
                "seconds", "epochs", "best_epoch", "validation_nll")}})
            print(self.trials[-1], flush=True)
            if kept["validation_nll"] < least:
                least, self.features, self.flow = kept["validation_nll"], features, kept["flow"]

    @torch.no_grad()
    def posterior(self, samples: Samples, rows) -> dict[str, np.ndarray]:
        """For each row, in the unit cube of the target box: the posterior mean, the logarithm of the flow's density at
        the true parameters, and the same after the part of the flow outside the cube was cut off, as sbi does."""
        torch.manual_seed(1)
        x = torch.from_numpy(FEATURES[self.features](samples)[rows])
        theta = torch.from_numpy(samples.targets[rows])
        found = {"mean": [], "log_density": [], "share_inside": []}
        for start in range(0, len(x), 50):
            part = slice(start, start + 50)
            found["log_density"].append(self.flow.log_prob(theta[part][None], x[part])[0])
            draws = self.flow.sample((DRAWS,), x[part])
            inside = ((draws >= 0) & (draws <= 1)).all(dim=2)
            found["share_inside"].append(inside.double().mean(dim=0))
            found["mean"].append((draws * inside[..., None]).sum(dim=0) / inside.sum(dim=0)[:, None].clamp(min=1))
        found = {name: torch.cat(parts).double().numpy() for name, parts in found.items()}
        found["log_density_inside"] = found["log_density"] - np.log(np.maximum(found["share_inside"], 1 / DRAWS))
        return found


def train(samples: Samples, features: str, embedding: str, flow: str, epochs: int) -> dict:
    """A flow trained with Adam and a learning rate that falls to zero as a cosine."""
    torch.manual_seed(1)
    x = torch.from_numpy(FEATURES[features](samples))
    theta = torch.from_numpy(samples.targets)
    training, validation = (torch.from_numpy(samples.rows(part)) for part in (TRAINING, VALIDATION))
    channels, frequencies = samples.spectra.shape[1:]
    if embedding == "convolutions":
        net = CNNEmbedding((frequencies,), in_channels=channels, out_channels_per_layer=[20, 20, 20], num_conv_layers=3,
                           kernel_size=5, num_linear_layers=2, num_linear_units=128, output_dim=40)
    else:
        net = FCEmbedding(x.shape[1], output_dim=40, num_layers=3, num_hiddens=256)
    density = posterior_nn(flow, z_score_x="none", embedding_net=net)(theta[training], x[training])
    optimiser = torch.optim.AdamW(density.parameters(), lr=RATE, weight_decay=1e-2)
    steps = epochs * -(-len(training) // BATCH)
    schedule = torch.optim.lr_scheduler.CosineAnnealingLR(optimiser, steps)
    start = time.perf_counter()
    least, best, best_epoch = np.inf, None, 0
    for epoch in range(epochs):
        density.train()
        for batch in training[torch.randperm(len(training))].split(BATCH):
            optimiser.zero_grad()
            density.loss(theta[batch], x[batch]).mean().backward()
            torch.nn.utils.clip_grad_norm_(density.parameters(), 5.0)
            optimiser.step()
            schedule.step()
        density.eval()
        with torch.no_grad():
            loss = density.loss(theta[validation], x[validation]).mean().item()
        if loss < least:
            least, best, best_epoch = loss, copy.deepcopy(density.state_dict()), epoch + 1
    density.load_state_dict(best)
    return {"flow": density, "seconds": time.perf_counter() - start, "epochs": epochs, "best_epoch": best_epoch,
            "validation_nll": least}
