import Foundation
import Numerics
import RandomStreams

/// The weights of excitatory and inhibitory populations; each matrix is [to][from], and `EI` is to E from I.
package struct BalancedWeights: Sendable, Equatable {
  /// F, [E][signal].
  package var feedforward: Matrix
  /// Between populations: not below 0 from E, but for autapses, and not above 0 from I.
  package var EE, IE, EI, II: Matrix

  /// Weights by their matrices.
  package init(feedforward: Matrix, EE: Matrix, IE: Matrix, EI: Matrix, II: Matrix) {
    self.feedforward = feedforward
    (self.EE, self.IE, self.EI, self.II) = (EE, IE, EI, II)
  }

  /// The start of the scripts of Brendel et al. 2020: unit vectors F, each excitatory neuron k excites the inhibitory neuron
  /// k mod N_I by 0.5 and is inhibited by it by 0.3 of that; inhibitory neurons inhibit themselves by 0.5. Where that connection
  /// does not exist, the next inhibitory neuron to which, or from which, there is one takes its place.
  package init(
    unconnected parameters: BalancedParameters, connections: BalancedConnections? = nil, key: StreamKey
  ) {
    let (e, i) = (parameters.excitatory, parameters.inhibitory)
    feedforward =
      InitialWeights.unconnected.weights(neurons: e, signals: parameters.signals, key: key).feedforward
    EE = Matrix(rows: e, columns: e)
    IE = Matrix(rows: i, columns: e)
    EI = Matrix(rows: e, columns: i)
    II = Matrix(rows: i, columns: i)
    for neuron in 0..<e {
      EE[neuron, neuron] = parameters.autapse
      let candidates = (0..<i).map { (neuron + $0) % i }
      let target = candidates.first { connections?.IE[$0, neuron] != 0 }
      let source = candidates.first { connections?.EI[neuron, $0] != 0 }
      if let target { IE[target, neuron] = 0.5 }
      if let source { EI[neuron, source] = -0.3 * 0.5 }
    }
    for neuron in 0..<i { II[neuron, neuron] = -0.5 }
  }

  /// The weights without some excitatory neurons.
  package func without(_ removed: Set<Int>) -> BalancedWeights {
    let kept = (0..<feedforward.rows).filter { !removed.contains($0) }
    let all = Array(0..<II.rows), signals = Array(0..<feedforward.columns)
    var weights = self
    weights.feedforward = feedforward.selecting(rows: kept, columns: signals)
    weights.EE = EE.selecting(rows: kept, columns: kept)
    weights.IE = IE.selecting(rows: all, columns: kept)
    weights.EI = EI.selecting(rows: kept, columns: all)
    return weights
  }
}

/// Which connections of a network exist: 1 or 0 for each weight; those of a neuron with itself always do.
package struct BalancedConnections: Sendable, Equatable {
  /// As for ``BalancedWeights``.
  package let EE, IE, EI, II: Matrix

  /// Draws the connections of a network.
  package init(_ parameters: BalancedParameters, key: StreamKey) {
    func drawn(_ to: Int, _ from: Int, _ index: UInt64, keepsDiagonal: Bool) -> Matrix {
      var uniform = key.derived(.codingConnections, index).generator()
      return Matrix(
        rows: to, columns: from,
        (0..<(to * from)).map { place in
          let exists = uniform.uniform() < parameters.connectionProbability
          return exists || keepsDiagonal && place / from == place % from ? 1 : 0
        })
    }
    let (e, i) = (parameters.excitatory, parameters.inhibitory)
    EE = drawn(e, e, 0, keepsDiagonal: true)
    IE = drawn(i, e, 1, keepsDiagonal: false)
    EI = drawn(e, i, 2, keepsDiagonal: false)
    II = drawn(i, i, 3, keepsDiagonal: true)
  }
}

extension Matrix {
  /// Some rows and columns.
  func selecting(rows: [Int], columns: [Int]) -> Matrix {
    Matrix(
      rows: rows.count, columns: columns.count, rows.flatMap { row in columns.map { self[row, $0] } })
  }

  /// The product of each element with that of another matrix.
  func times(_ other: Matrix) -> Matrix {
    Matrix(rows: rows, columns: columns, zip(elements, other.elements).map { $0 * $1 })
  }
}

extension StreamPurpose {
  package static let codingConnections = StreamPurpose("spike coding: connections")
}
