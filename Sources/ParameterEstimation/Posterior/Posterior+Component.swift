import Foundation
import Numerics
import RandomStreams
import Statistics

extension Posterior {
  /// A normal or t distribution in the unit cube.
  public struct Component: Sendable, Equatable {
    /// [parameter].
    public let mean: [Double]
    /// [parameter][parameter]; the covariance of a normal distribution, (ν − 2)/ν of that of a t distribution with ν degrees
    /// of freedom.
    public let scale: [Double]
    private let factorisation: CholeskyFactorisation

    /// A distribution with a mean and a scale; nil unless these are finite, and the scale symmetric and positive definite.
    public init?(mean: [Double], scale: [Double]) {
      let count = mean.count
      guard count > 0, scale.count == count * count, mean.allSatisfy(\.isFinite),
        let factorisation = CholeskyFactorisation(Matrix(rows: count, columns: count, scale))
      else { return nil }
      self.mean = mean
      self.scale = scale
      self.factorisation = factorisation
    }

    /// The squared Mahalanobis distance of a point from the mean.
    func squaredDistance(of point: [Double]) -> Double {
      factorisation.squaredNorm(of: point, from: mean)
    }

    /// The logarithm of the density, less that in the centre of a distribution of unit scale.
    func logRelativeDensity(at point: [Double], _ degreesOfFreedom: Int?) -> Double {
      StudentDistribution.logDecay(
        squaredDistance: squaredDistance(of: point), dimensions: mean.count,
        degreesOfFreedom: degreesOfFreedom)
        - factorisation.logDeterminantOfLower
    }

    func marginalCumulative(_ parameter: Int, _ value: Double, _ degreesOfFreedom: Int?) -> Double {
      let width = scale[parameter * mean.count + parameter].squareRoot()
      guard let degreesOfFreedom else {
        return 0.5 * erfc((mean[parameter] - value) / (width * 2.0.squareRoot()))
      }
      return StudentDistribution(degreesOfFreedom: degreesOfFreedom).cumulative(
        (value - mean[parameter]) / width)
    }

    func draw(_ stream: inout StreamGenerator, _ degreesOfFreedom: Int?) -> [Double] {
      let deviation = factorisation.multiplied(mean.map { _ in stream.standardNormal() })
      let factor = degreesOfFreedom.map { (Double($0) / stream.sumOfSquares(of: $0)).squareRoot() } ?? 1
      return zip(mean, deviation).map { $0 + factor * $1 }
    }
  }
}

extension StreamGenerator {
  /// The sum of the squares of `count` standard normal numbers: pairs of squares are exponentially distributed.
  fileprivate mutating func sumOfSquares(of count: Int) -> Double {
    var sum = 0.0
    for _ in 0..<count / 2 { sum -= 2 * log(1 - uniform()) }
    if count % 2 == 1 {
      let last = standardNormal()
      sum += last * last
    }
    return sum
  }
}
