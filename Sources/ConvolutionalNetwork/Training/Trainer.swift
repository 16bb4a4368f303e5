import RandomStreams

/// Trains networks by Adam on batches.
///
/// With the defaults it is the training of the paper: mean squared error, a constant step size, the parameters of the
/// best epoch.
public struct Trainer: Sendable {
  /// The layers.
  public let architecture: NetworkArchitecture
  /// What is made small.
  public let loss: Loss
  /// The optimiser.
  public let optimiser: Adam
  /// The course of its step size.
  public let schedule: LearningRateSchedule
  /// Norm that a batch's gradient is shortened to if it is longer; nil for none.
  public let gradientClipping: Double?
  /// Decay per step of the moving average of the parameters, which is then what is validated and kept; 0 for none. In
  /// step t it is at most t/(9 + t), so that the initial parameters are soon forgotten.
  public let averaging: Double
  /// Noise added to the inputs that are learned from; nil for none.
  public let inputNoise: (any InputAugmentation)?
  /// Samples of a batch; the last batch of an epoch takes what is left, as in Keras.
  public let batchSize: Int
  /// Epochs of a complete training.
  public let epochs: Int
  /// Epochs without a smaller validation loss after which a training ends early; nil for never.
  public let patience: Int?
  /// Names the initial weights and the order of the samples in every epoch.
  public let key: StreamKey
  /// Number of threads; it has no influence on results.
  public let threads: Int

  /// The defaults are the paper's; throws ``TrainingError`` for impossible values.
  public init(
    architecture: NetworkArchitecture, loss: Loss = .squaredError, optimiser: Adam = .recommended,
    schedule: LearningRateSchedule = LearningRateSchedule(), gradientClipping: Double? = nil,
    averaging: Double = 0,
    inputNoise: (any InputAugmentation)? = nil,
    batchSize: Int = 100, epochs: Int = 400, patience: Int? = nil, key: StreamKey, threads: Int = 1
  ) throws(TrainingError) {
    for (name, value) in [
      ("batch size", batchSize), ("epochs", epochs), ("patience", patience ?? 1), ("threads", threads),
    ] {
      guard value >= 1 else {
        throw .invalidOption(name: name, value: Double(value), expected: "at least 1")
      }
    }
    guard gradientClipping.map({ $0 > 0 }) ?? true else {
      throw .invalidOption(name: "gradient clipping", value: gradientClipping!, expected: "a positive number")
    }
    guard averaging >= 0, averaging < 1 else {
      throw .invalidOption(name: "averaging", value: averaging, expected: "a number in [0, 1)")
    }
    if let inputNoise {
      precondition(inputNoise.inputCount == architecture.input.count, "noise for every input")
    }
    self.architecture = architecture
    self.loss = loss
    self.optimiser = optimiser
    self.schedule = schedule
    self.gradientClipping = gradientClipping
    self.averaging = averaging
    self.inputNoise = inputNoise
    self.batchSize = batchSize
    self.epochs = epochs
    self.patience = patience
    self.key = key
    self.threads = threads
  }

  /// The state with which a training begins: Glorot-uniform weights drawn from the key.
  public var initialState: TrainingState {
    TrainingState(network: Network(architecture: architecture, key: key), isAveraged: averaging > 0)
  }

  /// Whether a training that came to `state` is over.
  public func isFinished(_ state: TrainingState) -> Bool {
    let done = state.history.count
    if done >= epochs { return true }
    guard let patience, let best = state.bestEpoch else { return false }
    return done - best >= patience
  }

  /// Trains until ``epochs`` epochs are done or ``patience`` runs out.
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
    try training.check(architecture, loss, "training samples")
    try validation.check(architecture, loss, "validation samples")
    var state = state ?? initialState
    try check(state)
    let evaluator = BatchEvaluator(
      architecture: architecture, loss: loss, threads: threads, largestBatch: min(batchSize, training.count))
    while !isFinished(state) {
      let trainingLoss = try trainEpoch(&state, training, evaluator)
      state.result.withUnsafeBufferPointer { evaluator.load($0.baseAddress!) }
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
    var vectors = [
      ("number of parameters", state.parameters), ("number of best parameters", state.bestParameters),
      ("length of Adam's mean", state.optimiser.mean),
      ("length of Adam's mean square", state.optimiser.meanSquare),
    ]
    if averaging > 0 { vectors.append(("length of the average", state.average)) }
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
    let noise = inputNoise.map { ($0, key: key.derived(.inputNoise, UInt64(epoch))) }
    var sum = 0.0
    for start in stride(from: 0, to: order.count, by: batchSize) {
      let batch = start..<min(start + batchSize, order.count)
      let loss = order.withUnsafeBufferPointer { order in
        state.parameters.withUnsafeBufferPointer { evaluator.load($0.baseAddress!) }
        return evaluator.gradient(
          of: training, order: UnsafeBufferPointer(rebasing: order[batch]), noise: noise)
      }
      guard loss.isFinite else {
        throw .nonFiniteLoss(epoch: epoch + 1, batch: start / batchSize + 1)
      }
      sum += loss * Double(batch.count)
      step(&state, evaluator, stepsPerEpoch: (order.count + batchSize - 1) / batchSize)
    }
    return sum / Double(order.count)
  }

  /// One step of the optimiser along the evaluator's gradient, each thread on its part of the parameters.
  private func step(_ state: inout TrainingState, _ evaluator: BatchEvaluator, stepsPerEpoch: Int) {
    state.optimiser.step += 1
    let scale = schedule.factor(
      step: state.optimiser.step, of: epochs * stepsPerEpoch,
      warmUpSteps: schedule.warmUpEpochs * stepsPerEpoch)
    var gradientScale: Float = 1
    if let gradientClipping {
      let norm = evaluator.gradientNorm
      if norm > gradientClipping { gradientScale = Float(gradientClipping / norm) }
    }
    let keep = Float(min(averaging, Double(state.optimiser.step) / Double(9 + state.optimiser.step)))
    state.parameters.withUnsafeMutableBufferPointer { parameters in
      let parameters = parameters.baseAddress!
      state.average.withUnsafeMutableBufferPointer { average in
        let average = averaging > 0 ? average.baseAddress : nil
        state.optimiser.withPointers { mean, meanSquare, step in
          evaluator.team.performRanges(architecture.parameterCount) { range in
            optimiser.update(
              range, parameters, gradient: evaluator.gradient, mean: mean, meanSquare: meanSquare, step: step,
              scale: scale, gradientScale: gradientScale)
            if let average {
              for i in range { average[i] = keep * average[i] + (1 - keep) * parameters[i] }
            }
          }
        }
      }
    }
  }
}
