"""One run of the NEF's minimal example by NumPy, with all that went into it -> golden_run.json

    python golden_run.py

Two populations of 50 and 40 neurons, x^2 of sin t, 10 s. Neurons are vectorised, time is a loop, so that every number comes
from the same operations in the same order as in a scalar program. Drawn values are short binary fractions. NumPy 2.4.
"""

import base64
import json
import math
from pathlib import Path

import numpy as np

DT, TAU, T_REF, TAU_SYN = 0.001, 0.02, 0.002, 0.1
SHARE = 1.0 - math.exp(-DT / TAU_SYN)
X = np.array([k * 2.0 / 100 - 1.0 for k in range(100)])
FUNCTIONS = {
    "x": lambda x: x,
    "x^2": lambda x: x * x,
    "sin(pi*x)": lambda x: math.sin(math.pi * x),
    "0.5*x^3-0.25": lambda x: 0.5 * x * x * x - 0.25,
    "abs(x)": abs,
}


def times(end):
    """Times from 0 on, by adding DT as long as they are below `end`: 10,001 of them up to 10 s, by rounding."""
    result, t = [], 0.0
    while t < end:
        result.append(t)
        t += DT
    return result


class Population:
    """Neurons with encoders, gains and biases."""

    def __init__(self, encoder, intercept, rate):
        self.encoder, self.intercept, self.rate = encoder, intercept, rate
        current = 1.0 / (1.0 - np.exp((T_REF - 1.0 / rate) / TAU))
        self.gain = (1.0 - current) / (intercept - 1.0)
        self.bias = 1.0 - self.gain * intercept

    def counts(self, v):
        """Spikes in 0.5 s [sample, neuron] at every x, from voltages [sample, neuron]."""
        current = X[:, None] * self.encoder * self.gain + self.bias
        ref, count = np.zeros_like(v), np.zeros(v.shape, int)
        for _ in times(0.5):
            count += step(current, v, ref)
        return count


def step(current, v, ref):
    """One step in place; which neurons fire. Integrate, floor at 0, hold, threshold."""
    v += DT * (current - v) / TAU
    np.maximum(v, 0.0, out=v)
    held = ref > 0
    v[held] = 0.0
    ref[held] -= DT
    fires = v > 1.0
    v[fires] = 0.0
    ref[fires] = T_REF
    return fires


def decoder(counts, values):
    rates = (counts / 0.5).T
    return np.linalg.pinv(rates @ rates.T) @ (rates @ values) / DT


def filtered(signal):
    result, value = np.empty(len(signal)), 0.0
    for n, x in enumerate(signal):
        value = (1.0 - SHARE) * value + SHARE * x
        result[n] = value
    return result


def simulate(a, b, weights, decoder_b, signal):
    """The output of every step, spikes of A and B as (step, neuron), and v and the synaptic input of the first 100 steps."""
    va, ra, vb, rb = (np.zeros(p.encoder.size) for p in (a, a, b, b))
    synaptic, y = np.zeros(b.encoder.size), 0.0
    output, spikes_a, spikes_b, traces = [], [], [], []
    for n, x in enumerate(signal):
        fires = step(x * a.encoder * a.gain + a.bias, va, ra)
        synaptic *= 1.0 - SHARE
        for i in np.flatnonzero(fires):
            synaptic += weights[i] * SHARE
            spikes_a.append((n, i))
        fires = step(b.gain * synaptic + b.bias, vb, rb)
        y *= 1.0 - SHARE
        for j in np.flatnonzero(fires):
            y += decoder_b[j] * SHARE
            spikes_b.append((n, j))
        output.append(y)
        if n < 100:
            traces.append((va.copy(), vb.copy(), synaptic.copy()))
    return output, spikes_a, spikes_b, *(np.array(trace) for trace in zip(*traces))


def draw():
    rng = np.random.default_rng(20201)
    encoders = [rng.choice([-1.0, 1.0], n) for n in (50, 40)]
    intercepts = [rng.uniform(-1, 1, n) for n in (50, 40)]
    rates = [rng.uniform(*limits, n) for n, limits in ((50, (25, 75)), (40, (50, 100)))]
    short = lambda values: np.round(values * 2**20) / 2**20
    voltages = [
        np.round(rng.uniform(0, 1, (len(X), n)) * 65536).clip(0, 65535).astype(np.uint16) for n in (50, 40)
    ]
    return [Population(e, short(i), short(r)) for e, i, r in zip(encoders, intercepts, rates)], voltages


def main():
    (a, b), voltages = draw()
    counts = [p.counts(v / 65536.0) for p, v in zip((a, b), voltages)]
    decoders = {name: decoder(counts[0], np.array([f(x) for x in X])) for name, f in FUNCTIONS.items()}
    decoder_b = decoder(counts[1], X)
    weights = np.outer(decoders["x^2"], b.encoder)
    signal = [math.sin(t) for t in times(10.0)]
    output, spikes_a, spikes_b, va, vb, synaptic = simulate(a, b, weights, decoder_b, signal)
    ideal = filtered(filtered([x * x for x in signal]))
    arrays = {
        **{f"decoder_a {name}": d for name, d in decoders.items()},
        "decoder_b": decoder_b, "weights": weights, "input": signal, "output": output, "ideal": ideal,
        "spikes_a": np.array(spikes_a, np.uint16), "spikes_b": np.array(spikes_b, np.uint16),
        "voltage_a": va, "voltage_b": vb, "synaptic_input": synaptic,
    }  # fmt: skip
    for name, p, v, c in zip("ab", (a, b), voltages, counts):
        arrays |= {
            f"encoder_{name}": p.encoder, f"intercept_{name}": p.intercept, f"max_rate_{name}": p.rate,
            f"gain_{name}": p.gain, f"bias_{name}": p.bias, f"initial_voltage_{name}": v,
            f"counts_{name}": c.astype(np.uint16),
        }  # fmt: skip
    write(arrays)
    print("RMS", float(np.sqrt(np.mean((np.array(output) - ideal) ** 2))), "spikes", len(spikes_a), len(spikes_b))
    return arrays


def write(arrays):
    """Arrays by name: type, shape and the bytes, least significant first and row by row, in base64."""
    contents = {}
    for name, values in arrays.items():
        array = np.asarray(values)
        array = array.astype(array.dtype.newbyteorder("<"))
        contents[name] = {
            "type": array.dtype.name, "shape": array.shape,
            "base64": base64.b64encode(array.tobytes()).decode(),
        }  # fmt: skip
    path = Path(__file__).with_name("golden_run.json")
    path.write_text(json.dumps(contents, indent=1) + "\n")


if __name__ == "__main__":
    main()
