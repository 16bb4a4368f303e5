import Foundation
import SpikingNetwork
import Studies
import Testing

@Suite("Forecast")
struct ForecastTests {
  private static let points = [
    (0.9, 7.0, 0.25), (2, 5, 0.1), (2.8, 5.5, 0.05), (4, 7, 0.15), (2, 3.5, 0.25), (1, 3.6, 0.1),
  ]

  private static let features = points.compactMap { point -> [Double]? in
    var p = NetworkParameters()
    (p.eta, p.g, p.efficacy) = point
    return try? CostModel.features(of: Simulation(p, timing: SimulationTiming()))
  }

  @Test("The model finds the coefficients of costs that are linear in its features")
  func exactCosts() {
    let truth = [0.04, 0.01, 0.0015, 0.0007]
    func cost(_ features: [Double]) -> Double { zip(truth, features).reduce(0) { $0 + $1.0 * $1.1 } }
    let model = CostModel(Self.features.map { ($0, cost($0)) })
    for features in Self.features { #expect(abs(model.seconds(features) / cost(features) - 1) < 1e-3) }
  }

  @Test("A prediction is never below the least that was measured")
  func extrapolation() {
    let model = CostModel(Self.features.map { ($0, 0.05 + 0.002 * $0[2]) })
    #expect(model.seconds([1, 0, -1000, 0]) >= 0.05)
  }

  @Test("Faster networks rank higher")
  func ranks() {
    let ranks = Self.features.map(CostModel.rank)
    #expect(ranks[0] < ranks[1] && ranks[1] < ranks[2] && ranks[4] == ranks.max())
  }
}
