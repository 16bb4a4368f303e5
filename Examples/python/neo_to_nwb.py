"""Writes a recording that python-neo reads as an NWB file that `brunel-lfp estimate` takes.

    python neo_to_nwb.py recording.vhdr recording.nwb --depths 0,-100,-200,-300,-400,-500

Neo knows some fifty formats (https://neo.readthedocs.io) and finds out which one a file has. The first analog signal of the
first segment is taken, or another one with --signal; depths are those of its channels in order, in µm: 0 at the surface,
negative below.
"""

import argparse
from datetime import datetime, timezone

import neo
from pynwb import NWBHDF5IO, NWBFile
from pynwb.ecephys import LFP, ElectricalSeries


def read(path, number=0):
    """An analog signal [time, channel] of a file, and when the recording began if the file says so."""
    segment = neo.get_io(str(path)).read_segment()
    signals = segment.analogsignals
    if not 0 <= number < len(signals):
        raise SystemExit(f"{path}: has {len(signals)} analog signals, no number {number}")
    return signals[number], segment.rec_datetime


def write(path, signal, depths, began=None):
    """Potentials with the depths of their contacts as NWB."""
    if signal.shape[1] != len(depths):
        raise SystemExit(f"{signal.shape[1]} channels, but {len(depths)} depths")
    nwb = NWBFile("recording", "recording", began or datetime.now(timezone.utc))
    device = nwb.create_device("probe")
    group = nwb.create_electrode_group("shank", description="contacts in a column", location="cortex", device=device)
    for depth in depths:
        nwb.add_electrode(group=group, location="cortex", rel_y=float(depth))
    series = ElectricalSeries(
        name="lfp", data=signal.rescale("V").magnitude, rate=float(signal.sampling_rate.rescale("Hz")),
        electrodes=nwb.create_electrode_table_region(list(range(len(depths))), "all"),
        starting_time=float(signal.t_start.rescale("s")),
    )  # fmt: skip
    nwb.create_processing_module("ecephys", "potentials").add(LFP(electrical_series=series))
    with NWBHDF5IO(path, "w") as file:
        file.write(nwb)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("input", help="file that python-neo reads")
    parser.add_argument("output", help="NWB file to write")
    parser.add_argument("--depths", required=True, help="of the channels in µm, such as 0,-100,-200")
    parser.add_argument("--signal", type=int, default=0, help="which of the file's analog signals, from 0")
    arguments = parser.parse_args()
    depths = [float(depth) for depth in arguments.depths.split(",")]
    signal, began = read(arguments.input, arguments.signal)
    write(arguments.output, signal, depths, began)


if __name__ == "__main__":
    main()
