import Foundation
import RandomStreams
import Statistics

/// A distribution of several parameters together: a mixture, in equal parts, of normal distributions or of Student's t
/// distributions, which have longer tails.
public struct MixtureDistribution: Sendable, Equatable {
  /// One of the distributions.
  public struct Component: Sendable, Equatable {
    /// [parameter].
    public let mean: [Double]
    /// [parameter][parameter]; of a t distribution with ν degrees of freedom, its scale: (ν − 2)/ν of the covariance.
    public let covariance: [Double]
    /// The lower triangular L with covariance L Lᵀ, [row][column].
    private let factor: [Double]
    /// log det L.
    private let logDeterminant: Double

    /// A distribution with a mean and a covariance; nil unless the covariance is symmetric and positive definite.
    public init?(mean: [Double], covariance: [Double]) {
      let count = mean.count
      guard count > 0, covariance.count == count * count, (mean + covariance).allSatisfy(\.isFinite) else {
        return nil
      }
      var factor = [Double](repeating: 0, count: count * count)
      var logDeterminant = 0.0
      for row in 0..<count {
        for column in 0...row {
          let (value, mirrored) = (covariance[row * count + column], covariance[column * count + row])
          guard abs(value - mirrored) <= 1e-9 * max(abs(value), abs(mirrored)) else { return nil }
          var rest = value
          for k in 0..<column { rest -= factor[row * count + k] * factor[column * count + k] }
          if row == column {
            guard rest > 0 else { return nil }
            factor[row * count + row] = rest.squareRoot()
            logDeterminant += log(factor[row * count + row])
          } else {
            factor[row * count + column] = rest / factor[column * count + column]
          }
        }
      }
      self.mean = mean
      self.covariance = covariance
      self.factor = factor
      self.logDeterminant = logDeterminant
    }

    /// The squared Mahalanobis distance of a point from the mean.
    func squaredDistance(of point: [Double]) -> Double {
      let count = mean.count
      var (whitened, sum) = ([Double](repeating: 0, count: count), 0.0)
      for row in 0..<count {
        var rest = point[row] - mean[row]
        for k in 0..<row { rest -= factor[row * count + k] * whitened[k] }
        whitened[row] = rest / factor[row * count + row]
        sum += whitened[row] * whitened[row]
      }
      return sum
    }

    /// The logarithm of the density, less that in the centre of a distribution of unit scale.
    func logRelativeDensity(at point: [Double], degreesOfFreedom: Int?) -> Double {
      StudentDistribution.logDecay(
        squaredDistance: squaredDistance(of: point), dimensions: mean.count,
        degreesOfFreedom: degreesOfFreedom)
        - logDeterminant
    }

    func marginalCumulative(_ parameter: Int, _ value: Double, degreesOfFreedom: Int?) -> Double {
      let scale = covariance[parameter * mean.count + parameter].squareRoot()
      guard let degreesOfFreedom else {
        return 0.5 * erfc((mean[parameter] - value) / (scale * 2.0.squareRoot()))
      }
      return StudentDistribution(degreesOfFreedom: degreesOfFreedom).cumulative(
        (value - mean[parameter]) / scale)
    }

    func draw(_ stream: inout StreamGenerator, degreesOfFreedom: Int?) -> [Double] {
      let normal = mean.map { _ in stream.standardNormal() }
      let scale =
        degreesOfFreedom.map { (Double($0) / stream.sumOfSquares(of: $0)).squareRoot() } ?? 1
      return mean.indices.map { row in
        mean[row] + scale * (0...row).reduce(0) { $0 + factor[row * mean.count + $1] * normal[$1] }
      }
    }
  }

  /// The distributions that take equal parts.
  public let components: [Component]
  /// Degrees of freedom of the components, all the same; nil of normal distributions.
  public let degreesOfFreedom: Int?
  /// The logarithm of the density in the centre of a component of unit scale.
  private let logNormalisation: Double

  /// A mixture, in equal parts, of at least one distribution; all of the same number of parameters. Degrees of freedom are
  /// at least 1.
  public init(_ components: [Component], degreesOfFreedom: Int? = nil) {
    precondition(!components.isEmpty, "a mixture has a component")
    precondition(components.allSatisfy { $0.mean.count == components[0].mean.count }, "equal parameters")
    precondition(degreesOfFreedom ?? 1 >= 1, "a degree of freedom")
    self.components = components
    self.degreesOfFreedom = degreesOfFreedom
    logNormalisation = StudentDistribution.logDensityInCentre(
      dimensions: components[0].mean.count, degreesOfFreedom: degreesOfFreedom)
  }

  /// Number of parameters.
  public var count: Int { components[0].mean.count }

  /// The logarithm of the density at a point.
  public func logDensity(at point: [Double]) -> Double {
    let logs = components.map { $0.logRelativeDensity(at: point, degreesOfFreedom: degreesOfFreedom) }
    let largest = logs.max()!
    return logNormalisation + largest + log(logs.reduce(0) { $0 + exp($1 - largest) } / Double(logs.count))
  }

  /// The probability of at most `value` for one parameter, whatever the others are.
  public func marginalCumulative(_ parameter: Int, _ value: Double) -> Double {
    components.reduce(0) {
      $0 + $1.marginalCumulative(parameter, value, degreesOfFreedom: degreesOfFreedom)
    } / Double(components.count)
  }

  /// The probability of the region of highest density that has `point` on its border.
  ///
  /// Of one normal distribution the region is an ellipsoid, whose probability is that of the χ² distribution; of others, the
  /// share of 1000 random draws that have a higher density, with half a draw for the point itself.
  public func highestDensityProbability(to point: [Double], key: StreamKey) -> Double {
    if components.count == 1 && degreesOfFreedom == nil {
      return ChiSquareDistribution(degreesOfFreedom: count)
        .cumulative(components[0].squaredDistance(of: point))
    }
    let density = logDensity(at: point)
    var stream = key.generator()
    let draws = 1000
    let denser = (0..<draws).count { _ in
      let component = components[stream.index(below: components.count)]
      return logDensity(at: component.draw(&stream, degreesOfFreedom: degreesOfFreedom)) > density
    }
    return (Double(denser) + 0.5) / Double(draws + 1)
  }
}

extension StreamGenerator {
  /// A standard normal number (Box and Muller 1958).
  fileprivate mutating func standardNormal() -> Double {
    (-2 * log(1 - uniform())).squareRoot() * cos(2 * Double.pi * uniform())
  }

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
