import SimulationData

/// The data sets of an experiment: each file is compared with its checksum and opened once, and the samples used last,
/// those of one to train on and one to test on, stay at hand.
struct DatasetShelf {
  private let threads: Int
  private let isQuiet: Bool
  private var readers: [String: DatasetReader] = [:]
  private var latest: [(set: AnalysedDataset.Choice, contents: DatasetContents)] = []

  init(threads: Int, isQuiet: Bool) {
    self.threads = threads
    self.isQuiet = isQuiet
  }

  mutating func open(_ choice: AnalysedDataset.Choice) throws -> AnalysedDataset {
    let reader = try readers[choice.path] ?? DatasetReader(checked: choice.path)
    readers[choice.path] = reader
    return try AnalysedDataset(reader, duration: choice.duration)
  }

  mutating func contents(of set: AnalysedDataset) throws -> DatasetContents {
    if let found = latest.first(where: { $0.set == set.choice }) { return found.contents }
    latest = Array(latest.suffix(1))
    latest.append((set.choice, try set.contents(threads: threads, isQuiet: isQuiet)))
    return latest[latest.count - 1].contents
  }
}
