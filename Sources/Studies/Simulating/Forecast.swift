import Foundation
import ParameterSampling
import RandomStreams
import SpikingNetwork
import Synchronization

/// What a data set, or a part of one, will take: measured on this machine in seconds, with as many simulations at the
/// same time as later.
package struct Forecast: Sendable, Codable {
  /// Samples to simulate.
  package let samples: Int
  /// Seconds of this machine.
  package let seconds: Double
  /// Bytes on the disk, about.
  package let diskBytes: Double
  /// Bytes of memory at the most, about.
  package let memoryBytes: Double

  enum CodingKeys: String, CodingKey {
    case samples, seconds
    case diskBytes = "disk_bytes"
    case memoryBytes = "memory_bytes"
  }

  /// Simulations that are tried.
  private static let probes = 24
  /// Biological time of each in ms.
  private static let probeDuration = 300
  /// Samples whose rates are worked out, at most.
  private static let examples = 1000
  /// What deflation leaves of a bin of a histogram, and of a spectral density, in bytes.
  private static let bytesPerBin = 1.4, bytesPerDensity = 3.4
  /// The program without a network.
  private static let programBytes = 40e6

  /// Tries some of the samples, chosen to differ in what they cost, for a short biological time each.
  init(_ samples: [SampleIdentity], of simulator: SampleSimulator, workers: Int) throws {
    self.samples = samples.count
    let study = simulator.study
    let simulation = study.configuration.simulation
    let examples = Self.evenly(Self.examples, of: samples)
    let features = try examples.map { try simulator.costFeatures(of: $0) }
    let byCost = examples.indices.sorted { CostModel.rank(features[$0]) < CostModel.rank(features[$1]) }
    let chosen = Self.evenly(Self.probes, of: byCost)

    let measured = Measurements()
    let duration = min(Self.probeDuration, simulation.duration)
    try WorkerPool.forEach(chosen, workers: workers) { index in
      let times = try simulator.probe(examples[index], duration: duration)
      measured.add((features[index], times.simulation * 1000 / Double(duration), times.fixed))
    }
    try Interruption.check("stopped before anything was simulated")
    let probes = measured.all
    let model = CostModel(probes.map { ($0.features, $0.perSecond) })
    let fixed = probes.reduce(0) { $0 + $1.fixed } / Double(max(probes.count, 1))
    let biological = Double(simulation.duration) / 1000
    let perSample =
      features.reduce(0) { $0 + model.seconds($1) } / Double(max(features.count, 1)) * biological + fixed
    seconds = perSample * Double(samples.count) / Double(workers)

    let bins = 2 * simulation.binCount
    let densities = study.configuration.kernel.contacts.count * study.welch.frequencies.count
    diskBytes =
      Double(samples.count) * (Double(bins) * Self.bytesPerBin + Double(densities) * Self.bytesPerDensity)
    let network = try examples.first.map { try simulator.simulation(of: $0).memoryBytes } ?? 0
    let rows = study.configuration.sampling.shardSize * 4 * (bins + densities)
    memoryBytes = Self.programBytes + Double(workers) * Double(network) + 2 * Double(rows)
  }

  /// For people: `about 2 h 50 min on 2 workers, 0.6 GB on disk, 0.2 GB of memory`.
  func text(workers: Int) -> String {
    "about \(Progress.time(seconds)) for \(samples) samples with \(workers) at a time,"
      + " \(Self.size(diskBytes)) on disk, \(Self.size(memoryBytes)) of memory"
  }

  private static func size(_ bytes: Double) -> String {
    bytes < 1e9 ? String(format: "%.0f MB", bytes / 1e6) : String(format: "%.1f GB", bytes / 1e9)
  }

  /// Up to `count` elements at equal distances.
  private static func evenly<Element>(_ count: Int, of elements: [Element]) -> [Element] {
    let count = min(count, elements.count)
    return (0..<count).map { elements[$0 * elements.count / count] }
  }
}

/// Seconds of simulations tried, collected from several threads.
private final class Measurements: Sendable {
  typealias Measurement = (features: [Double], perSecond: Double, fixed: Double)
  private let found = Mutex<[Measurement]>([])
  func add(_ measurement: Measurement) { found.withLock { $0.append(measurement) } }
  var all: [Measurement] { found.withLock { $0 } }
}
