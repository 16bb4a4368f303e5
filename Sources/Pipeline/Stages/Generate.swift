import FieldPotential
import Foundation
import ParameterEstimation
import RandomStreams
import Synchronization

/// Makes a data set: simulates every sample that no finished shard holds.
public struct Generate {
  /// Which shards to make.
  public enum Selection: Sendable, Equatable {
    /// All.
    case all
    /// Those with any of these samples.
    case samples(Range<Int>)
    /// Every `count`-th, beginning with number `index`.
    case task(index: Int, count: Int)
  }

  /// What was done.
  public struct Summary: Sendable, Codable {
    /// Samples of the selected shards.
    public let samples: Int
    /// Samples simulated now.
    public let simulated: Int
    /// Shards found finished.
    public let finishedShards: Int
    /// Shards made now.
    public let newShards: Int
    /// Seconds taken.
    public let seconds: Double

    enum CodingKeys: String, CodingKey {
      case samples, simulated
      case finishedShards = "finished_shards"
      case newShards = "new_shards"
      case seconds
    }
  }

  private let study: Study
  private let folder: DatasetFolder
  private let selected: [DatasetFolder.Shard]
  private let workers: Int
  private let isQuiet: Bool

  /// Prepares the folder; throws if it belongs to another study.
  public init(_ study: Study, output: String, selection: Selection, workers: Int, isQuiet: Bool) throws {
    self.study = study
    folder = try DatasetFolder(for: study, at: output)
    TemporaryName.removeAbandoned(in: output)
    self.workers = workers
    self.isQuiet = isQuiet
    selected = folder.shards.filter { shard in
      switch selection {
      case .all: true
      case .samples(let range): shard.samples.overlaps(range)
      case .task(let index, let count): shard.number % count == index
      }
    }
  }

  /// Simulates and stores; on a request to stop, shards in work are lost, stored ones are not.
  public func run() throws -> Summary {
    let clock = ContinuousClock.now
    let kernels = try study.kernels()
    let description = study.datasetDescription(kernels)
    let open = try selected.filter { try folder.status(of: $0, belongingTo: description) != .finished }
    let samples = open.flatMap { shard in shard.samples.map { (shard, $0) } }
    let assembly = ShardAssembly(folder: folder, description: description)
    let simulator = SampleSimulator(study, kernels: kernels)
    let progress = Progress("generate", total: samples.count, unit: "samples", isQuiet: isQuiet)
    let seed = study.configuration.seed
    try WorkerPool.forEach(samples, workers: workers) { shard, index in
      try assembly.add(try simulator.row(of: SampleIdentity(seed: seed, index: index)), to: shard)
      progress.advance()
    }
    progress.finish()
    try Interruption.check("stopped; the same command continues with the samples that are missing")
    return Summary(
      samples: selected.reduce(0) { $0 + $1.samples.count }, simulated: samples.count,
      finishedShards: selected.count - open.count, newShards: open.count,
      seconds: (ContinuousClock.now - clock).seconds)
  }
}

/// Collects rows, in whatever order they come, until their shard is complete.
private final class ShardAssembly: Sendable {
  private let folder: DatasetFolder
  private let description: DatasetDescription
  private let rows = Mutex<[Int: [DatasetRows]]>([:])

  init(folder: DatasetFolder, description: DatasetDescription) {
    self.folder = folder
    self.description = description
  }

  func add(_ row: DatasetRows, to shard: DatasetFolder.Shard) throws {
    let complete: [DatasetRows]? = rows.withLock { rows in
      rows[shard.number, default: []].append(row)
      return rows[shard.number]!.count == shard.samples.count ? rows.removeValue(forKey: shard.number) : nil
    }
    guard let complete else { return }
    var all = DatasetRows()
    for row in complete.sorted(by: { $0.sampleIndex[0] < $1.sampleIndex[0] }) { all.append(row) }
    try folder.store(all, as: shard, description: description)
  }
}
