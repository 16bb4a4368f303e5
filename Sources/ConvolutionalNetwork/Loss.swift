import Foundation

/// What a training makes as small as possible.
public enum Loss: String, Sendable, Hashable, Codable, CaseIterable {
  /// The squared difference between outputs and targets, averaged over samples and outputs.
  case squaredError = "squared_error"
  /// The negative log likelihood of the targets under a normal distribution whose mean and covariance the network gives
  /// for each sample (``GaussianHead``), averaged over samples.
  case gaussian

  /// Number of outputs that a network for `targets` targets needs.
  public func outputCount(targets: Int) -> Int {
    switch self {
    case .squaredError: targets
    case .gaussian: GaussianHead(targets: targets).outputCount
    }
  }

  /// Number of targets of a network with `outputs` outputs; nil if no network for this loss has so many.
  public func targetCount(outputs: Int) -> Int? {
    (1...max(1, outputs)).first { outputCount(targets: $0) == outputs }
  }

  /// What the sum over samples is divided by.
  func divisor(samples: Int, targets: Int) -> Double {
    switch self {
    case .squaredError: Double(samples * targets)
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
    case .squaredError:
      let slope = Lanes(repeating: Float(2 / divisor))
      var sum = 0.0
      for i in 0..<targetCount {
        var error = Lanes(repeating: 0)
        for (lane, sample) in chunk.order.enumerated() {
          error[lane] = y[i][lane] - targets[sample * targetCount + i]
          sum += Double(error[lane]) * Double(error[lane])
        }
        dy[i] = error * slope
      }
      return sum
    case .gaussian:
      let head = GaussianHead(targets: targetCount)
      var outputs = [Double](repeating: 0, count: head.outputCount)
      var gradient = outputs
      dy.update(repeating: Lanes(repeating: 0), count: head.outputCount)
      var sum = 0.0
      for (lane, sample) in chunk.order.enumerated() {
        for i in outputs.indices { outputs[i] = Double(y[i][lane]) }
        sum += head.negativeLogLikelihood(
          outputs, of: UnsafeBufferPointer(start: targets + sample * targetCount, count: targetCount),
          gradient: &gradient)
        for i in outputs.indices { dy[i][lane] = Float(gradient[i] / divisor) }
      }
      return sum
    }
  }
}
