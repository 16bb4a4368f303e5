"""Golden runs of the networks of Figs. 2 and 4 of Brendel et al. 2020 (doi:10.1371/journal.pcbi.1007692) in plain NumPy, with
their noise: writes one_population.bin and two_populations.bin, and reference.json, which says what lies where in them.

Everything little-endian, arrays in C order. Usage: make_reference.py (in this folder)."""
import json
import sys

import numpy as np


def smoothed_noise(rng, m, length, amplitude=2000.0, width=30.0):
    """White Gaussian noise convolved with a normalised Gaussian of 1000 samples centred on the 500th, cut as conv(..., 'same')."""
    i = np.arange(1, 1001)
    w = np.exp(-((i - 500.0) ** 2) / (2 * width ** 2))
    w /= w.sum()
    z = rng.standard_normal((m, length))
    full = np.array([np.convolve(row, w) for row in z])
    start = len(w) // 2
    return amplitude * full[:, start:start + length]


def stored(values, scale):
    return np.clip(np.round(values * scale), -32768, 32767).astype(np.int16)


def one_population():
    """20 neurons, 2 signals, 5000 steps; see the description of CodingNetwork for a step."""
    n, m, steps, every, dt, leak = 20, 2, 5000, 500, 1e-3, 1 - 50.0 * 1e-3
    eps_w, eps_f, alpha, beta, mu, threshold, sigma_v, sigma_t = 1e-3, 1e-4, 0.18, 1 / 0.9, 0.02 / 0.9, 0.5, 1e-3, 1e-2
    rng = np.random.default_rng(77)
    F = rng.standard_normal((m, n))
    F /= np.sqrt((F ** 2).sum(0))
    F[0] = -abs(F[0])
    F = np.round(F * 2 ** 30) / 2 ** 30
    W = -0.5 * np.eye(n)
    c = np.concatenate([smoothed_noise(rng, m, 1000) for _ in range(steps // 1000)], axis=1).astype(np.float32)
    xi, zeta = stored(rng.standard_normal((steps, n)), 4096), stored(rng.standard_normal((steps, n)), 4096)
    out = dict(F0=F.T.copy(), currents=c.T.copy(), noise=np.stack([xi, zeta], 1))
    V, r, x, k, margin = np.zeros(n), np.zeros(n), np.zeros(m), -1, 1.0
    spikes, kept, Fs, Ws = [], [], [], []
    for t in range(steps):
        V = leak * V + dt * (F.T @ c[:, t].astype(float)) + sigma_v * xi[t] / 4096.0
        if k >= 0:
            V = V + W[:, k]
        x = leak * x + dt * c[:, t].astype(float)
        over = V - threshold - sigma_t * zeta[t] / 4096.0
        k = int(np.argmax(over))
        ranked = np.sort(over)
        margin = min(margin, abs(ranked[-1]), ranked[-1] - ranked[-2] if ranked[-1] >= 0 else 1.0)
        if over[k] >= 0:
            F[:, k] += eps_f * (alpha * x - F[:, k])
            W[:, k] -= eps_w * (beta * (V + mu * r) + W[:, k] + mu * (np.arange(n) == k))
            r[k] += 1
        else:
            k = -1
        r = leak * r
        spikes.append(k)
        if t < 300 or (t + 1) % 50 == 0:
            kept.append(V.copy())
        if (t + 1) % every == 0:
            Fs.append(F.T.copy())
            Ws.append(W.copy())
    out.update(spikes=np.array(spikes, np.int16), voltages=np.array(kept), F=np.array(Fs), W=np.array(Ws), r=r, x=x)
    return out, dict(spikes=int((np.array(spikes) >= 0).sum()), smallest_margin=float(margin))


def two_populations():
    """24 excitatory and 6 inhibitory neurons, 2 signals, 4000 steps; see the description of BalancedNetwork for a step."""
    ne, ni, m, steps, dt, lam = 24, 6, 2, 4000, 1e-4, 50.0
    eps_w, eps_f, mu, sigma_v, sigma_t, threshold, refractory, autapse = 1e-2, 1e-3, 0.002, 0.002, 0.02, 0.5, 10, -0.02
    leak = 1 - lam * dt
    rng = np.random.default_rng(404)
    F = rng.standard_normal((m, ne))
    F = np.round(F / np.linalg.norm(F, axis=0) * 2 ** 30) / 2 ** 30
    ie = np.zeros((ni, ne))
    ie[np.arange(ne) % ni, np.arange(ne)] = 0.5
    ee, ei, ii = autapse * np.eye(ne), -0.3 * ie.T.copy(), -0.5 * np.eye(ni)
    c = np.concatenate([smoothed_noise(rng, m, 1000) for _ in range(steps // 1000)], axis=1).astype(np.float32)
    noise = stored(rng.standard_normal((steps, 2 * (ne + ni))), 4096)
    out = dict(F0=F.T.copy(), IE0=ie.copy(), currents=c.T.copy(), noise=noise)
    V, U, r, s, p, q = np.zeros(ne), np.zeros(ni), np.zeros(ne), np.zeros(ni), np.zeros(m), np.zeros(ne)
    rest_e, rest_i, k, l = -np.ones(ne, int), -np.ones(ni, int), -1, -1
    spikes_e, spikes_i, kept_e, kept_i, margin = [], [], [], [], 1.0

    def choose(over, rest):
        nonlocal margin
        best, ranked = int(np.argmax(over)), np.sort(over)
        margin = min(margin, abs(ranked[-1]), ranked[-1] - ranked[-2] if ranked[-1] >= 0 else 1.0)
        return best if over[best] >= 0 and rest[best] < 0 else -1

    for t in range(steps):
        z = noise[t].reshape(-1, 2) / 4096.0
        V = leak * V + dt * (F.T @ c[:, t].astype(float)) + sigma_v * z[:ne, 0]
        if k >= 0:
            V = V + ee[:, k]
        if l >= 0:
            V = V + ei[:, l]
        p = (1 - 6 * lam * dt) * p + dt * c[:, t].astype(float)
        q = leak * q
        if k >= 0:
            q[k] += 1
        k = choose(V - threshold - sigma_t * z[:ne, 1], rest_e)
        if k >= 0:
            rest_e[k] = refractory
            F[:, k] += eps_f * (p - F[:, k])
            ee[:, k] = np.maximum(ee[:, k] - eps_w * (V + mu * r + ee[:, k]), 0)
            ee[k, k] = autapse
        rest_e -= 1
        U = leak * U + sigma_v * z[ne:, 0]
        if k >= 0:
            U = U + ie[:, k]
        if l >= 0:
            U = U + ii[:, l]
        l = choose(U - threshold - sigma_t * z[ne:, 1], rest_i)
        if l >= 0:
            rest_i[l] = refractory
            ie[l] = np.maximum(ie[l] + eps_f * (q - ie[l]), 0)
            ii[:, l] = np.minimum(ii[:, l] - eps_w * (U + mu * s + ii[:, l] + mu * (np.arange(ni) == l)), 0)
            ei[:, l] = np.minimum(ei[:, l] - eps_w * (V + mu * r + ei[:, l]), 0)
            s[l] += 1
        if k >= 0:
            r[k] += 1
        r, s = leak * r, leak * s
        rest_i -= 1
        spikes_e.append(k)
        spikes_i.append(l)
        if t < 200 or (t + 1) % 50 == 0:
            kept_e.append(V.copy())
            kept_i.append(U.copy())
    out.update(spikes_E=np.array(spikes_e, np.int16), spikes_I=np.array(spikes_i, np.int16), voltages_E=np.array(kept_e),
               voltages_I=np.array(kept_i), F=F.T.copy(), EE=ee, IE=ie, EI=ei, II=ii, r_E=r, r_I=s)
    count = lambda a: int((np.array(a) >= 0).sum())
    return out, dict(spikes_E=count(spikes_e), spikes_I=count(spikes_i), smallest_margin=float(margin))


def main():
    index = dict(numpy=np.__version__, python=sys.version.split()[0])
    for name, (arrays, facts) in dict(one_population=one_population(), two_populations=two_populations()).items():
        place, entries = 0, {}
        with open(name + ".bin", "wb") as file:
            for key, array in arrays.items():
                array = np.ascontiguousarray(array.astype(array.dtype.newbyteorder("<")))
                entries[key] = dict(offset=place, count=array.size, type=array.dtype.name, shape=list(array.shape))
                place += file.write(array.tobytes())
        index[name] = dict(arrays=entries, **facts)
    json.dump(index, open("reference.json", "w"), indent=1)


if __name__ == "__main__":
    main()
