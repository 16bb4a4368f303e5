import Foundation
import Numerics

/// How feed-forward weights cover the directions of the first two signals.
package struct Coverage: Sendable, Equatable, Codable {
  /// The largest angle between neighbouring weights, in degrees.
  package let largestGap: Double
  /// Mean and standard deviation of the lengths of the weights over neurons.
  package let meanLength, spreadOfLength: Double

  enum CodingKeys: String, CodingKey {
    case largestGap = "largest_gap_deg"
    case meanLength = "mean_length"
    case spreadOfLength = "sd_length"
  }

  /// Of weights [neuron][signal]. With one signal there are two directions.
  package init(_ feedforward: Matrix) {
    let neurons = 0..<feedforward.rows
    let angles = neurons.map { neuron in
      atan2(feedforward.columns > 1 ? feedforward[neuron, 1] : 0, feedforward[neuron, 0])
    }.sorted()
    let next = angles.dropFirst() + [angles[0] + 2 * .pi]
    largestGap = (zip(next, angles).map { $0 - $1 }.max() ?? 0) * 180 / .pi
    let lengths = neurons.map { neuron in
      (0..<feedforward.columns).reduce(0) { $0 + feedforward[neuron, $1] * feedforward[neuron, $1] }
        .squareRoot()
    }
    let mean = lengths.reduce(0, +) / Double(lengths.count)
    meanLength = mean
    spreadOfLength =
      (lengths.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(lengths.count)).squareRoot()
  }
}
