import FieldPotential
import Foundation
import Statistics

/// What Fig. 6 of Skaar et al. 2020, doi:10.1371/journal.pcbi.1007725, tells of one network's activity.
struct ActivityMeasures: Sendable, Equatable {
  /// Mean rate of all neurons in Hz.
  let rate: Double
  /// Mean coefficient of variation of inter-spike intervals (Eq. 12); NaN where no neuron fired three times.
  let coefficientOfVariation: Double
  /// Standard deviation in time of the LFP at the first contact, in mV.
  let deviation: Double
  /// Entropy of the LFP's spectrum there, in nats (Eq. 13): −Σ pₙ ln pₙ with the densities pₙ scaled to a sum of 1. NaN without
  /// an LFP.
  let entropy: Double

  /// - Parameters:
  ///   - potential: The LFP after the transient.
  ///   - spectrum: Its density at the first contact, at all frequencies.
  init(
    rate: Double, coefficientOfVariation: Double, potential: ChannelSeries, spectrum: some Sequence<Double>
  ) {
    (self.rate, self.coefficientOfVariation) = (rate, coefficientOfVariation)
    deviation = Moments(Array(potential[channel: 0])).standardDeviation
    entropy = Self.entropy(of: Array(spectrum))
  }

  /// Of densities, in nats; NaN if all are 0.
  static func entropy(of spectrum: [Double]) -> Double {
    let sum = spectrum.reduce(0, +)
    guard sum > 0 else { return .nan }
    return spectrum.reduce(0) { $1 > 0 ? $0 - $1 / sum * log($1 / sum) : $0 }
  }
}
