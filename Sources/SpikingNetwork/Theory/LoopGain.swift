import Foundation
import Numerics
import SingleNeuron

/// What a perturbation of all neurons' rate is multiplied by until it comes back through the synapses (Brunel 2000,
/// doi:10.1023/A:1008925309027, section 4): with a rate ν (1 + ε e^{λt}) and one delay t_d,
///
///     L(λ) = e^{−λ t_d} τ ν (J (C_E − g C_I) n_μ + J² (C_E + g² C_I) n_σ²),
///
/// where n is the response of a neuron's rate (`RateResponse`). Perturbations with L(λ) = 1 sustain themselves.
package struct LoopGain: Sendable {
  private let neuron: NoisyNeuron
  private let input: WhiteNoise
  private let delay, byMean, byVariance, slope: Double

  /// The loop of a network in the stationary state with a rate in Hz; nil if nobody fires, whatever the others do.
  package init?(_ theory: MeanField, rate: Double) {
    neuron = theory.neuron
    input = theory.input(at: rate)
    guard rate > 0, input.deviation > 0 else { return nil }
    delay = theory.parameters.delay
    let factor = theory.efficacy * theory.tau * rate / 1000
    byMean = factor * theory.meanInDegree
    byVariance = factor * theory.efficacy * theory.squaredInDegree
    slope = theory.slope(at: rate)
  }

  /// L(λ) for λ in 1/ms with a real part that is not negative.
  package func value(_ lambda: Complex) -> Complex {
    guard lambda != Complex(0) else { return Complex(slope) }
    let response = neuron.response(input, lambda)
    return (-(delay * lambda)).exponential * (byMean * response.mean + byVariance * response.variance)
  }

  /// L at a frequency in Hz.
  package func value(frequency: Double) -> Complex {
    value(Complex(0, 2 * Double.pi * frequency / 1000))
  }

  /// The frequencies in a band in Hz, in increasing order, at which L is real and positive.
  package func zeroPhases(in band: ClosedRange<Double>) -> [ZeroPhase] {
    let curve = curve(in: band)
    return zip(curve, curve.dropFirst()).compactMap { a, b in
      guard (a.gain.imaginary < 0) != (b.gain.imaginary < 0), max(a.gain.real, b.gain.real) > 0 else {
        return nil
      }
      let crossing = crossing(from: a, to: b)
      guard crossing.gain.real > 0 else { return nil }
      return ZeroPhase(
        frequency: crossing.frequency, gain: crossing.gain.real, isFalling: b.gain.imaginary < 0)
    }
  }

  private typealias Point = (frequency: Double, gain: Complex)

  /// L along a band, so finely that it turns by less than half a radian from one point to the next.
  private func curve(in band: ClosedRange<Double>) -> [Point] {
    var points: [Point] = [(band.lowerBound, value(frequency: band.lowerBound))]
    func add(upTo end: Point) {
      let start = points[points.count - 1]
      let width = end.frequency - start.frequency
      if width > 0.02, abs((end.gain / start.gain).phase) > 0.5 {
        let middle = start.frequency + width / 2
        add(upTo: (middle, value(frequency: middle)))
        add(upTo: end)
      } else {
        points.append(end)
      }
    }
    while let last = points.last?.frequency, last < band.upperBound {
      let next = min(band.upperBound, last + min(20, max(1, last / 6)))
      add(upTo: (next, value(frequency: next)))
    }
    return points
  }

  /// Where Im L is 0 between two points with opposite signs (secants by the Illinois rule).
  private func crossing(from a: Point, to b: Point) -> Point {
    var (a, b) = (a, b)
    var (below, above) = (a.gain.imaginary, b.gain.imaginary)
    for _ in 0..<60 where abs(b.gain.imaginary) > 1e-11 {
      let frequency = (a.frequency * above - b.frequency * below) / (above - below)
      let point = (frequency: frequency, gain: value(frequency: frequency))
      if (point.gain.imaginary < 0) == (above < 0) { below /= 2 } else { (a, below) = (b, above) }
      (b, above) = (point, point.gain.imaginary)
    }
    return b
  }
}

/// A frequency at which a perturbation comes back in phase.
public struct ZeroPhase: Sendable, Equatable {
  /// In Hz.
  public let frequency: Double
  /// The loop gain there, a positive number: where it is above 1 an oscillation grows.
  public let gain: Double
  /// Whether the phase falls as the frequency grows, as a delay makes it.
  let isFalling: Bool
}
