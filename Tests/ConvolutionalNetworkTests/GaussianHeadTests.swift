import ConvolutionalNetwork
import Foundation
import RandomStreams
import Testing

@Suite("Gaussian head") struct GaussianHeadTests {
  private struct Reference: Decodable {
    let losses: [Double]
    let covariances: [[Double]]
  }

  @Test("likelihoods and covariances equal SciPy's", arguments: 1...4)
  func reference(targets: Int) throws {
    let url = Bundle.module.url(
      forResource: "gaussian_head", withExtension: "json", subdirectory: "Reference")
    let all = try JSONDecoder().decode([String: Reference].self, from: Data(contentsOf: #require(url)))
    let reference = try #require(all["\(targets)"])
    let head = GaussianHead(targets: targets)
    #expect(head.outputCount == targets + targets * (targets + 1) / 2)
    #expect(Loss.gaussian().targetCount(outputs: head.outputCount) == targets)
    let network = try Network.identity(head.outputCount)
    for sample in reference.losses.indices {
      let outputs = (0..<head.outputCount).map { i in
        Float(3 * (Double((7919 * (sample * head.outputCount + i) + 13) % 1009) / 1009 - 0.5))
      }
      let truth = (0..<targets).map { i in Float(Double((31 * (sample * targets + i) + 5) % 11) / 11) }
      let samples = try SampleSet(
        architecture: network.architecture, loss: .gaussian(), inputs: outputs, targets: truth)
      // Both in double precision from the same single-precision outputs.
      let loss = try network.loss(.gaussian(), on: samples)
      #expect(abs(loss - reference.losses[sample]) < 1e-9 * max(1, abs(loss)))
      let covariance = head.covariance(outputs.map(Double.init))
      let scale = reference.covariances[sample].map(abs).max()!
      #expect(zip(covariance, reference.covariances[sample]).allSatisfy { abs($0 - $1) < 1e-9 * scale })
    }
  }

  @Test("derivatives equal differences of the loss", arguments: 1...4, [0.0, 30])
  func derivatives(targets: Int, errorWeight: Double) throws {
    try expectDerivatives(of: .gaussian(errorWeight: errorWeight), targets: targets)
  }

  @Test("half the squared errors of the means are added, times their weight")
  func errorWeight() throws {
    let head = GaussianHead(targets: 2)
    let network = try Network.identity(head.outputCount)
    let outputs: [Float] = [0.25, 0.5, 1, -0.5, 0.75]
    let samples = try SampleSet(
      architecture: network.architecture, loss: .gaussian(), inputs: outputs, targets: [0.75, 0.25])
    let added =
      try network.loss(.gaussian(errorWeight: 8), on: samples) - network.loss(.gaussian(), on: samples)
    #expect(abs(added - 0.5 * 8 * (0.25 + 0.0625)) < 1e-12)
  }

  @Test("the gradient has the same bits for any number of threads")
  func threads() throws {
    let outputs = Loss.gaussian().outputCount(targets: 3)
    let architecture = try NetworkArchitecture.paper(
      channels: 2, width: 60, outputs: outputs, outputBias: true)
    let network = Network(architecture: architecture, key: StreamKey(seed: 23))
    let samples = try SampleSet(
      architecture: architecture, loss: .gaussian(), inputs: uniformNumbers(290 * 120, seed: 24),
      targets: uniformNumbers(290 * 3, seed: 25))
    let one = try network.lossGradient(.gaussian(), on: samples)
    for threads in 2...3 {
      let more = try network.lossGradient(.gaussian(), on: samples, threads: threads)
      #expect(more.loss == one.loss && more.gradient == one.gradient)
    }
    #expect(try network.loss(.gaussian(), on: samples) == one.loss)
  }

  @Test("training on normal numbers finds their moments, and its loss their entropy")
  func entropy() throws {
    // t₁ = 1 + 0.5 n₁, t₂ = −1 + 0.3 n₁ + 0.4 n₂: variances 0.25 and 0.25, covariance 0.15.
    let count = 20_000
    var stream = StreamKey(seed: 26).generator()
    func normal() -> Double {
      (-2 * log(1 - stream.uniform())).squareRoot() * cos(2 * .pi * stream.uniform())
    }
    let targets: [Float] = (0..<count).flatMap { _ in
      let (a, b) = (normal(), normal())
      return [Float(1 + 0.5 * a), Float(-1 + 0.3 * a + 0.4 * b)]
    }
    let architecture = try NetworkArchitecture(
      input: FeatureShape(positions: 1, channels: 1),
      layers: [.dense(outputs: 5, bias: true, activation: .linear)])
    let samples = try SampleSet(
      architecture: architecture, loss: .gaussian(), inputs: [Float](repeating: 0, count: count),
      targets: targets)
    let trainer = try Trainer(
      architecture: architecture, loss: .gaussian(), optimiser: Adam(learningRate: 0.05),
      schedule: LearningRateSchedule(.cosine), batchSize: 1000, epochs: 30, key: StreamKey(seed: 27))
    let state = try trainer.train(training: samples, validation: samples)
    let entropy = log(2 * .pi * M_E) + 0.5 * log(0.25 * 0.25 - 0.15 * 0.15)
    // The mean of 20,000 losses, each χ²/2 with two degrees of freedom, has a standard deviation of 0.007.
    #expect(abs(state.history[state.bestEpoch! - 1].validationLoss - entropy) < 0.03)
    let network = try Network(architecture: architecture, parameters: state.bestParameters)
    let outputs = try network.outputs(for: [0]).map(Double.init)
    let covariance = GaussianHead(targets: 2).covariance(outputs)
    // Four standard errors: 0.5/√20,000 for means, 0.25·√(2/20,000) for variances.
    #expect(abs(outputs[0] - 1) < 0.015 && abs(outputs[1] + 1) < 0.015)
    #expect(zip(covariance, [0.25, 0.15, 0.15, 0.25]).allSatisfy { abs($0 - $1) < 0.01 })
  }
}
