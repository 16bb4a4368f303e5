/// A normal distribution cut off at two bounds, sampled exactly.
///
/// After Karney 2016 (doi:10.1145/2710016): only comparisons and products of uniform numbers take place,
/// no logarithm or exponential, so that draws are the same on every machine.
public struct TruncatedNormal: Sendable, Equatable {
  /// Mean of the distribution before truncation.
  public let mean: Double
  /// Standard deviation before truncation; 0 gives the mean.
  public let standardDeviation: Double
  /// Draws lie within these bounds.
  public let bounds: ClosedRange<Double>

  /// The mean must lie within the bounds, the standard deviation must be finite and not negative.
  public init(mean: Double, standardDeviation: Double, bounds: ClosedRange<Double>) {
    precondition(bounds.contains(mean) && standardDeviation >= 0 && standardDeviation.isFinite)
    self.mean = mean
    self.standardDeviation = standardDeviation
    self.bounds = bounds
  }

  /// One draw.
  public func sample(_ generator: inout StreamGenerator) -> Double {
    guard standardDeviation > 0 else { return mean }
    let lower = (bounds.lowerBound - mean) / standardDeviation
    let upper = (bounds.upperBound - mean) / standardDeviation
    while true {
      // Narrow bounds: accept a uniform proposal with its density. Wide ones: reject what is outside.
      let z: Double
      if upper - lower < 4 {
        z = lower + (upper - lower) * generator.uniform()
        guard generator.bernoulli(expMinus: 0.5 * z * z) else { continue }
      } else {
        z = generator.standardNormal()
        guard z >= lower, z <= upper else { continue }
      }
      return min(max(mean + standardDeviation * z, bounds.lowerBound), bounds.upperBound)
    }
  }
}

extension StreamGenerator {
  /// True with probability exp(−`exponent`), exponent ≥ 0 (von Neumann's comparison method).
  public mutating func bernoulli(expMinus exponent: Double) -> Bool {
    var rest = exponent
    while rest > 1 {
      guard bernoulliOfFraction(1) else { return false }
      rest -= 1
    }
    return bernoulliOfFraction(rest)
  }

  /// True with probability exp(−x), 0 ≤ x ≤ 1: the length of a falling run of uniforms below x is even
  /// with probability Σ (−x)ⁿ/n!.
  private mutating func bernoulliOfFraction(_ x: Double) -> Bool {
    var previous = x
    var isEven = true
    while true {
      let u = uniform()
      if u >= previous { return isEven }
      previous = u
      isEven.toggle()
    }
  }

  /// A standard normal number, resolution 2⁻⁵³ (Karney 2016, algorithm N).
  public mutating func standardNormal() -> Double {
    while true {
      var k = 0
      while bernoulli(expMinus: 0.5) { k += 1 }
      guard bernoulli(expMinus: 0.5 * Double(k * (k - 1))) else { continue }
      let x = uniform()
      guard bernoulli(expMinus: 0.5 * x * (2 * Double(k) + x)) else { continue }
      let magnitude = Double(k) + x
      return next() &>> 63 == 0 ? magnitude : -magnitude
    }
  }
}
