import ConvolutionalNetwork
import RandomStreams
import Testing

@Suite("Trainer") struct TrainerTests {
  /// A small network with every kind of layer.
  private static func architecture() throws -> NetworkArchitecture {
    try NetworkArchitecture(
      input: FeatureShape(positions: 12, channels: 2),
      layers: [
        .convolution(width: 3, filters: 6, bias: false, activation: .rectifiedLinear),
        .maxPooling(width: 2), .flatten,
        .dense(outputs: 10, bias: true, activation: .rectifiedLinear),
        .dense(outputs: 2, bias: false, activation: .linear),
      ])
  }

  @Test("training recovers a linear map")
  func linearMap() throws {
    let architecture = try NetworkArchitecture(
      input: FeatureShape(positions: 1, channels: 4),
      layers: [.dense(outputs: 2, bias: true, activation: .linear)])
    let map = try Network(
      architecture: architecture, parameters: [0.5, -1, 0.25, 2, -0.75, 0, 1, 1.5, 0.3, -0.2])
    func samples(_ count: Int, seed: UInt64) throws -> SampleSet {
      let inputs = uniformNumbers(4 * count, seed: seed)
      return try SampleSet(
        architecture: architecture, inputs: inputs, targets: map.outputs(for: inputs))
    }
    let trainer = try Trainer(
      architecture: architecture, optimiser: Adam(learningRate: 0.01), batchSize: 20, epochs: 100,
      key: StreamKey(seed: 1))
    let state = try trainer.train(training: samples(500, seed: 2), validation: samples(50, seed: 3))
    #expect(zip(state.bestParameters, map.parameters).allSatisfy { abs($0 - $1) < 1e-3 })
    #expect(state.history.count == 100)
    #expect(state.history[state.bestEpoch! - 1].validationLoss < 1e-6)
    #expect(state.history[0].trainingLoss > 0.1)
  }

  @Test("an interrupted and continued training gives the bits of an uninterrupted one, on any threads")
  func resuming() throws {
    let architecture = try Self.architecture()
    let training = try uniformSamples(architecture, 130, seed: 4)
    let validation = try uniformSamples(architecture, 30, seed: 5)
    func trainer(threads: Int) throws -> Trainer {
      try Trainer(
        architecture: architecture, batchSize: 50, epochs: 8, key: StreamKey(seed: 6), threads: threads)
    }
    let whole = try trainer(threads: 1).train(training: training, validation: validation)
    #expect(whole.history.count == 8)
    #expect(whole.optimiser.step == 24)
    #expect(whole.parameters != whole.bestParameters || whole.bestEpoch == 8)
    #expect(try trainer(threads: 2).train(training: training, validation: validation) == whole)

    var epochs: [Int] = []
    let half = try trainer(threads: 1).train(training: training, validation: validation) { state in
      epochs.append(state.history.count)
      return state.history.count < 3
    }
    #expect(epochs == [1, 2, 3])
    #expect(half.history.count == 3)
    let copy = TrainingState(
      parameters: half.parameters,
      optimiser: Adam.State(
        step: half.optimiser.step, mean: half.optimiser.mean, meanSquare: half.optimiser.meanSquare),
      history: half.history, bestParameters: half.bestParameters)
    #expect(try trainer(threads: 2).train(from: copy, training: training, validation: validation) == whole)
    #expect(try trainer(threads: 1).train(from: whole, training: training, validation: validation) == whole)
  }

  @Test("the best epoch's parameters are kept and give its validation loss")
  func bestEpoch() throws {
    let architecture = try Self.architecture()
    let training = try uniformSamples(architecture, 60, seed: 7)
    let validation = try uniformSamples(architecture, 40, seed: 8)
    // Unrelated targets: training on them soon makes the validation loss worse.
    let trainer = try Trainer(
      architecture: architecture, optimiser: Adam(learningRate: 0.02), batchSize: 20, epochs: 30,
      key: StreamKey(seed: 9))
    let state = try trainer.train(training: training, validation: validation)
    let losses = state.history.map(\.validationLoss)
    let best = try #require(state.bestEpoch)
    #expect(best < 30)
    #expect(losses[best - 1] == losses.min())
    let network = try Network(architecture: architecture, parameters: state.bestParameters)
    #expect(try network.loss(on: validation) == losses[best - 1])
    #expect(state.history[29].trainingLoss < state.history[0].trainingLoss)
  }

