import Foundation
import ParameterSampling
import RandomStreams
import Statistics

/// The distribution of the parameters given a spectrum: a mixture of normal distributions or of Student's t distributions,
/// which have longer tails.
///
/// Moments are in the parameters' units. Densities, probabilities and draws are those of points of the unit cube, whose
/// sides are the ranges of the ``targetBox``, so that they can be compared between parameters and between boxes.
public struct Posterior: Sendable, Equatable {
  /// The distributions.
  public let components: [Component]
  /// Their shares; they sum to 1.
  public let weights: [Double]
  /// Degrees of freedom of the components, all the same; nil of normal distributions.
  public let degreesOfFreedom: Int?
  /// What the unit cube of the components stands for.
  public let targetBox: ParameterBox
  /// The logarithm of the density in the centre of a component of unit scale.
  private let logNormalisation: Double

  /// A mixture of at least one distribution of the box's parameters, by default in equal parts, otherwise in proportion to
  /// weights. Degrees of freedom are at least 3, so that there is a covariance.
  public init(
    _ components: [Component], weights: [Double]? = nil, degreesOfFreedom: Int? = nil, targetBox: ParameterBox
  ) {
    let weights = weights ?? components.map { _ in 1 }
    precondition(weights.count == components.count && weights.allSatisfy { $0 >= 0 }, "a weight for each")
    let sum = weights.reduce(0, +)
    self.weights = weights.map { $0 / sum }
    precondition(!components.isEmpty, "a mixture has a component")
    precondition(components.allSatisfy { $0.mean.count == targetBox.count }, "the box's parameters")
    precondition(degreesOfFreedom ?? 3 >= 3, "a finite covariance")
    self.components = components
    self.degreesOfFreedom = degreesOfFreedom
    self.targetBox = targetBox
    logNormalisation = StudentDistribution.logDensityInCentre(
      dimensions: targetBox.count, degreesOfFreedom: degreesOfFreedom)
  }

  /// One normal distribution with moments in the parameters' units; nil if its covariance is not positive definite.
  package init?(
    mean: [Double], standardDeviations: [Double], correlations: [Double], targetBox: ParameterBox
  ) {
    let ranges = targetBox.dimensions.map { $0.upper - $0.lower }
    let scale = correlations.indices.map { index in
      let (p, q) = (index / mean.count, index % mean.count)
      return correlations[index] * (standardDeviations[p] / ranges[p]) * (standardDeviations[q] / ranges[q])
    }
    guard let component = Component(mean: targetBox.normalised(mean), scale: scale) else { return nil }
    self.init([component], targetBox: targetBox)
  }

  /// Number of parameters.
  public var count: Int { targetBox.count }
}

/// Moments, in the parameters' units.
extension Posterior {
  /// [parameter].
  public var mean: [Double] { targetBox.denormalised(centre) }

  /// [parameter][parameter]: the mean of the components' covariances, plus that of their means.
  public var covariance: [Double] {
    let centre = centre
    let ranges = targetBox.dimensions.map { $0.upper - $0.lower }
    let variance = degreesOfFreedom.map { Double($0) / Double($0 - 2) } ?? 1
    return (0..<count * count).map { index in
      let (p, q) = (index / count, index % count)
      let sum = zip(components, weights).reduce(0) { sum, part in
        let mean = part.0.mean
        return sum + part.1
          * (variance * part.0.scale[index] + (mean[p] - centre[p]) * (mean[q] - centre[q]))
      }
      return sum * (ranges[p] * ranges[q])
    }
  }

  /// [parameter].
  public var standardDeviations: [Double] {
    let covariance = covariance
    return (0..<count).map { covariance[$0 * count + $0].squareRoot() }
  }

  /// Coefficients [parameter][parameter].
  public var correlations: [Double] {
    let covariance = covariance
    let deviations = (0..<count).map { covariance[$0 * count + $0].squareRoot() }
    return covariance.indices.map {
      covariance[$0] / (deviations[$0 / count] * deviations[$0 % count])
    }
  }

  /// The mean in the unit cube.
  var centre: [Double] {
    (0..<count).map { p in zip(components, weights).reduce(0) { $0 + $1.1 * $1.0.mean[p] } }
  }
}

/// Densities, probabilities and draws, in the unit cube.
extension Posterior {
  /// The logarithm of the density at a point.
  public func logDensity(at point: [Double]) -> Double {
    withUnsafeTemporaryAllocation(of: Double.self, capacity: components.count) { logs in
      var largest = -Double.infinity
      for index in components.indices {
        logs[index] = components[index].logRelativeDensity(at: point, degreesOfFreedom)
        largest = max(largest, logs[index])
      }
      var sum = 0.0
      for index in components.indices { sum += weights[index] * exp(logs[index] - largest) }
      return logNormalisation + largest + log(sum)
    }
  }

  /// The probability of at most `value` for one parameter, whatever the others are.
  public func marginalCumulative(_ parameter: Int, _ value: Double) -> Double {
    zip(components, weights).reduce(0) {
      $0 + $1.1 * $1.0.marginalCumulative(parameter, value, degreesOfFreedom)
    }
  }

  /// A random point.
  public func draw(_ stream: inout StreamGenerator) -> [Double] {
    var rest = stream.uniform()
    let chosen = weights.firstIndex { weight in
      rest -= weight
      return rest < 0
    }
    return components[chosen ?? weights.count - 1].draw(&stream, degreesOfFreedom)
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
    let denser = (0..<draws).count { _ in logDensity(at: draw(&stream)) > density }
    return (Double(denser) + 0.5) / Double(draws + 1)
  }
}
