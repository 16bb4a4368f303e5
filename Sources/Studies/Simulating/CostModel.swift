import Numerics
import SpikingNetwork

/// How long a simulation takes, as a linear function of what its work consists of.
///
/// Every time step costs the same for all neurons, more with broad distributions of external inputs, and every spike
/// costs the same, less so in volleys; rates come from mean-field theory (``SpikingNetwork/MeanField``). The
/// coefficients are fitted to measured times, with equal weight for equal relative errors.
package struct CostModel: Sendable {
  /// Above this rate in Hz networks are synchronous, and spikes are counted by a coefficient of their own.
  private static let synchronousRate = 100.0

  private let coefficients: [Double]
  private let least: Double

  /// What the seconds per biological second depend on.
  package static func features(of simulation: Simulation) -> [Double] {
    let network = simulation.network
    let rate = MeanField(network).rate
    return [
      1, network.externalSpikes(in: simulation.timing.timeStep).squareRoot(), min(rate, synchronousRate),
      max(0, rate - synchronousRate),
    ]
  }

  /// A number that grows with what a network with these features costs, for putting samples in order.
  package static func rank(_ features: [Double]) -> Double {
    // Rough shares of the cost at a rate of 40 Hz.
    features[0] + 0.2 * features[1] + features[2] / 40 + features[3] / 80
  }

  /// Fits the model to seconds per biological second.
  package init(_ measured: [(features: [Double], seconds: Double)]) {
    let scaled = Matrix(
      rows: measured.count, columns: measured.first?.features.count ?? 0,
      measured.flatMap { features, seconds in features.map { $0 / seconds } })
    // A little weight on small coefficients decides where measurements do not.
    coefficients = leastSquares(scaled, measured.map { _ in 1 }, shrinkage: 1e-6) ?? []
    least = measured.map(\.seconds).min() ?? 0
  }

  /// Seconds per biological second of a network with these features.
  package func seconds(_ features: [Double]) -> Double {
    max(least, zip(coefficients, features).reduce(0) { $0 + $1.0 * $1.1 })
  }
}
