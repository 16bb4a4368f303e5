import ConvolutionalNetwork
import Foundation
import RandomStreams
import Testing

/// Options that the paper's training does not have.
@Suite("Trainer options") struct TrainerOptionTests {
  /// One weight w with input 1: the loss is (w − t)².
  private static func line() throws -> NetworkArchitecture {
    try NetworkArchitecture(
      input: FeatureShape(positions: 1, channels: 1),
      layers: [.dense(outputs: 1, bias: false, activation: .linear)])
  }

  private static func samples(_ targets: [Float]) throws -> SampleSet {
    try SampleSet(
      architecture: line(), inputs: [Float](repeating: 1, count: targets.count), targets: targets)
  }

  /// The weight after each epoch, from `start`.
  private func course(of trainer: Trainer, _ targets: [Float], from start: Float) throws -> [TrainingState] {
    var begin = trainer.initialState
    begin.parameters = [start]
    if !begin.average.isEmpty { begin.average = [start] }
    var states: [TrainingState] = []
    _ = try trainer.train(from: begin, training: Self.samples(targets), validation: Self.samples(targets)) {
      states.append($0)
      return true
    }
    return states
  }

  @Test("warm-up and cosine scale the steps, of which Adam's first have the length of the learning rate")
  func schedule() throws {
    // Gradients stay nearly the same far from the target, so that every step is the scheduled step size.
    func steps(_ schedule: LearningRateSchedule) throws -> [Double] {
      let trainer = try Trainer(
        architecture: Self.line(), optimiser: Adam(learningRate: 0.01), schedule: schedule, epochs: 8,
        key: StreamKey(seed: 1))
      let weights = try course(of: trainer, [1000], from: 0).map { Double($0.parameters[0]) }
      return zip(weights, [0] + weights).map { ($0 - $1) / 0.01 }
    }
    func isClose(_ a: [Double], _ b: [Double]) -> Bool { zip(a, b).allSatisfy { abs($0 - $1) < 1e-3 } }
    #expect(isClose(try steps(LearningRateSchedule()), Array(repeating: 1, count: 8)))
    #expect(
      isClose(
        try steps(LearningRateSchedule(warmUpEpochs: 4)), [0.25, 0.5, 0.75, 1, 1, 1, 1, 1]))
    #expect(
      isClose(
        try steps(LearningRateSchedule(.cosine)), (0..<8).map { 0.5 + 0.5 * cos(Double.pi * Double($0) / 8) })
    )
    #expect(
      isClose(
        try steps(LearningRateSchedule(.cosine, warmUpEpochs: 4)),
        [0.25, 0.5, 0.75, 1] + (0..<4).map { 0.5 + 0.5 * cos(Double.pi * Double($0) / 4) }))
  }

  @Test("weight decay shrinks parameters by the step size times its rate, whatever their gradient")
  func weightDecay() throws {
    let adam = try Adam(learningRate: 0.1, weightDecay: 0.5)
    var parameters: [Float] = [2, -4]
    var state = Adam.State(parameterCount: 2)
    adam.update(&parameters, gradient: [0, 0], state: &state)
    #expect(zip(parameters, [1.9, -3.8]).allSatisfy { abs($0 - $1) < 1e-6 })
    adam.update(&parameters, gradient: [0, 0], state: &state, scale: 0.5)
    #expect(zip(parameters, [1.8525, -3.705]).allSatisfy { abs($0 - $1) < 1e-6 })
    #expect(throws: TrainingError.invalidOption(name: "weight decay", value: -1, expected: "not less than 0"))
    {
      try Adam(weightDecay: -1)
    }
  }

  @Test("the average of the parameters is that of its definition, is validated and is kept")
  func averaging() throws {
    let trainer = try Trainer(
      architecture: Self.line(), optimiser: Adam(learningRate: 0.1), averaging: 0.4, epochs: 6,
      key: StreamKey(seed: 2))
    let states = try course(of: trainer, [1], from: 0)
    var average = 0.0
    for (index, state) in states.enumerated() {
      let keep = min(0.4, Double(index + 1) / Double(10 + index))
      average = keep * average + (1 - keep) * Double(state.parameters[0])
      #expect(abs(Double(state.average[0]) - average) < 1e-6)
      #expect(abs(state.history[index].validationLoss - (average - 1) * (average - 1)) < 1e-6)
    }
    #expect(states.last!.bestParameters == states[states.last!.bestEpoch! - 1].average)
  }

  @Test("long gradients are shortened to the norm, short ones left")
  func gradientClipping() throws {
    // Adam's step does not depend on the gradient's length, but its state does: m = 0.1 g.
    for (norm, expected) in [(1.0, -0.1), (100, -0.8)] {
      let trainer = try Trainer(
        architecture: Self.line(), gradientClipping: norm, epochs: 1, key: StreamKey(seed: 3))
      // The gradient 2 (w − t) is −8.
      let state = try #require(try course(of: trainer, [4], from: 0).first)
      #expect(abs(Double(state.optimiser.mean[0]) - expected) < 1e-6)
    }
  }

  @Test("training ends when no better epoch has come for a while, also when it is continued")
  func patience() throws {
    let trainer = try Trainer(
      architecture: Self.line(), optimiser: Adam(learningRate: 1), epochs: 100, patience: 3,
      key: StreamKey(seed: 4))
    let states = try course(of: trainer, [0], from: 2.5)
    let last = try #require(states.last)
    #expect(last.history.count == last.bestEpoch! + 3)
    #expect(last.history.count < 100)
    #expect(trainer.isFinished(last) && !trainer.isFinished(states[states.count - 2]))
    let again = try trainer.train(from: last, training: Self.samples([0]), validation: Self.samples([0]))
    #expect(again == last)
  }

  @Test("noise has its amplitudes, is new for every epoch and sample, and does not depend on threads")
  func inputNoise() throws {
    // Outputs −1 on average: with a weight of 1 and targets 0 the loss of an epoch is the mean square of the inputs.
    let count = 4000
    let architecture = try NetworkArchitecture(
      input: FeatureShape(positions: 1, channels: 2),
      layers: [.dense(outputs: 2, bias: false, activation: .linear)])
    let samples = try SampleSet(
      architecture: architecture, inputs: [Float](repeating: 0, count: 2 * count),
      targets: [Float](repeating: 0, count: 2 * count))
    func losses(_ noise: InputNoise?, weights: [Float], threads: Int = 1) throws -> [Double] {
      let trainer = try Trainer(
        architecture: architecture, optimiser: Adam(learningRate: 1e-30), inputNoise: noise, epochs: 2,
        key: StreamKey(seed: 5), threads: threads)
      var begin = trainer.initialState
      begin.parameters = weights
      let state = try trainer.train(from: begin, training: samples, validation: samples)
      #expect(state.history.allSatisfy { $0.validationLoss == 0 })
      return state.history.map(\.trainingLoss)
    }
    let unit: [Float] = [1, 0, 0, 1]
    #expect(try losses(nil, weights: unit) == [0, 0])
    // Variances 0.25 and 4; the mean of 4000 squares has a relative standard error below 0.023.
    let independent = InputNoise(independent: [0.5, 2], common: [0, 0])
    let one = try losses(independent, weights: unit)
    #expect(one.allSatisfy { abs($0 - 2.125) < 0.1 * 2.125 })
    #expect(one[0] != one[1])
    #expect(try losses(independent, weights: unit, threads: 3) == one)
    // The difference of what is common vanishes, that of independent noise does not.
    let difference: [Float] = [1, 0, -1, 0]
    #expect(try losses(InputNoise(independent: [0, 0], common: [1, 1]), weights: difference) == [0, 0])
    let common = try losses(InputNoise(independent: [0, 0], common: [0.5, 2]), weights: unit)
    #expect(common.allSatisfy { abs($0 - 2.125) < 0.1 * 2.125 })
    #expect(try losses(InputNoise(independent: [1, 1], common: [0, 0]), weights: difference)[0] > 0.9)
  }

  @Test("an interrupted training with every option gives the bits of an uninterrupted one, on any threads")
  func resuming() throws {
    let architecture = try NetworkArchitecture(
      input: FeatureShape(positions: 12, channels: 2),
      layers: [
        .convolution(width: 3, filters: 6, bias: false, activation: .rectifiedLinear),
        .maxPooling(width: 2), .flatten,
        .dense(outputs: Loss.gaussian().outputCount(targets: 2), bias: true, activation: .linear),
      ])
    func samples(_ count: Int, seed: UInt64) throws -> SampleSet {
      try SampleSet(
        architecture: architecture, loss: .gaussian(), inputs: uniformNumbers(count * 24, seed: seed),
        targets: uniformNumbers(count * 2, seed: seed + 1))
    }
    let (training, validation) = (try samples(130, seed: 40), try samples(30, seed: 42))
    func trainer(threads: Int) throws -> Trainer {
      try Trainer(
        architecture: architecture, loss: .gaussian(), optimiser: Adam(weightDecay: 0.1),
        schedule: LearningRateSchedule(.cosine, warmUpEpochs: 2), gradientClipping: 1, averaging: 0.9,
        inputNoise: InputNoise(
          independent: Array(repeating: 0.1, count: 24), common: Array(repeating: 0.2, count: 24)),
        batchSize: 50, epochs: 8, patience: 8, key: StreamKey(seed: 44), threads: threads)
    }
    let whole = try trainer(threads: 1).train(training: training, validation: validation)
    #expect(whole.history.count == 8)
    #expect(whole.average.count == architecture.parameterCount)
    let part = try trainer(threads: 2).train(training: training, validation: validation) {
      $0.history.count < 3
    }
    #expect(try trainer(threads: 3).train(from: part, training: training, validation: validation) == whole)
    var other = part
    other.average = []
    #expect(
      throws: TrainingError.stateMismatch("length of the average", 0, expected: architecture.parameterCount)
    ) { try trainer(threads: 1).train(from: other, training: training, validation: validation) }
  }
}
