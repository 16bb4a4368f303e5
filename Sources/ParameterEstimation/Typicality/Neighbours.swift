import Foundation
import Numerics

/// Points among which others are, or are not, at home, by the nearest of them.
public struct Neighbours: Sendable, Equatable {
  /// The points, coordinates multiples of ``step``.
  package let points: PointSet
  /// Logarithm of the mean distance of each point to its nearest others.
  let spacings: [Double]

  /// Where another point is among the points.
  package struct Place: Sendable, Equatable {
    /// How thinly it is surrounded, about 0 for one among those stored: logarithm of the mean distance to the nearest, relative to
    /// the distances that these have to their own nearest. That is the local outlier factor (Breunig et al. 2000,
    /// doi:10.1145/342009.335388) with mean distances: where the points are dense a small distance tells, where they are rare a large
    /// one does not.
    package let sparsity: Double
    /// Logarithm of its squared Mahalanobis distance from the mean of those around it, by their covariance: where these lie along a
    /// surface, a small distance from it tells, and a large one along it does not.
    package let deviation: Double
  }

  /// How many of the nearest count for distances.
  static let nearest = 10
  /// How many of the nearest count for covariances, more than three times as many as coordinates.
  static let around = 200
  /// Coordinates are rounded to multiples of this.
  static let step: Float = 1 / 32
  /// Added to variances, relative to them: directions in which neighbours hardly differ must not count without end.
  static let ridge = 1e-2
  /// Added to variances: a coordinate that never differs must not count without end.
  static let leastVariance = 1e-6

  /// Takes stored parts.
  init(points: PointSet, spacings: [Double]) {
    precondition(points.count == spacings.count, "one spacing a point")
    (self.points, self.spacings) = (points, spacings)
  }

  /// More than ``nearest`` points [point][dimension].
  package init(_ coordinates: [Float], dimensions: Int, threads: Int) {
    let points = PointSet(PointSet.rounded(coordinates, to: Self.step), dimensions: dimensions)
    let wanted = min(Self.nearest, points.count - 1)
    self.init(
      points: points,
      spacings: [Double](count: points.count, threads: threads) { index in
        Self.logMean(points.nearest(wanted, to: points[index], but: index)[...])
      })
  }

  /// Where other points [point][dimension] are.
  package func places(of others: [Float], threads: Int) -> [Place] {
    let dimensions = points.dimensions
    return [Place](count: others.count / dimensions, threads: threads) { index in
      let other = others[index * dimensions..<(index + 1) * dimensions]
      let found = points.nearest(min(Self.around, points.count), to: other)
      return Place(sparsity: sparsity(found.prefix(Self.nearest)), deviation: deviation(other, found))
    }
  }

  private func sparsity(_ found: ArraySlice<PointSet.Neighbour>) -> Double {
    Self.logMean(found) - found.reduce(0) { $0 + spacings[$1.index] } / Double(found.count)
  }

  private static func logMean(_ found: ArraySlice<PointSet.Neighbour>) -> Double {
    log(max(found.reduce(0) { $0 + Double($1.squaredDistance).squareRoot() } / Double(found.count), 1e-6))
  }

  private func deviation(_ point: ArraySlice<Float>, _ found: [PointSet.Neighbour]) -> Double {
    let (mean, covariance) = NormalForm.moments(found.flatMap { points[$0.index] }, length: point.count)
    var matrix = Matrix(rows: point.count, columns: point.count, covariance)
    for i in mean.indices { matrix[i, i] = matrix[i, i] * (1 + Self.ridge) + Self.leastVariance }
    guard let factor = CholeskyFactorisation(matrix) else { preconditionFailure("a covariance with a ridge") }
    let whitened = factor.solveLower(zip(point, mean).map { Double($0) - $1 })
    return log(max(whitened.reduce(0) { $0 + $1 * $1 }, 1e-300))
  }
}
