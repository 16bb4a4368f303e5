"""Two hundred flipped bits in shards, checksums and study.yaml: each is found before the data are used."""

import random
import shutil
from concurrent.futures import ThreadPoolExecutor

from tiny_study import CORES, configure, digests, require_refusal, run, sound_shards, succeed

FLIPS = 200


def flip(path, position, bit):
    data = bytearray(path.read_bytes())
    data[position] ^= 1 << bit
    path.write_bytes(data)


def test_two_hundred_flips(tmp_path):
    study = configure(tmp_path, samples=4, shard_size=2)
    whole = tmp_path / "shards"
    succeed("generate", study, "--output", whole)
    expected = digests(whole)
    chance = random.Random(1)
    flips = []
    for number in range(FLIPS):
        # Half of them in shards, as these are larger; anywhere in the file.
        pattern = "shard-*.h5" if number % 2 else ("*.sha256" if number % 4 else "study.yaml")
        path = chance.choice(sorted(whole.glob(pattern)))
        flips.append((path.name, chance.randrange(path.stat().st_size), chance.randrange(8)))

    def check(number):
        name, position, bit = flips[number]
        folder = tmp_path / str(number)
        shutil.copytree(whole, folder)
        flip(folder / name, position, bit)
        damaged = name.removesuffix(".sha256")
        for command in (["verify", folder], ["merge", folder, "--output", tmp_path / f"{number}.h5"]):
            result = run(*command, "--quiet")
            assert result.returncode == 65, (flips[number], result)
            assert damaged in result.stderr, (flips[number], result)
        assert not (tmp_path / f"{number}.h5").exists()
        others = {shard: state for shard, state in sound_shards(folder).items() if shard != damaged}
        result = run("generate", study, "--output", folder, "--quiet")
        if damaged == "study.yaml":
            require_refusal(result, 65)
            (folder / name).unlink()
            succeed("generate", study, "--output", folder)
        else:
            assert result.returncode == 0, (flips[number], result)
        assert digests(folder) == expected
        # Only the damaged shard is made again.
        assert others.items() <= sound_shards(folder).items()
        shutil.rmtree(folder)

    with ThreadPoolExecutor(CORES) as pool:
        list(pool.map(check, range(FLIPS)))


def test_flips_in_merged_files(tmp_path):
    study = configure(tmp_path, samples=4, shard_size=2)
    succeed("generate", study, "--output", tmp_path / "shards")
    merged = tmp_path / "dataset.h5"
    succeed("merge", tmp_path / "shards", "--output", merged)
    whole = merged.read_bytes()
    chance = random.Random(2)
    for _ in range(20):
        flip(merged, chance.randrange(len(whole)), chance.randrange(8))
        for command in (["verify", merged], ["train", "--dataset", merged, "--output", tmp_path / "model.h5"]):
            require_refusal(run(*command), 65)
        merged.write_bytes(whole)
    succeed("verify", merged)
