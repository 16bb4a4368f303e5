"""The paper's network in PyTorch.

As a program it times training: torch_peer.py samples.npz THREADS EPOCHS prints one line of JSON per way of computing.
"""

import json
import sys
import time

import numpy as np
import torch
from torch import nn


class Convolution(nn.Module):
    """A convolution without bias over [sample, position, channel] as a product of matrices."""

    def __init__(self, width, channels, filters):
        super().__init__()
        self.width = width
        self.product = nn.Linear(width * channels, filters, bias=False)

    def forward(self, x):
        windows = x.unfold(1, self.width, 1).transpose(2, 3)  # [sample, position, width, channel]
        return self.product(windows.flatten(2))


def network(frequencies, channels, outputs, matrices=False):
    """Takes [sample, frequency, channel] with `matrices`, else [sample, channel, frequency]."""
    layers, positions = [], frequencies
    for width in (12, 4, 4):
        if matrices:
            layers += [Convolution(width, channels, 20), nn.ReLU(), Pooling()]
        else:
            layers += [nn.Conv1d(channels, 20, width, bias=False), nn.ReLU(), nn.MaxPool1d(2)]
        channels, positions = 20, (positions - width + 1) // 2
    layers += [nn.Flatten(), nn.Linear(positions * 20, 128), nn.ReLU(), nn.Linear(128, 128), nn.ReLU(),
               nn.Linear(128, outputs, bias=False)]
    return nn.Sequential(*layers)


class Pooling(nn.Module):
    """The larger of two neighbouring positions."""

    def forward(self, x):
        pairs = x[:, : x.shape[1] // 2 * 2].unflatten(1, (-1, 2))
        return torch.maximum(pairs[:, :, 0], pairs[:, :, 1])


def loaded(weights):
    """A network of double precision with weights as brunel-lfp stores them."""
    width, channels, _ = weights["convolution_1/kernel"].shape
    kernels = [weights[f"convolution_{i}/kernel"].transpose(2, 1, 0) for i in (1, 2, 3)]
    dense = [weights[f"dense_{i}/kernel"].T for i in (1, 2, 3)]
    filters, positions = kernels[2].shape[0], dense[0].shape[1] // kernels[2].shape[0]
    # Flattening takes frequency first there, filter first here.
    dense[0] = dense[0].reshape(-1, positions, filters).transpose(0, 2, 1).reshape(-1, positions * filters)
    values = [*kernels, dense[0], weights["dense_1/bias"], dense[1], weights["dense_2/bias"], dense[2]]
    return [torch.from_numpy(np.ascontiguousarray(value)).double() for value in values]


def losses(data, steps, rate, weights):
    """Losses on all training samples before each step and on the validation samples after it; a step takes them all.
    Double precision, Adam as in Kingma and Ba's Algorithm 1."""
    x, y, x_validation, y_validation = (
        torch.from_numpy(np.ascontiguousarray(data[name].swapaxes(1, -1))).double()
        for name in ("x", "y", "x_validation", "y_validation"))
    model = network(x.shape[2], x.shape[1], y.shape[1]).double()
    with torch.no_grad():
        for parameter, value in zip(model.parameters(), loaded(weights), strict=True):
            parameter.copy_(value)
    optimiser = torch.optim.Adam(model.parameters(), lr=rate, eps=1e-8)
    torch.set_num_threads(1)  # threads that wait for each other are slow beside other work
    found = []
    for _ in range(steps):
        optimiser.zero_grad()
        loss = 0.0
        for part in torch.arange(len(x)).split(500):  # bounds memory
            share = nn.functional.mse_loss(model(x[part]), y[part]) * (len(part) / len(x))
            share.backward()
            loss += share.item()
        optimiser.step()
        with torch.no_grad():
            found.append((loss, nn.functional.mse_loss(model(x_validation), y_validation).item()))
    return np.array(found).T


def timed(data, epochs, matrices, compiled):
    x, y, x_validation, y_validation = (
        torch.from_numpy(data[name]) for name in ("x", "y", "x_validation", "y_validation"))
    model = network(*x.shape[1:], y.shape[1], matrices=matrices)
    if not matrices:
        x, x_validation = x.transpose(1, 2).contiguous(), x_validation.transpose(1, 2).contiguous()
    torch._dynamo.reset()
    call = torch.compile(model, dynamic=False) if compiled else model
    optimiser = torch.optim.Adam(model.parameters(), lr=1e-3, fused=True)

    def epoch():
        for batch in torch.randperm(len(x)).split(100):
            optimiser.zero_grad()
            nn.functional.mse_loss(call(x[batch]), y[batch]).backward()
            optimiser.step()
        with torch.no_grad():
            for batch in torch.arange(len(x_validation)).split(100):
                nn.functional.mse_loss(call(x_validation[batch]), y_validation[batch])

    epoch()  # compiles
    start = time.perf_counter()
    for _ in range(epochs):
        epoch()
    training = epochs * len(x) / (time.perf_counter() - start)
    with torch.inference_mode():
        batches = x[: len(x) // 100 * 100].split(100)
        call(batches[0])
        start = time.perf_counter()
        for batch in batches:
            call(batch)
        inference = len(batches) * 100 / (time.perf_counter() - start)
    way = ("matrix products" if matrices else "convolutions") + (", compiled" if compiled else "")
    return {"way": way, "training": training, "inference": inference}


def main():
    threads, epochs = map(int, sys.argv[2:])
    torch.set_num_threads(threads)
    data = dict(np.load(sys.argv[1]))
    for compiled in (False, True):
        for matrices in (False, True):
            try:
                print(json.dumps(timed(data, epochs, matrices, compiled)), flush=True)
            except Exception as error:  # torch.compile needs a C++ compiler that it likes
                print(f"PyTorch, compiled: {error}", file=sys.stderr)


if __name__ == "__main__":
    main()
