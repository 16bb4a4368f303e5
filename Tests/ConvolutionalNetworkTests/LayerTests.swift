import ConvolutionalNetwork
import Testing

/// A name that test output shows, with the layers it stands for.
struct LayerCase: Sendable, CustomTestStringConvertible {
  let testDescription: String
  let input: FeatureShape
  let layers: [LayerSpecification]

  init(_ name: String, _ positions: Int, _ channels: Int, _ layers: [LayerSpecification]) {
    testDescription = name
    input = FeatureShape(positions: positions, channels: channels)
    self.layers = layers
  }
}

private func convolution(
  _ width: Int, _ filters: Int, bias: Bool = false, _ activation: Activation = .linear
) -> LayerSpecification {
  .convolution(width: width, filters: filters, bias: bias, activation: activation)
}

private func dense(
  _ outputs: Int, bias: Bool = false, _ activation: Activation = .linear
) -> LayerSpecification {
  .dense(outputs: outputs, bias: bias, activation: activation)
}

// Column counts below, at and above five, and dense outputs around 16, reach every remainder of the kernels, one and
// three channels a pair of one; 60 and 80 positions reach several tiles.
private let cases = [
  LayerCase("convolution", 9, 2, [convolution(3, 5)]),
  LayerCase("convolution with bias", 9, 3, [convolution(4, 7, bias: true)]),
  LayerCase("rectified convolution", 9, 2, [convolution(2, 4, .rectifiedLinear)]),
  LayerCase("convolution over more positions than a tile", 80, 1, [convolution(5, 6)]),
  LayerCase("convolution of an odd number of channels over tiles", 60, 3, [convolution(4, 7)]),
  LayerCase("convolution as wide as its input", 6, 2, [convolution(6, 11)]),
  LayerCase("dense", 1, 12, [dense(5)]),
  LayerCase("dense with bias", 1, 7, [dense(17, bias: true)]),
  LayerCase("rectified dense", 1, 6, [dense(16, .rectifiedLinear)]),
  LayerCase("pooling after a convolution", 10, 2, [convolution(1, 3), .maxPooling(width: 3)]),
  LayerCase(
    "pooling after a rectified convolution", 11, 2,
    [convolution(2, 3, .rectifiedLinear), .maxPooling(width: 2)]),
  LayerCase("pooling first", 12, 2, [.maxPooling(width: 2), convolution(3, 4)]),
  LayerCase("pooling of width 1", 5, 2, [convolution(2, 3), .maxPooling(width: 1), convolution(2, 2)]),
  LayerCase(
    "two poolings", 12, 1,
    [convolution(1, 3, .rectifiedLinear), .maxPooling(width: 2), .maxPooling(width: 3)]),
  LayerCase("two convolutions", 12, 2, [convolution(4, 6, .rectifiedLinear), convolution(3, 5, bias: true)]),
  LayerCase("two convolutions without activation", 44, 1, [convolution(3, 7), convolution(4, 3)]),
  LayerCase("flattened convolution and dense", 8, 2, [convolution(3, 3), .flatten, dense(4, bias: true)]),
  LayerCase(
    "all kinds", 20, 3,
    [
      convolution(5, 4, .rectifiedLinear), .maxPooling(width: 2),
      convolution(2, 6, bias: true, .rectifiedLinear),
      .maxPooling(width: 3), .flatten, dense(9, bias: true, .rectifiedLinear), dense(2),
    ]),
]

