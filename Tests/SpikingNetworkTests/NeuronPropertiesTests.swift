import Foundation
import RandomStreams
import SpikingNetwork
import Testing

@Suite("Properties of neurons")
struct NeuronPropertiesTests {
  @Test("Drawn properties lie within their bounds, with the means and deviations of their distributions")
  func drawnProperties() throws {
    // Bounds symmetric about the mean, so that truncation does not move it.
    let p = NetworkParameters.small(16_000, 4_000, inDegrees: (0, 0)) {
      $0.spread.membraneTimeConstant = Spread(standardDeviation: 3, bounds: 2...38)
      $0.spread.threshold = Spread(standardDeviation: 1, bounds: 12...28)
      $0.spread.refractoryPeriod = Spread(standardDeviation: 0.3, bounds: 0.2...3.8)
    }
    let law = try #require(try NetworkConstants(p, timeStep: 0.1).neuronDistributions)
    let neurons = NeuronProperties(law, neurons: 20_000, key: StreamKey(seed: 1))
    let timeConstants = (0..<20_000).map { -0.1 / log(Double(neurons.decays.pointer[$0])) }
    let thresholds = (0..<20_000).map { Double(neurons.thresholds.pointer[$0]) }
    let periods = (0..<20_000).map { Double(neurons.refractorySteps.pointer[$0]) / 10 }
    // Bounds are six or more standard deviations away. Rounding to 0.1 ms adds 0.1²/12 to the variance. Decays are
    // Float: 1e-4 of the time constant.
    for (values, mean, deviation, bounds) in [
      (timeConstants, 20.0, 3.0, 1.99...38.01), (thresholds, 20, 1, 12...28),
      (periods, 2, (0.09 + 0.01 / 12).squareRoot(), 0.2...3.8),
    ] {
      #expect(values.allSatisfy(bounds.contains))
      let average = values.reduce(0, +) / 20_000
      let variance = values.reduce(0) { $0 + ($1 - average) * ($1 - average) } / 20_000
      // Four standard errors.
      #expect(abs(average - mean) < 4 * deviation / 20_000.0.squareRoot())
      #expect(abs(variance.squareRoot() - deviation) < 4 * deviation / 40_000.0.squareRoot())
    }
  }
}
