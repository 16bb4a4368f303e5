import Configuration
import DurableFiles
import Foundation
import HDF5Storage
import SimulationData
import SpikeCoding

/// The folder of an experiment: one file for each network that learns, with its state and its weights over the course of
/// learning, from which learning goes on; and, in the end, results and figures.
package struct LearningFolder {
  private let path: String
  /// The experiment in canonical form.
  private let configuration: String
  let isQuiet: Bool

  /// Time between two savings.
  private static let interval = Duration.seconds(20)
  private static let resultsName = "results.json"

  /// Prepares a folder.
  ///
  /// - Parameter replacing: Whether results that are there are replaced; by default, they are refused.
  /// - Throws: `FileError`; ``LearningFolderError`` if the folder is another experiment's.
  package init(
    _ path: String, of experiment: some CodingExperiment, replacing: Bool, isQuiet: Bool
  ) throws {
    self.path = path
    self.isQuiet = isQuiet
    configuration = experiment.canonical.text()
    let copy = path + "/experiment.yaml"
    if let stored = try TextFile.read(copy) {
      guard stored == configuration else {
        throw LearningFolderError.otherExperiment(folder: path)
      }
      if !replacing, FileManager.default.fileExists(atPath: path + "/" + Self.resultsName) {
        throw FileError.exists(path: path + "/" + Self.resultsName)
      }
    } else {
      // Files of other origin are not to be overwritten.
      if let present = try? FileManager.default.contentsOfDirectory(atPath: path), !present.isEmpty {
        throw FileError.exists(path: path + "/" + present.sorted()[0])
      }
      try AtomicFile.createFolder(path)
      try AtomicFile.write(configuration, to: copy)
    }
  }

  /// A network's weights after some steps of learning.
  struct Snapshot<Network: LearningNetwork> {
    let steps: Int
    let network: Network
  }

  /// Has a network learn, from where it was when it was stored last.
  ///
  /// - Parameters:
  ///   - name: Its file, without ending.
  ///   - learning: The beginning, or where it stands given a network and its steps.
  /// - Returns: The network at the beginning, after the first piece with at least 1, 2, 4, … pieces' steps, and at the end.
  /// - Throws: `Interruption.Interrupted`, ``UnstableLearning`` with the last good weights kept, errors of files.
  func learn<Network: LearningNetwork>(
    _ name: String, _ start: Network, steps: Int, piece: Int,
    _ learning: (Network, Int) -> Learning<Network>
  ) throws -> [Snapshot<Network>] {
    Interruption.letWorkFinish()
    let file = path + "/\(name).h5"
    let stored = try LearningFile.read(file, configuration: configuration, like: start)
    var snapshots = stored?.snapshots ?? [Snapshot(steps: 0, network: start)]
    var current = learning(stored?.current.network ?? start, stored?.current.steps ?? 0)
    let progress = Progress(name, total: steps, unit: "steps", isQuiet: isQuiet || current.steps >= steps)
    if current.steps < steps { progress.advance(by: current.steps, cost: 1e-9 * Double(current.steps)) }
    var saved = ContinuousClock.now
    func save() throws {
      let now = Snapshot(steps: current.steps, network: current.network)
      try LearningFile.write(file, configuration: configuration, now, snapshots)
      saved = ContinuousClock.now
    }
    while current.steps < steps {
      let before = current.steps
      do { try current.advance(limit: steps) } catch {
        try save()
        throw error
      }
      progress.advance(by: current.steps - before)
      if current.steps == steps || Self.isKept(current.steps, piece: piece) {
        snapshots.append(Snapshot(steps: current.steps, network: current.network))
      }
      if Interruption.isRequested {
        try save()
        try Interruption.check(
          "\(name): stopped after \(current.steps) of \(steps) steps; the same call goes on from there")
      }
      if ContinuousClock.now - saved > Self.interval { try save() }
    }
    if stored?.current.steps != steps { try save() }
    progress.finish()
    return snapshots
  }

  /// Whether a power of two lies within the piece that ends with a step.
  private static func isKept(_ step: Int, piece: Int) -> Bool {
    let power = 1 << (Int.bitWidth - 1 - step.leadingZeroBitCount)
    return power > step - piece && power <= step
  }

  /// Writes results and figures.
  package func write(_ results: CodingResults) throws {
    for (name, figure) in results.figures.sorted(by: { $0.key < $1.key }) {
      try AtomicFile.write(figure.svg, to: path + "/\(name).svg", replacing: true)
    }
    let encoder = JSONEncoder.results([.prettyPrinted, .withoutEscapingSlashes])
    try AtomicFile.write(
      encoder.encode(results.numbers), to: path + "/" + Self.resultsName, replacing: true)
  }
}

/// Why a folder cannot be used.
package enum LearningFolderError: Error, Sendable, Equatable, CustomStringConvertible {
  /// It holds another experiment.
  case otherExperiment(folder: String)
  /// A file is of another experiment.
  case otherFile(file: String)

  package var description: String {
    switch self {
    case .otherExperiment(let folder):
      "\(folder)/experiment.yaml: is of another configuration; choose another folder"
    case .otherFile(let file): "\(file): is of another configuration; remove it or choose another folder"
    }
  }
}
