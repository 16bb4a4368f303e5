import Foundation
import HDF5Storage
import SpikingNetwork
import TestSupport

/// Spikes on a grid of 0.1 ms that are written to files of any format and read from them.
package struct SampleSpikes: Sendable {
  /// Times in steps of 0.1 ms, and neurons, excitatory ones first.
  package let grid, neurons: [UInt32]
  /// How many neurons are excitatory.
  package let excitatory: Int
  /// How many are inhibitory.
  package let inhibitory: Int

  package init(grid: [UInt32], neurons: [UInt32], excitatory: Int, inhibitory: Int) {
    (self.grid, self.neurons) = (grid, neurons)
    (self.excitatory, self.inhibitory) = (excitatory, inhibitory)
  }

  /// Those of a SONATA file of this program.
  package init(sonata path: String, excitatory: Int, inhibitory: Int) throws {
    let root = try HDF5File.open(path).root
    var spikes: [(UInt32, UInt32)] = []
    for (name, first) in [("E", 0), ("I", excitatory)] {
      let times: [Double] = try root.dataset("spikes/\(name)/timestamps").read()
      let nodes: [UInt64] = try root.dataset("spikes/\(name)/node_ids").read()
      spikes += zip(times, nodes).map { (UInt32(($0 * 10).rounded()), UInt32(Int($1) + first)) }
    }
    spikes.sort { $0 < $1 }
    self.init(
      grid: spikes.map(\.0), neurons: spikes.map(\.1), excitatory: excitatory, inhibitory: inhibitory)
  }
}

/// A way to write spikes, and what has to be said to read them.
package enum SampleSpikeFormat: String, CaseIterable, Sendable {
  case sonata, sonataSeconds, sonataParts, nest, nest30, nestThreads, nest2, npy, npyFortran, npySingle, csv,
    tsv,
    gzip, plain

  /// Names of the files, which say nothing of their format.
  package var files: [String] {
    switch self {
    case .nestThreads: (0..<4).map { "\(rawValue)-\($0).spikes" }
    case .sonataParts: ["\(rawValue)-E.spikes", "\(rawValue)-I.spikes"]
    default: ["\(rawValue).spikes"]
    }
  }

  /// The id that the first neuron has in files of a network's ids.
  package var firstID: Int {
    switch self {
    case .nest, .nest30, .nestThreads, .nest2: 1
    case .csv: 1001
    default: 0
    }
  }

  /// What the files do not say.
  package func arguments(_ spikes: SampleSpikes) -> [String] {
    let middle = firstID + spikes.excitatory
    let ids = [
      "--excitatory-ids", "\(firstID)-\(middle - 1)", "--inhibitory-ids",
      "\(middle)-\(middle + spikes.inhibitory - 1)",
    ]
    switch self {
    case .sonata, .nest, .nest30, .nestThreads: return []
    case .sonataSeconds: return ["--excitatory-population", "pyramids", "--inhibitory-population", "baskets"]
    case .sonataParts: return ["--time-unit", "ms"]
    case .nest2: return ["--first-id", "1", "--time-unit", "ms"]
    case .npy, .npyFortran, .plain: return ["--first-id", "0", "--time-unit", "s"]
    case .npySingle: return ["--first-id", "0", "--time-unit", "ms"]
    case .csv, .tsv, .gzip: return ids
    }
  }

  /// Writes the files into a folder.
  package func write(_ spikes: SampleSpikes, to folder: TemporaryFolder) throws {
    let spikeCount = spikes.grid.count
    let ids = spikes.neurons.map { Int($0) + firstID }
    // As a simulator has them that counts steps, with the errors of a multiplication.
    let seconds = spikes.grid.map { Double($0) * 0.1 * 1e-3 }
    let milliseconds = spikes.grid.map { "\($0 / 10).\($0 % 10)" }
    func rows(
      _ separator: String, _ times: [String], end: String = "\n",
      where isWanted: (Int) -> Bool = { _ in true }
    )
      -> String
    {
      (0..<spikeCount).filter(isWanted).map { "\(ids[$0])\(separator)\(times[$0])\(end)" }.joined()
    }
    let nest = milliseconds.map { $0 + "00" }
    let header = "# NEST version: 3.6.0\n# RecordingBackendASCII version: 2\n"
    let path = folder.path(files[0])
    switch self {
    case .sonata: try sonata(spikes, ["E": "E", "I": "I"], unit: "ms", path)
    case .sonataSeconds: try sonata(spikes, ["E": "pyramids", "I": "baskets"], unit: "s", path)
    case .sonataParts:
      try sonata(spikes, ["E": "E"], unit: nil, path)
      try sonata(spikes, ["I": "I"], unit: nil, folder.path(files[1]))
    case .nest: try folder.write(header + "sender\ttime_ms\n" + rows("\t", nest), to: files[0])
    case .nest30: try folder.write(header + "# sender\ttime_ms\n" + rows("\t", nest), to: files[0])
    case .nestThreads:
      // The last thread had no neuron that fired.
      for (thread, file) in files.enumerated() {
        let part = thread < 3 ? rows("\t", nest) { ids[$0] % 3 == thread } : ""
        try folder.write(header + "sender\ttime_ms\n" + part, to: file)
      }
    case .nest2: try folder.write(rows("\t", nest, end: "\t\n"), to: files[0])
    case .npy, .npyFortran:
      let numbers = ids.map(Double.init)
      let isFortran = self == .npyFortran
      let values = isFortran ? numbers + seconds : zip(numbers, seconds).flatMap { [$0, $1] }
      try folder.write(npyFile("<f8", values, isFortran: isFortran, [spikeCount, 2]), to: files[0])
    case .npySingle:
      let values = zip(ids, spikes.grid).flatMap { [Float($0), Float($1) * 0.1] }
      try folder.write(
        npyHeader("<f4", isFortran: false, [spikeCount, 2]) + bytes(values.map(\.bitPattern)), to: files[0])
    case .csv:
      let lines = (0..<spikeCount).reversed().map { "\(seconds[$0]),1,\(ids[$0])\n" }.joined()
      try folder.write("time (s),weight,neuron_id\n" + lines, to: files[0])
    case .tsv: try folder.write("id\tt_ms\r\n" + rows("\t", milliseconds, end: "\r\n"), to: files[0])
    case .gzip:
      try folder.write(
        gzipped(Data(("node_ids;timestamps_ms\n" + rows(";", milliseconds)).utf8)), to: files[0])
    case .plain: try folder.write(rows(" ", seconds.map { "\($0)" }), to: files[0])
    }
  }

  private func sonata(_ spikes: SampleSpikes, _ names: [String: String], unit: String?, _ path: String) throws
  {
    let file = try HDF5File.create(path, replacing: true)
    for (population, name) in names {
      let isExcitatory = population == "E"
      let members = spikes.neurons.indices.filter {
        (Int(spikes.neurons[$0]) < spikes.excitatory) == isExcitatory
      }
      .sorted { (spikes.neurons[$0], spikes.grid[$0]) < (spikes.neurons[$1], spikes.grid[$1]) }
      let group = try file.root.createGroup("spikes/\(name)")
      let times = try group.createDataset(
        "timestamps", members.map { Double(spikes.grid[$0]) * 0.1 * (unit == "s" ? 1e-3 : 1) })
      if let unit { try times.attributes.write(unit, named: "units") }
      try group.createDataset(
        "node_ids", members.map { UInt32(Int(spikes.neurons[$0]) - (isExcitatory ? 0 : spikes.excitatory)) })
    }
    try file.close()
  }
}
