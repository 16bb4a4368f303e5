import ConvolutionalNetwork
import RandomStreams
import Testing

@Suite("Weighted squared errors")
struct WeightedLossTests {
  private static let inputs = 3
  private let network: Network
  private let samples: SampleSet

  init() throws {
    let architecture = try NetworkArchitecture(
      input: FeatureShape(positions: 1, channels: Self.inputs),
      layers: [.dense(outputs: 2, bias: true, activation: .linear)])
    network = Network(architecture: architecture, key: StreamKey(seed: 31))
    samples = try SampleSet(
      architecture: architecture, loss: .weightedSquaredError([1, 1]),
      inputs: uniformNumbers(Self.inputs * 40, seed: 32), targets: uniformNumbers(2 * 40, seed: 33))
  }

  @Test("each output's derivatives are multiplied by its weight, and the loss is the weighted mean")
  func weights() throws {
    let plain = try network.lossGradient(.squaredError, on: samples)
    let first = try network.loss(.weightedSquaredError([1, 0]), on: samples)
    let second = try network.loss(.weightedSquaredError([0, 1]), on: samples)
    #expect(abs(first + second - plain.loss) < 1e-12)
    let weighted = try network.lossGradient(.weightedSquaredError([8, 0.25]), on: samples)
    #expect(abs(weighted.loss - (8 * first + 0.25 * second)) < 1e-12)
    // Weights are powers of two: products are exact. Kernel [input][output], then biases [output].
    for (index, (a, b)) in zip(weighted.gradient, plain.gradient).enumerated() {
      #expect(a == b * (index % 2 == 0 ? 8 : 0.25))
    }
  }

  @Test("equal weights of one are no weights, to the bit")
  func one() throws {
    let plain = try network.lossGradient(.squaredError, on: samples)
    let weighted = try network.lossGradient(.weightedSquaredError([1, 1]), on: samples)
    #expect(plain.loss == weighted.loss && plain.gradient == weighted.gradient)
  }
}
