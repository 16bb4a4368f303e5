import Numerics

/// How far recurrent weights are from those of a network whose voltages are projected coding errors, Ω = −s F Fᵀ.
package struct RecurrentStructure: Sendable, Equatable, Codable {
  /// ‖Ω + s F Fᵀ‖² / ‖Ω‖² for the best s.
  package let distance: Double
  /// That s.
  package let scale: Double
  /// The same for Ω = −s F Fᵀ − d I.
  package let distanceWithDiagonal: Double
  /// Its s and d.
  package let scaleWithDiagonal, diagonal: Double

  enum CodingKeys: String, CodingKey {
    case distance, scale
    case distanceWithDiagonal = "distance_with_diagonal"
    case scaleWithDiagonal = "scale_with_diagonal"
    case diagonal
  }

  /// Of some weights.
  package init(_ weights: CodingWeights) {
    let (n, m) = (weights.neurons, weights.signals)
    // Sums over all pairs of neurons of products of Ω, C = −F Fᵀ and −I.
    var (omegaC, squaresC, squaresOmega, omegaI, cI) = (0.0, 0.0, 0.0, 0.0, 0.0)
    for i in 0..<n {
      for k in 0..<n {
        var c = 0.0
        for d in 0..<m { c -= weights.feedforward[i, d] * weights.feedforward[k, d] }
        let omega = weights.recurrent[i, k]
        omegaC += omega * c
        squaresC += c * c
        squaresOmega += omega * omega
        if i == k {
          omegaI -= omega
          cI -= c
        }
      }
    }
    scale = omegaC / squaresC
    distance = (squaresOmega - scale * omegaC) / squaresOmega
    let determinant = squaresC * Double(n) - cI * cI
    scaleWithDiagonal = (omegaC * Double(n) - omegaI * cI) / determinant
    diagonal = (squaresC * omegaI - cI * omegaC) / determinant
    distanceWithDiagonal =
      (squaresOmega - scaleWithDiagonal * omegaC - diagonal * omegaI) / squaresOmega
  }
}
