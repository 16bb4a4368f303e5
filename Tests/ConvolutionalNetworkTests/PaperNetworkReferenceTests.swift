import ConvolutionalNetwork
import Foundation
import Testing

/// Comparison with Keras and PyTorch; see Reference/README.md.
@Suite("Reference: Keras and PyTorch") struct PaperNetworkReferenceTests {
  private struct Reference: Decodable {
    let samples: Int
    let scales: [Double]
    let stride: Int
    let outputs: [Double]
    let loss: Double
    let gradientNorms: [Double]
    let gradientSums: [Double]
    let gradient: [Double]
    let adamSteps: [[Double]]
  }

  private let reference: Reference
  private let network: Network
  private let samples: SampleSet

  init() throws {
    let url = Bundle.module.url(
      forResource: "paper_network", withExtension: "json", subdirectory: "Reference")
    let reference = try JSONDecoder().decode(Reference.self, from: Data(contentsOf: #require(url)))
    let architecture = try NetworkArchitecture.paper()
    func sequence(_ range: Range<Int>, _ factor: Int, _ offset: Int, _ modulus: Int) -> [Double] {
      range.map { Double((factor * $0 + offset) % modulus) / Double(modulus) }
    }
    network = try Network(
      architecture: architecture,
      parameters: zip(architecture.parameters, reference.scales).flatMap { tensor, scale in
        sequence(tensor.range, 7919, 13, 1009).map { Float(scale * ($0 - 0.5)) }
      })
    samples = try SampleSet(
      architecture: architecture,
      inputs: sequence(0..<reference.samples * 906, 104729, 7, 2003).map(Float.init),
      targets: sequence(0..<reference.samples * 3, 31, 5, 11).map(Float.init))
    self.reference = reference
  }

  @Test("outputs and loss equal Keras'")
  func forward() throws {
    let outputs = try network.outputs(for: samples.withInputs(Array.init))
    let scale = reference.outputs.map(abs).max()!
    #expect(zip(outputs, reference.outputs).allSatisfy { abs(Double($0) - $1) < 1e-5 * scale })
    #expect(abs(try network.loss(on: samples) - reference.loss) < 1e-6 * reference.loss)
  }

  @Test("the gradient equals Keras'")
  func gradient() throws {
    let (loss, gradient) = try network.lossGradient(on: samples)
    #expect(abs(loss - reference.loss) < 1e-6 * reference.loss)
    for (index, tensor) in network.architecture.parameters.enumerated() {
      let values = gradient[tensor.range].map(Double.init)
      let norm = reference.gradientNorms[index]
      #expect(abs(values.reduce(0) { $0 + $1 * $1 }.squareRoot() - norm) < 1e-5 * norm)
      #expect(abs(values.reduce(0, +) - reference.gradientSums[index]) < 1e-5 * norm)
      // Each derivative to 1e-5 of the largest stored one of its tensor.
      let stored = reference.gradient.enumerated().filter {
        tensor.range.contains($0.offset * reference.stride)
      }
      let scale = stored.map { abs($0.element) }.max()!
      #expect(
        stored.allSatisfy { abs(Double(gradient[$0.offset * reference.stride]) - $0.element) < 1e-5 * scale })
    }
  }

  /// Every `stride`-th parameter.
  private var storedParameters: [Float] {
    stride(from: 0, to: network.parameters.count, by: reference.stride).map { network.parameters[$0] }
  }

  @Test("three steps on given gradients equal those of PyTorch's Adam")
  func adamOnGivenGradients() {
    var parameters = storedParameters
    var state = Adam.State(parameterCount: parameters.count)
    for (factor, expected) in zip([1, -0.5, 2] as [Float], reference.adamSteps) {
      Adam.recommended.update(
        &parameters, gradient: reference.gradient.map { factor * Float($0) }, state: &state)
      // Half a unit in the last place of parameters up to 0.15 per step, and 1e-5 of a step of 1e-3.
      #expect(zip(parameters, expected).allSatisfy { abs(Double($0) - $1) < 4e-8 })
    }
    #expect(state.step == 3)
  }

  @Test("a whole step, gradient and all, equals Keras' gradient and PyTorch's Adam")
  func wholeStep() throws {
    var parameters = network.parameters
    var state = Adam.State(parameterCount: parameters.count)
    let gradient = try network.lossGradient(on: samples).gradient
    Adam.recommended.update(&parameters, gradient: gradient, state: &state)
    for (index, (expected, slope)) in zip(reference.adamSteps[0], reference.gradient).enumerated() {
      // The first step is α·g/(|g| + ε): its error is that of g relative to |g| + ε.
      let relative = 1e-5 * 0.04 / (abs(slope) + 1e-8)
      let found = Double(parameters[index * reference.stride])
      #expect(abs(found - expected) < 2e-8 + 1e-3 * min(relative, 1e-3))
    }
  }
}
