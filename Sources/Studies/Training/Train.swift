import Configuration
import ConvolutionalNetwork
import DurableFiles
import Foundation
import ParameterEstimation
import RandomStreams
import SimulationData

/// Trains an estimator on a data set and stores it.
package struct Train {
  private let configuration: StudyConfiguration
  private let dataset: AnalysedDataset
  private let output: String
  private let threads: Int
  private let isQuiet: Bool

  /// A training on the file `dataset`. Of the file `configuration` the seed and the sections `training`, `evaluation`
  /// and `robustness` count; all else, and everything without a configuration, is as stored with the data set. `settings` replace values of
  /// the configuration that counts.
  package init(
    dataset: String, configuration: URL?, settings: [String], seed: UInt64?, output: String, threads: Int,
    isQuiet: Bool
  ) throws {
    let configuration = try configuration.map { try StudyConfiguration(contentsOf: $0, settings: settings) }
    try self.init(
      AnalysedDataset(try DatasetReader(checked: dataset)), configuration: configuration,
      settings: configuration == nil ? settings : [], seed: seed, output: output, threads: threads,
      isQuiet: isQuiet)
  }

  init(
    _ dataset: AnalysedDataset, configuration: StudyConfiguration?, settings: [String] = [], seed: UInt64?,
    output: String, threads: Int, isQuiet: Bool
  ) throws {
    self.dataset = dataset
    self.output = output
    self.threads = threads
    self.isQuiet = isQuiet
    let description = dataset.description
    var used = description.configuration.values
    if !settings.isEmpty {
      used = try StudyConfiguration(
        yaml: description.configuration.text, settings: settings, file: dataset.path)
    }
    if let configuration {
      used.seed = configuration.seed
      used.training = configuration.training
      used.evaluation = configuration.evaluation
      used.robustness = configuration.robustness
    }
    if let seed { used.seed = seed }
    if used.training.targetBox == .sampled { used.training.targetBox = .ranges(description.box) }
    self.configuration = used
  }

  /// Trains and writes the model. After an interruption, or a kill, the same call continues, with the same result.
  package func run() throws -> Summary {
    try AtomicFile.requireCreatable(output)
    return try run(on: dataset.contents(threads: threads, isQuiet: isQuiet))
  }

  /// The same with the data set at hand.
  func run(on contents: DatasetContents) throws -> Summary {
    try AtomicFile.requireCreatable(output)
    let data = try TrainingData(contents, configuration: configuration, scratch: FilePath.folder(output))
    let t = configuration.training
    Interruption.letWorkFinish()
    let progress = Progress("train", total: t.members * t.epochs, unit: "epochs", isQuiet: isQuiet)
    for notice in data.notices { progress.announce("note: \(notice)") }
    let clock = ContinuousClock.now
    let share = ThreadShare(threads: threads, networks: t.members)
    let trained = try WorkerPool.map(
      Array(0..<t.members), workers: share.workers, stopped: "stopped; the same command continues from there"
    ) { member in
      do { return try train(member, data, share, progress) } catch {
        share.abandon()
        throw error
      }
    }
    let states = trained.map(\.state)
    let epochsDone = trained.reduce(0) { $0 + $1.state.history.count - $1.begin }
    progress.finish()
    let seconds = (ContinuousClock.now - clock).seconds
    let model = try model(states, data)
    try AtomicFile.write(to: output) { try model.write(to: $0) }
    for member in 0..<t.members { checkpoint(member).remove() }
    return try summary(model, data, speed: Double(epochsDone * data.training.count) / seconds, seconds)
  }

  /// The file with the state of a network.
  private func checkpoint(_ member: Int) -> TrainingCheckpoint {
    TrainingCheckpoint(
      model: output, identity: identity, member: configuration.training.members == 1 ? nil : member)
  }

  /// Trains one network, or goes on with it; returns its last state, and with how many epochs this run began.
  private func train(
    _ member: Int, _ data: TrainingData, _ share: ThreadShare, _ progress: Progress
  ) throws -> (state: TrainingState, begin: Int) {
    let isSingle = configuration.training.members == 1
    let checkpoint = checkpoint(member)
    let begin = try checkpoint.load()
    if let begin { progress.advance(by: begin.history.count) }
    var trainer = try trainer(for: data, member: member, threads: share.current)
    var state = begin ?? trainer.initialState
    while !trainer.isFinished(state), !Interruption.isRequested, !share.isAbandoned {
      // Goes on with more threads when other networks leave them.
      trainer = try self.trainer(for: data, member: member, threads: share.current)
      state = try trainer.train(from: state, training: data.training, validation: data.validation) { state in
        let losses = state.history[state.history.count - 1]
        progress.advance(
          note: String(
            format: "%@loss %.4g, validation %.4g", isSingle ? "" : "network \(member + 1): ",
            losses.trainingLoss, losses.validationLoss))
        let isStopped = Interruption.isRequested || share.isAbandoned
        if trainer.isFinished(state) ? !isSingle || isStopped : isStopped || checkpoint.isDue {
          try checkpoint.save(state)
        }
        return !isStopped && share.current == trainer.threads
      }
    }
    if !trainer.isFinished(state) {
      try Interruption.check(
        "stopped after epoch \(state.history.count)\(isSingle ? "" : " of network \(member + 1)"); the same command continues from there"
      )
    }
    share.finishOne()
    return (state, begin?.history.count ?? 0)
  }

  private func trainer(for data: TrainingData, member: Int, threads: Int) throws -> Trainer {
    let t = configuration.training
    let key = StreamKey(seed: configuration.seed)
    return try Trainer(
      architecture: data.architecture, loss: data.loss,
      optimiser: Adam(
        learningRate: t.learningRate, beta1: t.beta1, beta2: t.beta2, epsilon: t.epsilon,
        weightDecay: t.weightDecay * t.regularisation(forSamples: data.training.count)),
      schedule: LearningRateSchedule(t.schedule, warmUpEpochs: t.warmUpEpochs),
      gradientClipping: t.gradientClipping > 0 ? t.gradientClipping : nil, averaging: t.averaging,
      inputNoise: data.augmentation,
      batchSize: t.batchSize, epochs: t.epochs, patience: t.patience > 0 ? t.patience : nil,
      // The first network is that of a training with one.
      key: member == 0 ? key : key.derived(.member, UInt64(member)), threads: threads)
  }

  /// Hash of everything that the result depends on.
  var identity: String { Self.identity(dataset.description.spectraIdentity, configuration) }

  /// The same of the training that a model came from.
  static func identity(of model: TrainedModel) -> String {
    identity(model.spectraIdentity, model.configuration.values)
  }

  private static func identity(_ spectraIdentity: String, _ configuration: StudyConfiguration) -> String {
    SHA256.hash(spectraIdentity + configuration.identityText(of: [.seed, .split, .training]))
  }

  private func model(_ states: [TrainingState], _ data: TrainingData) throws -> TrainedModel {
    let estimator = Estimator(
      networks: try states.map {
        try Network(architecture: data.architecture, parameters: $0.bestParameters)
      },
      prediction: configuration.training.prediction, normaliser: data.normaliser, targetBox: data.targetBox,
      contacts: data.description.contacts, frequencies: data.frequencies)
    return TrainedModel(
      estimator: try estimator.calibrated(
        spectra: data.deciding.spectra, targets: data.deciding.targets, threads: threads
      ).knowing(
        trained: data.known, held: data.deciding.spectra, sampledBox: data.description.box, threads: threads),
      courses: states.map { .init(history: $0.history, bestEpoch: $0.bestEpoch ?? 0) },
      spectraIdentity: data.description.spectraIdentity,
      dataSeed: data.description.configuration.values.seed,
      selection: configuration.training.selection == .test ? .test : .validation,
      configuration: StoredConfiguration(configuration), softwareVersion: softwareVersion)
  }

  private func summary(
    _ model: TrainedModel, _ data: TrainingData, speed: Double, _ seconds: Double
  ) throws -> Summary {
    let best = model.courses.map { $0.history[$0.bestEpoch - 1] }
    func mean(_ values: [Double]) -> Double { values.reduce(0, +) / Double(values.count) }
    let estimates = try model.estimator.estimates(from: data.deciding.spectra, threads: threads)
    let box = data.targetBox.dimensions
    let errors = box.enumerated().map { p, dimension in
      let squares = stride(from: p, to: estimates.count, by: box.count).map {
        let error = (estimates[$0] - data.deciding.parameters[$0]) / (dimension.upper - dimension.lower)
        return error * error
      }
      return (dimension.name, mean(squares).squareRoot())
    }
    return Summary(
      samplesPerSecond: speed, epochs: model.courses.reduce(0) { $0 + $1.history.count },
      bestEpoch: model.courses[0].bestEpoch, trainingLoss: mean(best.map(\.trainingLoss)),
      validationLoss: mean(best.map(\.validationLoss)),
      validationErrors: Dictionary(uniqueKeysWithValues: errors),
      parameters: data.architecture.parameterCount, members: model.courses.count, seconds: seconds,
      trainingSamples: data.training.count, validationSamples: data.validation.count, silent: data.silent,
      notices: data.notices, courses: model.courses.map { ($0.bestEpoch, $0.history.count) })
  }
}

extension StreamPurpose {
  /// One of the networks of an ensemble.
  fileprivate static let member = StreamPurpose("ensemble member")
}