  @Test("an epoch uses every sample once, the last batch being smaller")
  func partialBatch() throws {
    // One weight, x = 1: with α tiny the parameter stays put, and the epoch's loss is that of all samples.
    let architecture = try NetworkArchitecture(
      input: FeatureShape(positions: 1, channels: 1),
      layers: [.dense(outputs: 1, bias: false, activation: .linear)])
    let targets: [Float] = (0..<25).map { Float($0) }
    let samples = try SampleSet(
      architecture: architecture, inputs: Array(repeating: 1, count: 25), targets: targets)
    let trainer = try Trainer(
      architecture: architecture, optimiser: Adam(learningRate: 1e-30), batchSize: 10, epochs: 2,
      key: StreamKey(seed: 10))
    var start = trainer.initialState
    start.parameters = [0]
    let state = try trainer.train(from: start, training: samples, validation: samples)
    #expect(state.optimiser.step == 6)
    let mean = targets.reduce(0) { $0 + Double($1 * $1) } / 25
    #expect(state.history.allSatisfy { abs($0.trainingLoss - mean) < 1e-12 * mean })
    #expect(state.history.allSatisfy { abs($0.validationLoss - mean) < 1e-12 * mean })
  }

  @Test("a loss that overflows stops the training with its epoch and batch")
  func nonFiniteLoss() throws {
    let architecture = try NetworkArchitecture(
      input: FeatureShape(positions: 1, channels: 1),
      layers: [
        .dense(outputs: 1, bias: false, activation: .linear),
        .dense(outputs: 1, bias: false, activation: .linear),
      ])
    let one = try SampleSet(architecture: architecture, inputs: [1, 1], targets: [0, 0])
    let huge = try SampleSet(architecture: architecture, inputs: [3e38, 3e38], targets: [0, 0])
    let trainer = try Trainer(architecture: architecture, batchSize: 1, epochs: 1, key: StreamKey(seed: 11))
    var start = trainer.initialState
    start.parameters = [2, 2]
    #expect(throws: TrainingError.nonFiniteLoss(epoch: 1, batch: 1)) {
      try trainer.train(from: start, training: huge, validation: one)
    }
    #expect(throws: TrainingError.nonFiniteValidationLoss(epoch: 1)) {
      try trainer.train(from: start, training: one, validation: huge)
    }
  }

  @Test("wrong samples, states and options are refused, and errors of the callback are passed on")
  func refusals() throws {
    let architecture = try Self.architecture()
    let samples = try uniformSamples(architecture, 4, seed: 12)
    let other = try uniformSamples(.paper(), 1, seed: 13)
    let empty = try SampleSet(architecture: architecture, inputs: [], targets: [])
    let trainer = try Trainer(architecture: architecture, epochs: 2, key: StreamKey(seed: 14))
    #expect(throws: TrainingError.noSamples("validation samples")) {
      try trainer.train(training: samples, validation: empty)
    }
    #expect(
      throws: TrainingError.samplesOfOtherShape(
        "training samples", inputs: 906, targets: 3, expectedInputs: 24, expectedTargets: 2)
    ) { try trainer.train(training: other, validation: samples) }
    var state = trainer.initialState
    state.optimiser.mean.removeLast()
    let count = architecture.parameterCount
    #expect(throws: TrainingError.stateMismatch("length of Adam's mean", count - 1, expected: count)) {
      try trainer.train(from: state, training: samples, validation: samples)
    }
    #expect(throws: TrainingError.invalidOption(name: "batch size", value: 0, expected: "at least 1")) {
      try Trainer(architecture: architecture, batchSize: 0, key: StreamKey(seed: 1))
    }
    #expect(throws: CancellationError.self) {
      try trainer.train(training: samples, validation: samples) { _ in throw CancellationError() }
    }
  }
}
