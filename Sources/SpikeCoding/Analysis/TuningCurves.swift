import Foundation
import RandomStreams

/// Rates for constant signals of one length in all directions of the plane of the first two signals; others are 0.
package struct TuningCurves: Sendable, Equatable {
  /// Directions in degrees, from −180.
  package let angles: [Double]
  /// Rates in Hz, [neuron][direction].
  package let rates: [[Double]]

  /// Rates by direction and neuron.
  package init(angles: [Double], rates: [[Double]]) {
    self.angles = angles
    self.rates = rates
  }

  /// Measures a network. The input of each direction lasts `steps`, of which the first tenth is not counted.
  package init(_ network: CodingNetwork, radius: Double, directions: Int, steps: Int, key: StreamKey) {
    let parameters = network.parameters
    let angles = Self.angles(directions)
    let first = steps / 10
    let byDirection = angles.enumerated().map { index, angle in
      let current = Self.current(radius, angle, signals: parameters.signals, leakRate: parameters.leakRate)
      let run = TestRun(
        network, InputSequence(constant: current, steps: steps),
        key: key.derived(.codingTuning, UInt64(index)))
      return run.trains.counts(from: first).map {
        Double($0) / (Double(steps - first) * parameters.stepInSeconds)
      }
    }
    self.init(
      angles: angles, rates: (0..<parameters.neurons).map { neuron in byDirection.map { $0[neuron] } })
  }

  /// Evenly spaced directions.
  static func angles(_ directions: Int) -> [Double] {
    (0..<directions).map { -180 + 360 * Double($0) / Double(directions) }
  }

  /// The current for which x settles at a radius and angle.
  static func current(_ radius: Double, _ angle: Double, signals: Int, leakRate: Double) -> [Double] {
    let plane = [cos(angle * .pi / 180), sin(angle * .pi / 180)]
    return (0..<signals).map { $0 < 2 ? leakRate * radius * plane[$0] : 0 }
  }

  /// The highest rate in Hz.
  package var maximum: Double { rates.joined().max() ?? 0 }
  /// The mean rate over neurons and directions in Hz.
  package var mean: Double {
    rates.joined().reduce(0, +) / Double(max(1, rates.count * angles.count))
  }

  /// Half of the range of directions in which a neuron fires at more than half of its highest rate, in degrees, averaged over
  /// the neurons that fire at all.
  package var halfWidth: Double {
    let active = rates.filter { ($0.max() ?? 0) > 0 }
    let widths = active.map { curve in
      Double(curve.count { $0 > curve.max()! / 2 }) * 180 / Double(angles.count)
    }
    return widths.reduce(0, +) / Double(max(1, widths.count))
  }

  /// The direction that a neuron prefers, as the direction of the sum of its rates' vectors in degrees; nil if it is silent.
  package func preferred(_ neuron: Int) -> Double? {
    var (x, y) = (0.0, 0.0)
    for (angle, rate) in zip(angles, rates[neuron]) {
      x += rate * cos(angle * .pi / 180)
      y += rate * sin(angle * .pi / 180)
    }
    return x == 0 && y == 0 ? nil : atan2(y, x) * 180 / .pi
  }
}

extension StreamPurpose {
  package static let codingTuning = StreamPurpose("spike coding: tuning curves")
  package static let codingTest = StreamPurpose("spike coding: tests")
  package static let codingPoisson = StreamPurpose("spike coding: Poisson neurons")
}
