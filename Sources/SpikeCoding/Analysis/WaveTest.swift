import Foundation
import RandomStreams

/// The answers of a network to a sine and a cosine as signals, in several trials that differ in their noise.
package struct WaveTest: Sendable, Equatable {
  /// Signals x and estimates of the first trial, [step][signal].
  package let signals, estimates: [Double]
  /// Spikes, [trial].
  package let trials: [SpikeTrains]
  /// Voltages of the traced neurons in the first two trials, [trial][neuron][step].
  package let voltages: [[[Double]]]
  /// Mean of (x̂ − x)² and variance of x̂ over trials, in units of the signals' variance.
  package let error, spread: Double
  /// Correlation of each neuron's spikes between trials, smoothed by a Gaussian of 5 steps; mean over neurons and pairs of six
  /// trials.
  package let correlationOfTrials: Double

  /// Steps after which errors count.
  private static let transient = 500

  /// Signals of a radius and period in s, in the first two of the network's signals; others are 0.
  package init(
    _ network: CodingNetwork, decoder: Decoder, radius: Double, period: Double = 1, steps: Int = 4_000,
    trials count: Int = 20, traced: [Int], key: StreamKey
  ) {
    let parameters = network.parameters, m = parameters.signals
    let input = InputSequence(steps: steps, signals: m, parameters: parameters) { time in
      let phase = 2 * Double.pi * time / period
      return (0..<m).map { $0 == 0 ? radius * sin(phase) : $0 == 1 ? radius * cos(phase) : 0 }
    }
    let runs = (0..<count).map {
      TestRun(network, input, key: key.derived(.codingWaves, UInt64($0)), traced: $0 < 2 ? traced : [])
    }
    let signals = input.filtered(parameters), estimates = runs.map { decoder.estimates($0.trains) }
    self.signals = signals
    self.estimates = estimates[0]
    trials = runs.map(\.trains)
    voltages = runs.prefix(2).map(\.voltages)

    let counted = (min(Self.transient, steps / 2) * m)..<signals.count
    let power = (0..<m).reduce(0.0) { sum, d in
      let values = counted.filter { $0 % m == d }.map { signals[$0] }
      let mean = values.reduce(0, +) / Double(values.count)
      return sum + values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    }
    var (error, spread) = (0.0, 0.0)
    for index in counted {
      let values = estimates.map { $0[index] }
      let mean = values.reduce(0, +) / Double(count)
      error += values.reduce(0) { $0 + ($1 - signals[index]) * ($1 - signals[index]) }
      spread += values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    }
    self.error = error / (power * Double(count))
    self.spread = spread / (power * Double(count))
    correlationOfTrials = Self.correlation(trials.prefix(6).map(\.self))
  }

  private static func correlation(_ trials: [SpikeTrains]) -> Double {
    var values: [Double] = []
    for neuron in 0..<trials[0].neurons {
      let smoothed = trials.map { $0.smoothed(neuron, width: 5) }
      for (index, one) in smoothed.enumerated() {
        values += smoothed[..<index].compactMap { Variability.correlation(one, $0) }
      }
    }
    return values.isEmpty ? 0 : values.reduce(0, +) / Double(values.count)
  }
}

extension StreamPurpose {
  package static let codingWaves = StreamPurpose("spike coding: sine and cosine")
}
