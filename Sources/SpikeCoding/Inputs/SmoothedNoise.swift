import Foundation
import Numerics
import ParameterChecks
import RandomStreams

/// White Gaussian noise, one value a step, smoothed by a Gaussian: the section `input` of a configuration.
package struct InputParameters: Sendable, Equatable {
  /// Standard deviation of the white noise.
  package var amplitude = 2000.0
  /// Standard deviation of the smoothing kernel in steps.
  package var width = 30.0
  /// Steps for which one piece of noise lasts; its ends are weaker, as there are zeros beyond them.
  package var sequenceLength = 1000
  /// Correlation between any two signals.
  package var correlation = 0.0

  /// Those of Figs. 2 and 4 of Brendel et al. 2020.
  package init() {}

  /// The same with another amplitude.
  package func scaled(by factor: Double) -> InputParameters {
    var scaled = self
    scaled.amplitude *= factor
    return scaled
  }

  /// Notes everything that is wrong.
  package func check(_ rules: inout ParameterRules, at section: String = "input") {
    // Without signals there are no errors relative to them.
    rules.require(
      amplitude > 0 && amplitude <= 1e9, "\(section).amplitude", amplitude, "a positive number, 1e9 at most")
    rules.require(width, in: 0.1...80, "\(section).width_steps")
    rules.require(sequenceLength, in: 1...1_000_000, "\(section).sequence_steps")
    rules.require(correlation, in: 0...1, "\(section).correlation")
  }
}

/// Makes input currents of smoothed noise.
///
/// The kernel is that of the scripts of Brendel et al. 2020: 1000 samples of which the 500th is its centre, normalised; the
/// central part of the convolution is taken as `conv(…, 'same')` of MATLAB does, which shifts it by one step.
package struct SmoothedNoise: InputSource {
  private let parameters: InputParameters
  private let signals: Int
  /// The kernel without tails below 10⁻⁸ of its peak, on both sides of its centre.
  private let kernel: [Float]

  /// Noise for a number of signals.
  package init(_ parameters: InputParameters, signals: Int) {
    self.parameters = parameters
    self.signals = signals
    let reach = min(499, Int((6.1 * parameters.width).rounded(.up)))
    let weights = (-reach...reach).map { exp(-Double($0 * $0) / (2 * parameters.width * parameters.width)) }
    let sum = weights.reduce(0, +)
    kernel = weights.map { Float(parameters.amplitude * $0 / sum) }
  }

  /// The piece of a key, by default of the usual length.
  package func sequence(key: StreamKey, steps: Int?) -> InputSequence {
    let steps = steps ?? parameters.sequenceLength
    var lanes = XoshiroLanes(key: key)
    let traces = (0..<signals).map { _ in smoothed(&lanes, steps) }
    // Signals share a part of variance ρ.
    let shared = parameters.correlation > 0 ? smoothed(&lanes, steps) : []
    let (own, common) = ((1 - parameters.correlation).squareRoot(), parameters.correlation.squareRoot())
    var currents: [Double] = []
    currents.reserveCapacity(steps * signals)
    for step in 0..<steps {
      for trace in traces {
        let value = Double(trace[step])
        currents.append(shared.isEmpty ? value : own * value + common * Double(shared[step]))
      }
    }
    return InputSequence(signals: signals, currents: currents)
  }

  /// One smoothed trace, at least `steps` long.
  private func smoothed(_ lanes: inout XoshiroLanes, _ steps: Int) -> [Float] {
    typealias Vector = SIMD16<Float>
    let reach = kernel.count / 2
    let blocks = (steps + 31) / 32
    // Zeros on both sides; output n is centred at n + 1.
    var noise = [Float](repeating: 0, count: 2 * reach + 32 * blocks + 1)
    var next = reach
    while next < reach + steps {
      let (first, second) = lanes.normalPair()
      for values in [first, second] {
        for lane in 0..<8 where next < reach + steps {
          noise[next] = values[lane]
          next += 1
        }
      }
    }
    var result = [Float](repeating: 0, count: 32 * blocks)
    noise.withUnsafeBytes { noise in
      result.withUnsafeMutableBytes { result in
        kernel.withUnsafeBufferPointer { kernel in
          for block in 0..<blocks {
            var (low, high) = (Vector.zero, Vector.zero)
            let first = 32 * block + 1
            for tap in 0..<kernel.count {
              let weight = Vector(repeating: kernel[tap])
              low += weight * noise.loadUnaligned(fromByteOffset: 4 * (first + tap), as: Vector.self)
              high += weight * noise.loadUnaligned(fromByteOffset: 4 * (first + tap + 16), as: Vector.self)
            }
            result.storeBytes(of: low, toByteOffset: 128 * block, as: Vector.self)
            result.storeBytes(of: high, toByteOffset: 128 * block + 64, as: Vector.self)
          }
        }
      }
    }
    return result
  }
}
