"""Estimates the parameters of a network from an array of potentials.

    python estimate_from_array.py --model recording.h5 --array lfp.npy --sampling-rate 1000 --unit uV

prints one line of JSON. In a program of your own, `estimate` takes an array [channel, time] and returns a dictionary:

    found = estimate("recording.h5", volts, 1000.0, depths=[0, -100, -200, -300, -400, -500])
    found["estimates"]["g"], found["standard_deviations"]["g"]
"""

import argparse
import json
import subprocess
import tempfile
from pathlib import Path

import numpy as np


def estimate(model, potentials, sampling_rate, unit="V", depths=None, program="brunel-lfp"):
    """Estimates of a model from potentials [channel, time].

    `unit` is V, mV, uV or nV, `sampling_rate` in Hz, `depths` of the channels in µm: 0 at the surface, negative below.
    Without depths the channels have to be the model's contacts from the top down.

    Returns a dictionary: `estimates`, and of models that predict distributions `standard_deviations` and `correlations`;
    `outside` names the parameters whose estimates lie outside the range that the model was trained on. Raises ValueError
    with what the program says if it refuses the potentials.
    """
    potentials = np.asarray(potentials, dtype=np.float64)
    if potentials.ndim != 2:
        raise ValueError(f"expected an array [channel, time], got shape {potentials.shape}")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "potentials.npy"
        np.save(path, potentials)
        command = [program, "estimate", "--json", "--quiet", f"--model={model}", f"--input={path}", f"--unit={unit}",
                   f"--sampling-rate={float(sampling_rate)!r}", "--orientation=channels-first"]  # fmt: skip
        if depths is not None:
            command.append("--depths=" + ",".join(f"{float(depth)!r}" for depth in depths))
        result = subprocess.run(command, capture_output=True, text=True)
    if result.returncode:
        raise ValueError(result.stderr.strip())
    (found,) = json.loads(result.stdout)
    return found


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--model", required=True, help="trained model (HDF5)")
    parser.add_argument("--array", required=True, help="potentials [channel, time] (.npy)")
    parser.add_argument("--sampling-rate", required=True, type=float, help="in Hz")
    parser.add_argument("--unit", default="V", choices=["V", "mV", "uV", "nV"])
    parser.add_argument("--depths", help="of the channels in µm, such as 0,-100,-200")
    parser.add_argument("--program", default="brunel-lfp")
    arguments = parser.parse_args()
    depths = arguments.depths and [float(depth) for depth in arguments.depths.split(",")]
    try:
        found = estimate(
            arguments.model, np.load(arguments.array), arguments.sampling_rate, arguments.unit, depths, arguments.program
        )
    except ValueError as error:
        raise SystemExit(str(error)) from None
    print(json.dumps(found))


if __name__ == "__main__":
    main()
