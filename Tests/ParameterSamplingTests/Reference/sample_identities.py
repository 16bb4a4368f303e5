"""Keys, parameters and parts of some samples, by a second implementation of the random streams.

    python3 sample_identities.py > sample_identities.json

Python 3.11.7, without packages. Philox4x32-10 is that of Salmon et al. 2011 (doi:10.1145/2063384.2063405).
"""

import json
from itertools import count

SEED = 20201
BOX = [("eta", 0.8, 4.0), ("g", 3.5, 8.0), ("J_mV", 0.05, 0.4)]
TEST_FRACTION, VALIDATION_FRACTION = 0.2, 0.08
WORD = 0xFFFFFFFF


def philox(counter, key):
    c, k = list(counter), list(key)
    for _ in range(10):
        p0, p1 = 0xD2511F53 * c[0], 0xCD9E8D57 * c[2]
        c = [(p1 >> 32) ^ c[1] ^ k[0], p1 & WORD, (p0 >> 32) ^ c[3] ^ k[1], p0 & WORD]
        k = [(k[0] + 0x9E3779B9) & WORD, (k[1] + 0xBB67AE85) & WORD]
    return c


def purpose(name):
    code = 0xCBF29CE484222325
    for byte in name.encode():
        code = ((code ^ byte) * 0x100000001B3) % 2**64
    return code


def derived(parent, name, index=0):
    """A child key: one step for the purpose, one for the index."""
    key, salt = parent
    for code in (purpose(name), index):
        words = philox([code & WORD, (code >> 32) | 0x80000000, *salt], [key[0], key[1] ^ (code >> 63)])
        key, salt = words[:2], words[2:]
    return key, salt


def uniforms(stream):
    """Numbers on the grid of 2^53 points in [0, 1)."""
    key, salt = stream
    for position in count():
        words = philox([position & WORD, position >> 32, *salt], key)
        for low, high in ((0, 1), (2, 3)):
            yield ((words[high] << 32 | words[low]) >> 11) * 2.0**-53


def sample(index):
    key = derived(([SEED & WORD, SEED >> 32], [0, 0]), "sample", index)
    stream = uniforms(derived(key, "sampled parameters"))
    parameters = [lower + (upper - lower) * next(stream) for _, lower, upper in BOX]
    u = next(uniforms(derived(key, "split")))
    split = 2 if u < TEST_FRACTION else 1 if u < TEST_FRACTION + VALIDATION_FRACTION else 0
    fingerprint = f"{key[0][1] << 32 | key[0][0]:016x}"
    return {"index": index, "fingerprint": fingerprint, "parameters": parameters, "split": split}


print(json.dumps([sample(index) for index in (0, 1, 2, 3, 4, 17, 49_999)], indent=1))
