"""Makes paper_network.json: the paper's network in Keras (float64), and steps of PyTorch's Adam.

Python 3, keras 3.15.1 on jax 0.10.2, torch 2.15.0, numpy 2.4.6:
    KERAS_BACKEND=jax JAX_ENABLE_X64=1 python make_reference.py

Weights, inputs and targets come from integer formulas, so that they need not be stored:
    parameter i (flat vector)  scale * (((7919 i + 13) mod 1009) / 1009 - 0.5), scale by tensor below
    input i                    ((104729 i + 7) mod 2003) / 2003
    target i                   ((31 i + 5) mod 11) / 11
all rounded to float32. Keras' layouts are those of the Swift module: inputs [sample][position][channel],
kernels [width][channel][filter] and [input][output].
"""

import json

import jax
import keras
import numpy as np
import torch

SAMPLES, WIDTH, CHANNELS, OUTPUTS = 20, 151, 6, 3
STRIDE = 29  # every 29th parameter is stored
SCALES = [0.25, 0.25, 0.25, 0.12, 0.1, 0.2, 0.1, 0.3]

keras.config.set_floatx("float64")
layers = keras.layers
model = keras.Sequential(
    [
        layers.Input((WIDTH, CHANNELS)),
        layers.Conv1D(20, 12, use_bias=False, activation="relu"),
        layers.MaxPooling1D(2),
        layers.Conv1D(20, 4, use_bias=False, activation="relu"),
        layers.MaxPooling1D(2),
        layers.Conv1D(20, 4, use_bias=False, activation="relu"),
        layers.MaxPooling1D(2),
        layers.Flatten(),
        layers.Dense(128, activation="relu"),
        layers.Dense(128, activation="relu"),
        layers.Dense(OUTPUTS, use_bias=False),
    ]
)


def sequence(start, count, factor, offset, modulus):
    i = np.arange(start, start + count, dtype=np.int64)
    return ((factor * i + offset) % modulus) / modulus


weights, start = [], 0
for variable, scale in zip(model.trainable_variables, SCALES, strict=True):
    count = int(np.prod(variable.shape))
    values = scale * (sequence(start, count, 7919, 13, 1009) - 0.5)
    weights.append(values.astype(np.float32).astype(np.float64).reshape(variable.shape))
    start += count
model.set_weights(weights)
x = sequence(0, SAMPLES * WIDTH * CHANNELS, 104729, 7, 2003).astype(np.float32).astype(np.float64)
y = sequence(0, SAMPLES * OUTPUTS, 31, 5, 11).astype(np.float32).astype(np.float64)
x, y = x.reshape(SAMPLES, WIDTH, CHANNELS), y.reshape(SAMPLES, OUTPUTS)


def loss(trainable):
    outputs, _ = model.stateless_call(trainable, [], x)
    return ((outputs - y) ** 2).mean(), outputs


trainable = [v.value for v in model.trainable_variables]
(value, outputs), gradients = jax.value_and_grad(loss, has_aux=True)(trainable)
gradient = np.concatenate([np.asarray(g).ravel() for g in gradients])
parameters = np.concatenate([w.ravel() for w in weights])

# PyTorch's Adam on the stored parameters: gradients g, -g/2 and 2g, in float64.
theta = torch.tensor(parameters[::STRIDE], requires_grad=True)
adam = torch.optim.Adam([theta], lr=1e-3, betas=(0.9, 0.999), eps=1e-8)
steps = []
for factor in [1, -0.5, 2]:
    theta.grad = factor * torch.tensor(gradient[::STRIDE].astype(np.float32).astype(np.float64))
    adam.step()
    steps.append(theta.detach().numpy().copy())


def digits(values):
    return [float(f"{v:.9g}") for v in np.ravel(values)]


reference = {
    "versions": {"keras": keras.__version__, "jax": jax.__version__, "torch": torch.__version__},
    "samples": SAMPLES,
    "scales": SCALES,
    "stride": STRIDE,
    "outputs": digits(outputs),
    "loss": float(value),
    "gradientNorms": digits([np.linalg.norm(g) for g in gradients]),
    "gradientSums": digits([np.sum(g) for g in gradients]),
    "gradient": digits(gradient[::STRIDE]),
    "adamSteps": [digits(s) for s in steps],
}
with open("paper_network.json", "w") as file:
    json.dump(reference, file, separators=(",", ":"))
    file.write("\n")
