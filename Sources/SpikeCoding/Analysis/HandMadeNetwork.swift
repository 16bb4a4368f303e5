import Foundation
import Numerics

extension CodingWeights {
  /// The best network that can be written down for two uncorrelated signals: F evenly on a circle, Ω = −s F Fᵀ − d I.
  package static func evenlySpaced(
    neurons: Int, length: Double, scale: Double, diagonal: Double
  ) -> CodingWeights {
    var feedforward = Matrix(rows: neurons, columns: 2), recurrent = Matrix(rows: neurons, columns: neurons)
    let angles = (0..<neurons).map { 2 * Double.pi * Double($0) / Double(neurons) }
    for (i, angle) in angles.enumerated() {
      feedforward[i, 0] = length * cos(angle)
      feedforward[i, 1] = length * sin(angle)
      for (k, other) in angles.enumerated() {
        recurrent[i, k] = -scale * length * length * cos(angle - other) - (i == k ? diagonal : 0)
      }
    }
    return CodingWeights(feedforward: feedforward, recurrent: recurrent)
  }
}
