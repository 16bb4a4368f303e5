import RandomStreams

/// Trains networks by Adam on the mean squared error of batches.
public struct Trainer: Sendable {
  /// The layers.
  public let architecture: NetworkArchitecture
  /// The optimiser.
  public let optimiser: Adam
  /// Samples of a batch; the last batch of an epoch takes what is left, as in Keras.
  public let batchSize: Int
  /// Epochs of a complete training.
  public let epochs: Int
  /// Names the initial weights and the order of the samples in every epoch.
  public let key: StreamKey
  /// Number of threads; it has no influence on results.
  public let threads: Int

  /// The defaults are the paper's; throws ``TrainingError`` for impossible values.
  public init(
    architecture: NetworkArchitecture, optimiser: Adam = .recommended, batchSize: Int = 100,
    epochs: Int = 400, key: StreamKey, threads: Int = 1
  ) throws(TrainingError) {
    for (name, value) in [("batch size", batchSize), ("epochs", epochs), ("threads", threads)] {
      guard value >= 1 else {
        throw .invalidOption(name: name, value: Double(value), expected: "at least 1")
      }
    }
    self.architecture = architecture
    self.optimiser = optimiser
    self.batchSize = batchSize
    self.epochs = epochs
    self.key = key
    self.threads = threads
  }

  /// The state with which a training begins: Glorot-uniform weights drawn from the key.
  public var initialState: TrainingState {
    TrainingState(network: Network(architecture: architecture, key: key))
  }

  /// Trains until ``epochs`` epochs are done.
  ///
  /// - Parameters:
  ///   - state: where to begin, by default the ``initialState``.
  ///   - training: the samples to learn from.
  ///   - validation: the samples that decide which epoch is best.
  ///   - afterEpoch: called after every epoch; returns whether to go on.
  /// - Returns: the state after the last epoch done.
  /// - Throws: ``TrainingError``, or what `afterEpoch` throws.
  public func train(
    from state: TrainingState? = nil, training: SampleSet, validation: SampleSet,
    afterEpoch: (TrainingState) throws -> Bool = { _ in true }
  ) throws -> TrainingState {
    try training.check(architecture, "training samples")
    try validation.check(architecture, "validation samples")
    var state = state ?? initialState
    try check(state)
    let evaluator = BatchEvaluator(
      architecture: architecture, threads: threads, largestBatch: min(batchSize, training.count))
    while state.history.count < epochs {
      let trainingLoss = try trainEpoch(&state, training, evaluator)
      state.parameters.withUnsafeBufferPointer { evaluator.load($0.baseAddress!) }
      let validationLoss = evaluator.loss(of: validation)
      guard validationLoss.isFinite else {
        throw TrainingError.nonFiniteValidationLoss(epoch: state.history.count + 1)
      }
      state.finishEpoch(.init(trainingLoss: trainingLoss, validationLoss: validationLoss))
      guard try afterEpoch(state) else { break }
    }
    return state
  }

  /// Throws unless all vectors have the length of the parameters.
  private func check(_ state: TrainingState) throws(TrainingError) {
    let vectors = [
      ("number of parameters", state.parameters), ("number of best parameters", state.bestParameters),
      ("length of Adam's mean", state.optimiser.mean),
      ("length of Adam's mean square", state.optimiser.meanSquare),
    ]
    for (name, vector) in vectors where vector.count != architecture.parameterCount {
      throw .stateMismatch(name, vector.count, expected: architecture.parameterCount)
    }
  }

  /// One pass over all training samples; returns their mean loss.
  private func trainEpoch(
    _ state: inout TrainingState, _ training: SampleSet, _ evaluator: BatchEvaluator
  ) throws(TrainingError) -> Double {
    let epoch = state.history.count
    var order = Array(0..<training.count)
    var stream = key.derived(.shuffle, UInt64(epoch)).generator()
    stream.shuffle(&order)
    var sum = 0.0
    for start in stride(from: 0, to: order.count, by: batchSize) {
      let batch = start..<min(start + batchSize, order.count)
      let loss = order.withUnsafeBufferPointer { order in
        state.parameters.withUnsafeBufferPointer { evaluator.load($0.baseAddress!) }
        return evaluator.gradient(of: training, order: UnsafeBufferPointer(rebasing: order[batch]))
      }
      guard loss.isFinite else {
        throw .nonFiniteLoss(epoch: epoch + 1, batch: start / batchSize + 1)
      }
      sum += loss * Double(batch.count)
      step(&state, evaluator)
    }
    return sum / Double(order.count)
  }

  /// One step of the optimiser along the evaluator's gradient, each thread on its part of the parameters.
  private func step(_ state: inout TrainingState, _ evaluator: BatchEvaluator) {
    state.optimiser.step += 1
    state.parameters.withUnsafeMutableBufferPointer { parameters in
      let parameters = parameters.baseAddress!
      state.optimiser.withPointers { mean, meanSquare, step in
        evaluator.team.performRanges(architecture.parameterCount) { range in
          optimiser.update(
            range, parameters, gradient: evaluator.gradient, mean: mean, meanSquare: meanSquare, step: step)
        }
      }
    }
  }
}
