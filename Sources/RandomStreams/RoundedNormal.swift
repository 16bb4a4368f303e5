/// The law of a truncated normal number that is rounded to multiples of a step, for sampling by ``DiscreteCells``.
///
/// Probabilities are integrals of the density over each multiple's interval, made with additions, multiplications,
/// divisions and square roots only, so that they are the same on every machine.
public struct RoundedNormal: Sendable, Equatable {
  /// The smallest multiple that occurs.
  public let lowest: Int
  /// Probabilities of `lowest`, `lowest` + 1, … in units of the step; they sum to one.
  public let probabilities: [Double]

  /// What lies further from the mean, in standard deviations, has a probability below 2⁻¹⁰⁶.
  private static let reach = 12.0

  /// The law of `normal` rounded to multiples of `step`; whatever would be below the multiple `least` becomes it.
  ///
  /// The standard deviation must be positive.
  public init(_ normal: TruncatedNormal, step: Double, least: Int) {
    precondition(normal.standardDeviation > 0 && step > 0)
    let reach = Self.reach * normal.standardDeviation
    let lower = max(normal.bounds.lowerBound, normal.mean - reach)
    let upper = min(normal.bounds.upperBound, normal.mean + reach)
    func deviate(_ x: Double) -> Double {
      (min(max(x, lower), upper) - normal.mean) / normal.standardDeviation
    }
    let lowest = max(Int((lower / step).rounded()), least)
    let highest = max(Int((upper / step).rounded()), lowest)
    let weights = (lowest...highest).map { multiple in
      Self.integral(
        from: deviate(multiple == lowest ? lower : (Double(multiple) - 0.5) * step),
        to: deviate(multiple == highest ? upper : (Double(multiple) + 0.5) * step))
    }
    let total = weights.sorted().reduce(0, +)
    self.lowest = lowest
    // Bounds that coincide leave the mean alone.
    probabilities = total > 0 ? weights.map { $0 / total } : [1]
  }

  /// ∫ exp(−z²/2) dz by Gauss and Legendre's rule of five points on pieces of at most a quarter, whose error is below
  /// that of rounding.
  private static func integral(from lower: Double, to upper: Double) -> Double {
    guard upper > lower else { return 0 }
    let pieces = ((upper - lower) * 4).rounded(.up)
    let half = (upper - lower) / (2 * pieces)
    let root = 2 * (10.0 / 7).squareRoot(), spread = 13 * 70.0.squareRoot()
    let inner = (5 - root).squareRoot() / 3, outer = (5 + root).squareRoot() / 3
    let rule = [
      (0, 128.0 / 225), (inner, (322 + spread) / 900), (-inner, (322 + spread) / 900),
      (outer, (322 - spread) / 900), (-outer, (322 - spread) / 900),
    ]
    var sum = 0.0
    for piece in 0..<Int(pieces) {
      let centre = lower + half * Double(2 * piece + 1)
      for (node, weight) in rule {
        let z = centre + half * node
        sum += weight * exponential(minus: 0.5 * z * z)
      }
    }
    return half * sum
  }

  /// exp(−x), x ≥ 0: the Taylor series of a small fraction of x, squared repeatedly.
  private static func exponential(minus x: Double) -> Double {
    var fraction = x
    var squarings = 0
    while fraction > 0.125 {
      fraction *= 0.5
      squarings += 1
    }
    var sum = 1.0
    for n in stride(from: 12.0, through: 1, by: -1) { sum = 1 - fraction / n * sum }
    for _ in 0..<squarings { sum *= sum }
    return sum
  }
}