@Suite("Layers") struct LayerTests {
  // 1, 4, 5, 8, 9 and 16 samples run on 4, 8 and 16 lanes, full or not; 19 and 37 on several chunks.
  @Test("outputs equal those of the definition", arguments: cases)
  func outputs(layer: LayerCase) throws {
    let architecture = try NetworkArchitecture(input: layer.input, layers: layer.layers)
    let network = try uniformNetwork(architecture, seed: 1)
    let reference = ReferenceNetwork(network)
    for count in [1, 4, 5, 8, 9, 16, 19, 37] {
      let inputs = uniformNumbers(count * architecture.input.count, seed: UInt64(count))
      let outputs = try network.outputs(for: inputs)
      let expected = (0..<count).flatMap { sample in
        reference.outputs(
          inputs[sample * architecture.input.count..<(sample + 1) * architecture.input.count].map(Double.init)
        )
      }
      #expect(outputs.count == expected.count)
      // Sums of at most some 30 terms below 1: rounding stays under 30 · 2⁻²⁴ · 30.
      #expect(zip(outputs, expected).allSatisfy { abs(Double($0) - $1) < 1e-5 })
    }
  }

  @Test("every derivative equals the difference quotient of the definition", arguments: cases)
  func gradients(layer: LayerCase) throws {
    let architecture = try NetworkArchitecture(input: layer.input, layers: layer.layers)
    let network = try uniformNetwork(architecture, seed: 2)
    for count in [3, 7, 21] {
      let samples = try uniformSamples(architecture, count, seed: UInt64(count))
      let (loss, gradient) = try network.lossGradient(on: samples)
      let reference = ReferenceNetwork(network)
      let expected = reference.gradient(samples)
      // Float32 rounding of sums over positions and samples, relative to the largest derivative.
      let scale = expected.map(abs).max()!
      #expect(scale > 1e-3)
      #expect(abs(loss - reference.loss(samples)) < 1e-5 * loss)
      #expect(zip(gradient, expected).allSatisfy { abs(Double($0) - $1) < 1e-5 * scale })
    }
  }

  @Test("the gradient of equal maxima goes to the first")
  func poolingTies() throws {
    // dL/dw = 2 (3 − 2.5) · x at the first position only, where x = (1, 2).
    let architecture = try NetworkArchitecture(
      input: FeatureShape(positions: 3, channels: 2),
      layers: [convolution(1, 1), .maxPooling(width: 3)])
    let network = try Network(architecture: architecture, parameters: [1, 1])
    // Sums are 3 at all positions, made of different parts.
    let samples = try SampleSet(architecture: architecture, inputs: [1, 2, 2, 1, 0, 3], targets: [2.5])
    let (loss, gradient) = try network.lossGradient(on: samples)
    #expect(loss == 0.25)
    #expect(gradient == [1, 2])
  }

  @Test("a rectified output of exactly zero passes no gradient")
  func rectifiedZero() throws {
    let architecture = try NetworkArchitecture(
      input: FeatureShape(positions: 1, channels: 1), layers: [dense(1, .rectifiedLinear)])
    let samples = try SampleSet(architecture: architecture, inputs: [0, -1], targets: [1, 1])
    let network = try Network(architecture: architecture, parameters: [0.5])
    #expect(try network.lossGradient(on: samples).gradient == [0])
  }

  @Test("the paper's network has the slope of the definition along random directions")
  func paperSlopes() throws {
    let architecture = try NetworkArchitecture.paper()
    let network = try uniformNetwork(architecture, scale: 0.15, seed: 3)
    let samples = try uniformSamples(architecture, 5, seed: 4)
    let gradient = try network.lossGradient(on: samples).gradient
    let reference = ReferenceNetwork(network)
    for seed in 5..<8 {
      let direction = uniformNumbers(architecture.parameterCount, seed: UInt64(seed)).map(Double.init)
      let slope = reference.slope(samples, along: direction, step: 1e-8)
      let found = zip(gradient, direction).reduce(0) { $0 + Double($1.0) * $1.1 }
      let norm = gradient.reduce(0) { $0 + Double($1) * Double($1) }.squareRoot()
      // The slope is a sum with random signs of the size of the gradient's norm; the quotient's rounding is
      // about 1e-16 / 1e-8.
      #expect(abs(found - slope) < 1e-5 * norm, "found \(found), expected \(slope), norm \(norm)")
    }
  }
}
