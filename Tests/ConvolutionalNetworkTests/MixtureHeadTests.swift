import ConvolutionalNetwork
import Foundation
import RandomStreams
import Testing

@Suite("Mixture head") struct MixtureHeadTests {
  private func value(_ loss: Loss, _ outputs: [Float], _ truth: [Float]) throws -> Double {
    let network = try Network.identity(outputs.count)
    return try network.loss(
      loss,
      on: SampleSet(architecture: network.architecture, loss: loss, inputs: outputs, targets: truth))
  }

  @Test("the number of components follows from that of outputs", arguments: 1...4)
  func counts(targets: Int) throws {
    for components in 1...6 {
      let head = MixtureHead(targets: targets, components: components)
      #expect(MixtureHead(targets: targets, outputs: head.outputCount) == head)
      #expect(Loss.gaussian(components: components).outputCount(targets: targets) == head.outputCount)
    }
    let one = GaussianHead(targets: targets).outputCount
    #expect(MixtureHead(targets: targets, components: 1).outputCount == one)
    #expect(MixtureHead(targets: targets, outputs: one - 1) == nil)
    #expect(MixtureHead(targets: targets, outputs: one + 2) == nil || targets == 1 && one == 2)
  }

  @Test("the density is the weighted sum of those of the components", arguments: 1...3)
  func density(targets: Int) throws {
    let head = MixtureHead(targets: targets, components: 3)
    let outputs = uniformNumbers(head.outputCount, seed: 31).map { 3 * $0 }
    let truth = uniformNumbers(targets, seed: 32)
    let size = head.component.outputCount
    let exponentials = outputs.prefix(3).map { exp(Double($0)) }
    let density = try (0..<3).reduce(0.0) { sum, k in
      let own = Array(outputs[3 + k * size..<3 + (k + 1) * size])
      return try sum + exponentials[k] / exponentials.reduce(0, +) * exp(-value(.gaussian(), own, truth))
    }
    #expect(abs(try value(.gaussian(components: 3), outputs, truth) + log(density)) < 1e-12)
    let parts = head.parts(of: 0, in: outputs)
    #expect(abs(parts.reduce(0) { $0 + $1.weight } - 1) < 1e-12)
    for k in 0..<3 {
      #expect(abs(parts[k].weight - exponentials[k] / exponentials.reduce(0, +)) < 1e-12)
      #expect(parts[k].mean == outputs[3 + k * size..<3 + k * size + targets].map(Double.init))
    }
    // The squared distance is that from the mean of the mixture.
    let squares = (0..<targets).reduce(0.0) { sum, i in
      let error = Double(truth[i]) - parts.reduce(0) { $0 + $1.weight * $1.mean[i] }
      return sum + error * error
    }
    let weighted = try value(.gaussian(errorWeight: 20, components: 3), outputs, truth)
    #expect(abs(weighted + log(density) - 10 * squares) < 1e-10)
  }

  @Test("of a component that is far away nothing is left but numbers")
  func farAway() throws {
    let head = MixtureHead(targets: 1, components: 2)
    // Weights e^±60, a distribution of width e^-9 at 1000, another around the value.
    let outputs: [Float] = [60, -60, 1000, 9, 0, 0]
    #expect(outputs.count == head.outputCount)
    let network = try Network.identity(outputs.count)
    let loss = Loss.gaussian(components: 2)
    let samples = try SampleSet(
      architecture: network.architecture, loss: loss, inputs: outputs, targets: [0])
    let (value, gradient) = try (
      network.loss(loss, on: samples), network.lossGradient(loss, on: samples).gradient
    )
    #expect(abs(value - (120 + 0.5 * log(2 * Double.pi))) < 1e-6)
    #expect(gradient.allSatisfy { $0.isFinite })
  }

  @Test("derivatives equal differences of the loss", arguments: 1...3, [0.0, 30])
  func derivatives(targets: Int, errorWeight: Double) throws {
    try expectDerivatives(of: .gaussian(errorWeight: errorWeight, components: 3), targets: targets)
  }
}
