import Configuration
import DurableFiles
import FieldPotential
import Foundation
import ParameterSampling
import RandomStreams
import SimulationData

/// Makes a data set: simulates every sample that no finished shard holds.
package struct Generate {
  /// Which shards to make.
  package enum Selection: Sendable, Equatable {
    /// All.
    case all
    /// Those with any of these samples.
    case samples(Range<Int>)
    /// Every `count`-th, beginning with number `index`.
    case task(index: Int, count: Int)
  }

  /// What was done.
  package struct Summary: Sendable, Codable {
    /// Samples of the selected shards.
    package let samples: Int
    /// Samples simulated now.
    package let simulated: Int
    /// Shards found finished.
    package let finishedShards: Int
    /// Shards made now.
    package let newShards: Int
    /// Seconds taken.
    package let seconds: Double
    /// Seconds foreseen; nil where the work was too little to ask.
    package let forecastSeconds: Double?

    enum CodingKeys: String, CodingKey {
      case samples, simulated
      case finishedShards = "finished_shards"
      case newShards = "new_shards"
      case seconds
      case forecastSeconds = "forecast_seconds"
    }
  }

  /// Fewer samples are done before a forecast would be of use.
  private static let worthForecast = 200

  private let study: Study
  private let folder: DatasetFolder
  private let selected: [DatasetFolder.Shard]
  private let workers: Int
  private let isQuiet: Bool

  /// Prepares the folder, unless only a forecast is wanted; throws if it belongs to another study.
  package init(
    _ study: Study, output: String, selection: Selection, workers: Int, isDryRun: Bool = false, isQuiet: Bool
  ) throws {
    self.study = study
    folder = try DatasetFolder(for: study, at: output, isDryRun: isDryRun)
    if !isDryRun { TemporaryName.removeAbandoned(in: output) }
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

  /// Selected shards that are not finished; finished ones have to belong to `description`.
  private func openShards(_ description: DatasetDescription) throws -> [DatasetFolder.Shard] {
    try selected.filter { try !folder.open($0, belongingTo: description).isSound }
  }

  private func identity(_ index: Int) -> SampleIdentity {
    SampleIdentity(seed: study.configuration.seed, index: index)
  }

  /// What is to be done, without doing it.
  package func forecast() throws -> (forecast: Forecast, text: String) {
    let kernels = try study.completeKernels()
    let simulator = SampleSimulator(study, kernels: kernels)
    let samples = try openShards(study.datasetDescription(kernels)).flatMap(\.samples).map(identity)
    let forecast = try Forecast(samples, of: simulator, workers: workers)
    return (forecast, forecast.text(workers: workers))
  }

  /// Simulates and stores; on a request to stop, shards in work are lost, stored ones are not.
  package func run() throws -> Summary {
    let clock = ContinuousClock.now
    let kernels = try study.completeKernels()
    let description = study.datasetDescription(kernels)
    let open = try openShards(description)
    let simulator = SampleSimulator(study, kernels: kernels)
    let work = try open.flatMap { try slowestFirst($0, simulator) }
    let forecast =
      work.count < Self.worthForecast
      ? nil : try Forecast(work.map(\.sample), of: simulator, workers: workers)
    let progress = Progress(
      "generate", total: work.count, unit: "samples", cost: work.reduce(0) { $0 + $1.cost }, isQuiet: isQuiet)
    if let forecast { progress.announce(forecast.text(workers: workers)) }
    let presence = Presence(in: folder.path, samples: work.count)
    defer { presence.end() }
    let assembly = ShardAssembly(folder: folder, description: description)
    try WorkerPool.forEach(work, workers: workers) { item in
      let stored = try assembly.add(try simulator.row(of: item.sample), to: item.shard)
      presence.advance(stored: stored)
      progress.advance(cost: item.cost)
    }
    progress.finish()
    try Interruption.check("stopped; the same command continues with the samples that are missing")
    return Summary(
      samples: selected.reduce(0) { $0 + $1.samples.count }, simulated: work.count,
      finishedShards: selected.count - open.count, newShards: open.count,
      seconds: (ContinuousClock.now - clock).seconds, forecastSeconds: forecast?.seconds)
  }

  /// A sample to simulate, and what it will cost in comparison with others.
  private typealias Work = (shard: DatasetFolder.Shard, sample: SampleIdentity, cost: Double)

  /// A shard's samples, those expected to take longest first: then no core is left with a long one at the end, and
  /// shards are still completed one after another.
  private func slowestFirst(_ shard: DatasetFolder.Shard, _ simulator: SampleSimulator) throws -> [Work] {
    try shard.samples.map { index in
      let sample = identity(index)
      return (shard, sample, CostModel.rank(try simulator.costFeatures(of: sample)))
    }.sorted { ($1.cost, $0.sample.index) < ($0.cost, $1.sample.index) }
  }
}
