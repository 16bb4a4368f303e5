import ConvolutionalNetwork
import Foundation
import ParameterEstimation
import RandomStreams

/// Trains an estimator on a data set and stores it.
public struct Train {
  /// The figures of a training.
  public struct Summary: Sendable, Codable {
    /// Samples passed through the network and back per second.
    public let samplesPerSecond: Double
    /// Epochs done.
    public let epochs: Int
    /// The epoch whose weights are kept.
    public let bestEpoch: Int
    /// Mean squared error over the training samples in the best epoch.
    public let trainingLoss: Double
    /// Mean squared error over the samples that decide, in the best epoch.
    public let validationLoss: Double
    /// Number of trained parameters.
    public let parameters: Int
    /// Seconds taken by this run.
    public let seconds: Double
    /// Samples trained on.
    public let trainingSamples: Int
    /// Samples that decided about the best epoch.
    public let validationSamples: Int
    /// Samples left out because they fired no spike.
    public let silent: Int

    enum CodingKeys: String, CodingKey {
      case samplesPerSecond = "samples_per_s"
      case epochs
      case bestEpoch = "best_epoch"
      case trainingLoss = "training_loss"
      case validationLoss = "validation_loss"
      case parameters, seconds
      case trainingSamples = "training_samples"
      case validationSamples = "validation_samples"
      case silent
    }
  }

  private let configuration: StudyConfiguration
  private let spectraIdentity: String
  private let dataset: AnalysedDataset
  private let output: String
  private let threads: Int
  private let isQuiet: Bool

  /// A training on the file `dataset`. Of `configuration` the seed and the sections `training` and `evaluation` count;
  /// all else, and everything without a configuration, is as stored with the data set.
  public init(
    dataset: String, configuration: StudyConfiguration?, seed: UInt64?, output: String, threads: Int,
    isQuiet: Bool
  ) throws {
    try self.init(
      AnalysedDataset(path: dataset), configuration: configuration, seed: seed, output: output,
      threads: threads, isQuiet: isQuiet)
  }

  init(
    _ dataset: AnalysedDataset, configuration: StudyConfiguration?, seed: UInt64?, output: String,
    threads: Int, isQuiet: Bool
  ) throws {
    self.dataset = dataset
    self.output = output
    self.threads = threads
    self.isQuiet = isQuiet
    let description = try dataset.description()
    spectraIdentity = description.spectraIdentity
    var used = try StudyConfiguration(yaml: description.configuration, file: dataset.path)
    if let configuration {
      used.seed = configuration.seed
      used.training = configuration.training
      used.evaluation = configuration.evaluation
    }
    if let seed { used.seed = seed }
    self.configuration = used
  }

  /// Trains and writes the model. After an interruption the same call continues, with the same result.
  public func run() throws -> Summary {
    try AtomicFile.requireCreatable(output)
    return try run(on: dataset.contents(threads: threads, isQuiet: isQuiet))
  }

  /// The same with the data set at hand.
  func run(on contents: AnalysedDataset.Contents) throws -> Summary {
    try AtomicFile.requireCreatable(output)
    let data = try TrainingData(contents, configuration: configuration)
    let trainer = try self.trainer(for: data)
    let checkpoint = TrainingCheckpoint(model: output, identity: identity)
    let begin = try checkpoint.load()
    let progress = Progress("train", total: configuration.training.epochs, unit: "epochs", isQuiet: isQuiet)
    if let begin { progress.advance(by: begin.history.count) }

    let clock = ContinuousClock.now
    var lastSave = clock
    let state = try trainer.train(from: begin, training: data.training, validation: data.validation) {
      state in
      let losses = state.history[state.history.count - 1]
      progress.advance(
        note: String(format: "loss %.4g, validation %.4g", losses.trainingLoss, losses.validationLoss))
      let isLast = state.history.count == configuration.training.epochs
      if !isLast, Interruption.isRequested || ContinuousClock.now - lastSave > .seconds(30) {
        try checkpoint.save(state)
        lastSave = ContinuousClock.now
      }
      return !Interruption.isRequested
    }
    progress.finish()
    if state.history.count < configuration.training.epochs {
      try Interruption.check(
        "stopped after epoch \(state.history.count); the same command continues from there")
    }
    let seconds = (ContinuousClock.now - clock).seconds
    try AtomicFile.write(to: output) { try model(state, data).write(to: $0) }
    checkpoint.remove()
    return try summary(state, begin, data, seconds)
  }

  private func trainer(for data: TrainingData) throws -> Trainer {
    let t = configuration.training
    return try Trainer(
      architecture: data.architecture,
      optimiser: Adam(learningRate: t.learningRate, beta1: t.beta1, beta2: t.beta2, epsilon: t.epsilon),
      batchSize: t.batchSize, epochs: t.epochs, key: StreamKey(seed: configuration.seed), threads: threads)
  }

  /// Hash of everything that the result depends on.
  var identity: String { Self.identity(spectraIdentity, configuration) }

  /// The same of the training that a model came from.
  static func identity(of model: TrainedModel, file: String) throws -> String {
    identity(model.spectraIdentity, try StudyConfiguration(yaml: model.configuration, file: file))
  }

  private static func identity(_ spectraIdentity: String, _ configuration: StudyConfiguration) -> String {
    SHA256.hash(spectraIdentity + configuration.canonicalText(of: [.seed, .split, .training]))
  }

  private func model(_ state: TrainingState, _ data: TrainingData) throws -> TrainedModel {
    let network = try Network(architecture: data.architecture, parameters: state.bestParameters)
    return TrainedModel(
      estimator: Estimator(
        network: network, normaliser: data.normaliser, targetBox: data.targetBox,
        channelDepths: data.description.channelDepths, frequencies: data.description.frequencies),
      history: state.history, bestEpoch: state.bestEpoch ?? 0,
      spectraIdentity: data.description.spectraIdentity,
      selection: configuration.training.selection == .test ? .test : .validation,
      configuration: configuration.yaml, softwareVersion: softwareVersion)
  }

  private func summary(
    _ state: TrainingState, _ begin: TrainingState?, _ data: TrainingData, _ seconds: Double
  ) throws -> Summary {
    let best = state.bestEpoch ?? 0
    let done = state.history.count - (begin?.history.count ?? 0)
    return Summary(
      samplesPerSecond: Double(done * data.training.count) / seconds, epochs: state.history.count,
      bestEpoch: best,
      trainingLoss: state.history[best - 1].trainingLoss,
      validationLoss: state.history[best - 1].validationLoss,
      parameters: data.architecture.parameterCount, seconds: seconds, trainingSamples: data.training.count,
      validationSamples: data.validation.count, silent: data.silent)
  }
}
