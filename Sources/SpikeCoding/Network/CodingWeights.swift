import Foundation
import Numerics
import RandomStreams

/// The weights of a population.
package struct CodingWeights: Sendable, Equatable {
  /// F, [neuron][signal].
  package var feedforward: Matrix
  /// Ω, [to][from]; the diagonal holds the resets.
  package var recurrent: Matrix

  /// Weights of N neurons and M signals.
  package init(feedforward: Matrix, recurrent: Matrix) {
    precondition(
      recurrent.rows == recurrent.columns && recurrent.rows == feedforward.rows, "weights of one population")
    self.feedforward = feedforward
    self.recurrent = recurrent
  }

  /// Number of neurons.
  package var neurons: Int { feedforward.rows }
  /// Number of signals.
  package var signals: Int { feedforward.columns }
}

/// How a population is connected before it learns.
package enum InitialWeights: String, Sendable, CaseIterable {
  /// Unit vectors F without a positive component for the first signal, and Ω = −0.5 I: the paper's Fig. 2.
  case lopsided
  /// Unit vectors F in all directions, and Ω = −0.2 U − 0.5 I with U uniform in [0, 1): the authors' script.
  case random
  /// Unit vectors F in all directions, and Ω = −0.5 I.
  case unconnected

  /// Draws weights.
  package func weights(neurons: Int, signals: Int, key: StreamKey) -> CodingWeights {
    var normal = NormalStream(key: key.derived(.initialFeedforward))
    var feedforward = Matrix(rows: neurons, columns: signals)
    for neuron in 0..<neurons {
      var vector = (0..<signals).map { _ in normal() }
      if self == .lopsided { vector[0] = -abs(vector[0]) }
      let length = vector.reduce(0) { $0 + $1 * $1 }.squareRoot()
      for signal in 0..<signals { feedforward[neuron, signal] = vector[signal] / length }
    }
    var uniform = key.derived(.initialRecurrent).generator()
    var recurrent = Matrix(rows: neurons, columns: neurons)
    for to in 0..<neurons {
      for from in 0..<neurons {
        if self == .random { recurrent[to, from] = -0.2 * uniform.uniform() }
        if to == from { recurrent[to, from] -= 0.5 }
      }
    }
    return CodingWeights(feedforward: feedforward, recurrent: recurrent)
  }
}

extension StreamPurpose {
  package static let initialFeedforward = StreamPurpose("spike coding: initial feed-forward weights")
  package static let initialRecurrent = StreamPurpose("spike coding: initial recurrent weights")
  package static let codingInput = StreamPurpose("spike coding: input")
  package static let codingNoise = StreamPurpose("spike coding: noise")
}
