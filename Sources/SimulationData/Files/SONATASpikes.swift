import HDF5Storage
import SpikingNetwork

/// Spike files in the SONATA format (Dai et al. 2020, doi:10.1371/journal.pcbi.1007696), which libsonata, BMTK, Elephant
/// and others read.
package enum SONATASpikes {
  private static let sorting = ["none": UInt8(0), "by_id": 1, "by_time": 2]

  /// Writes the populations `E` and `I`, each with its neurons counted from 0 and its spikes in order of time.
  package static func write(
    _ spikes: SpikeTimes, timeStep: Double, excitatoryNeurons: Int, to path: String
  ) throws {
    let file = try HDF5File.create(path, isSealed: true)
    try file.root.attributes.write(UInt32(0x0A7A), named: "magic")
    try file.root.attributes.write([UInt32(0), 1], named: "version")
    // Dividing by the steps per millisecond, a whole number, gives 1.5 where 15 × 0.1 would not.
    let stepsPerMillisecond = (1 / timeStep).rounded()
    for (name, isMember) in [
      ("E", { (neuron: UInt32) in Int(neuron) < excitatoryNeurons }),
      ("I", { (neuron: UInt32) in Int(neuron) >= excitatoryNeurons }),
    ] {
      let first = name == "E" ? 0 : excitatoryNeurons
      let members = spikes.neurons.indices.filter { isMember(spikes.neurons[$0]) }
      let group = try file.root.createGroup("spikes/\(name)")
      if let order = HDF5Enumeration("by_time", of: sorting) {
        try group.attributes.write(order, named: "sorting")
      }
      let times = try group.createDataset(
        "timestamps", members.map { Double(spikes.grid[$0]) / stepsPerMillisecond })
      try times.attributes.write("ms", named: "units")
      try group.createDataset("node_ids", members.map { UInt64(Int(spikes.neurons[$0]) - first) })
    }
    try file.close()
  }
}
