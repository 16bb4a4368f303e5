import Foundation

/// What a training makes as small as possible.
public enum Loss: Sendable, Hashable {
  /// The squared difference between outputs and targets, averaged over samples and outputs.
  case squaredError
  /// The same with each target's square multiplied by a weight, [target].
  case weightedSquaredError([Double])
  /// The negative log likelihood of the targets under a mixture of normal distributions, by default one, whose means and
  /// covariances the network gives for each sample (``MixtureHead``), averaged over samples, plus half their squared
  /// distance from the mean times a weight. A likelihood alone forgives errors where it has learned to expect them, and
  /// learns no more there: the second term keeps such samples in training, as if the errors of all had a variance of
  /// 1/weight too.
  case gaussian(errorWeight: Double = 0, components: Int = 1)

  /// Number of outputs that a network for `targets` targets needs.
  public func outputCount(targets: Int) -> Int {
    switch self {
    case .squaredError, .weightedSquaredError: targets
    case .gaussian(_, let components): MixtureHead(targets: targets, components: components).outputCount
    }
  }

  /// Number of targets of a network with `outputs` outputs; nil if no network for this loss has so many.
  public func targetCount(outputs: Int) -> Int? {
    (1...max(1, outputs)).first { outputCount(targets: $0) == outputs }
  }

  /// What the sum over samples is divided by.
  func divisor(samples: Int, targets: Int) -> Double {
    switch self {
    case .squaredError, .weightedSquaredError: Double(samples * targets)
    case .gaussian: Double(samples)
    }
  }
}

extension Loss {
  /// The sum over a chunk's samples, and its derivative by the outputs y, divided by `divisor`, in dy. Lanes without a
  /// sample get no derivative.
  func evaluate<Lanes: LaneVector>(
    _ chunk: Chunk, _ targets: UnsafePointer<Float>, targetCount: Int, y: UnsafePointer<Lanes>,
    dy: UnsafeMutablePointer<Lanes>, divisor: Double
  ) -> Double {
    switch self {
    case .squaredError, .weightedSquaredError:
      var sum = 0.0
      for i in 0..<targetCount {
        let weight = if case .weightedSquaredError(let weights) = self { weights[i] } else { 1.0 }
        let slope = Lanes(repeating: Float(2 * weight / divisor))
        var error = Lanes(repeating: 0)
        for (lane, sample) in chunk.order.enumerated() {
          error[lane] = y[i][lane] - targets[sample * targetCount + i]
          sum += weight * Double(error[lane]) * Double(error[lane])
        }
        dy[i] = error * slope
      }
      return sum
    case .gaussian(let errorWeight, let components):
      let head = MixtureHead(targets: targetCount, components: components)
      var outputs = [Double](repeating: 0, count: head.outputCount)
      var gradient = outputs
      dy.update(repeating: Lanes(repeating: 0), count: head.outputCount)
      var sum = 0.0
      for (lane, sample) in chunk.order.enumerated() {
        for i in outputs.indices { outputs[i] = Double(y[i][lane]) }
        sum += head.negativeLogLikelihood(
          outputs, of: UnsafeBufferPointer(start: targets + sample * targetCount, count: targetCount),
          errorWeight: errorWeight, gradient: &gradient)
        for i in outputs.indices { dy[i][lane] = Float(gradient[i] / divisor) }
      }
      return sum
    }
  }
}
