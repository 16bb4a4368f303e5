import ConvolutionalNetwork
import DurableFiles
import Foundation
import HDF5Storage

/// The state of an unfinished training, in a file beside the model to be.
final class TrainingCheckpoint {
  private let path: String
  private let identity: String
  private var lastSave = ContinuousClock.now
  private var cost = Duration.zero
  /// Part of the time that saving may take.
  private static let share = 0.02

  /// `identity` is the hash of what the training depends on; a checkpoint of another training is refused. `member` is
  /// the number of the network in an ensemble, from 0.
  init(model: String, identity: String, member: Int?) {
    path = model + (member.map { ".member_\($0 + 1)" } ?? "") + ".checkpoint"
    self.identity = identity
  }

  /// Whether enough time has passed that saving again takes no more than its share: with all but tiny data sets and slow
  /// disks, this is so after every epoch.
  var isDue: Bool { cost <= (ContinuousClock.now - lastSave) * Self.share }

  func save(_ state: TrainingState) throws {
    let start = ContinuousClock.now
    defer {
      lastSave = ContinuousClock.now
      cost = lastSave - start
    }
    try AtomicFile.write(to: path, replacing: true) { temporary in
      let file = try HDF5File.create(temporary, isSealed: true)
      let root = file.root
      try root.attributes.write(identity, named: "identity")
      try root.attributes.write(Int64(state.optimiser.step), named: "step")
      try root.createDataset("parameters", state.parameters)
      try root.createDataset("best_parameters", state.bestParameters)
      try root.createDataset("mean", state.optimiser.mean)
      try root.createDataset("mean_square", state.optimiser.meanSquare)
      try root.createDataset("average", state.average)
      try root.createDataset("training_loss", state.history.map(\.trainingLoss))
      try root.createDataset("validation_loss", state.history.map(\.validationLoss))
      try file.close()
    }
  }

  /// The stored state, or nil if there is none.
  ///
  /// - Throws: ``TrainingCheckpointError`` if the file is there, of another training.
  func load() throws -> TrainingState? {
    guard FileManager.default.fileExists(atPath: path) else { return nil }
    let file = try HDF5File.open(path)
    let root = file.root
    guard try root.attributes.read("identity", as: String.self) == identity else {
      throw TrainingCheckpointError.otherTraining(file: path)
    }
    let training: [Double] = try root.dataset("training_loss").read()
    let validation: [Double] = try root.dataset("validation_loss").read()
    let state = TrainingState(
      parameters: try root.dataset("parameters").read(),
      optimiser: Adam.State(
        step: Int(try root.attributes.read("step", as: Int64.self)), mean: try root.dataset("mean").read(),
        meanSquare: try root.dataset("mean_square").read()),
      average: try root.dataset("average").read(),
      history: zip(training, validation).map { .init(trainingLoss: $0, validationLoss: $1) },
      bestParameters: try root.dataset("best_parameters").read())
    try file.close()
    return state
  }

  func remove() { unlink(path) }
}

/// Why a training cannot go on from a checkpoint, nor begin.
package enum TrainingCheckpointError: Error, Sendable, Equatable, CustomStringConvertible {
  /// The file is there, of another training that may still be wanted.
  case otherTraining(file: String)

  /// One line with what was found and what can be done.
  package var description: String {
    switch self {
    case .otherTraining(let file):
      "\(file): is of an unfinished training with another configuration, data set or version; continue that one, remove "
        + "the file, or choose another output"
    }
  }
}
