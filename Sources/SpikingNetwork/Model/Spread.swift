import RandomStreams

/// How a quantity varies between neurons or synapses: a normal distribution around the nominal value, cut off at bounds.
public struct Spread: Sendable, Equatable {
  /// Standard deviation before the cut, in the quantity's unit (ms or mV); 0 gives the nominal value everywhere.
  public var standardDeviation: Double
  /// All values lie within these bounds, in the quantity's unit (ms or mV).
  public var bounds: ClosedRange<Double>

  /// A spread with the given standard deviation and bounds, in the quantity's unit.
  public init(standardDeviation: Double, bounds: ClosedRange<Double>) {
    self.standardDeviation = standardDeviation
    self.bounds = bounds
  }

  /// The distribution around `nominal`; throws ``NetworkError`` unless all of its values are `allowed`.
  func distribution(
    around nominal: Double, of quantity: String, allowed: (Double) -> Bool, expected: String
  ) throws -> TruncatedNormal {
    try NetworkError.require(
      standardDeviation >= 0 && standardDeviation.isFinite, "standard deviation of the \(quantity)",
      standardDeviation, ">= 0")
    for (end, bound) in [("lower", bounds.lowerBound), ("upper", bounds.upperBound)] {
      try NetworkError.require(
        bound.isFinite && allowed(bound), "\(end) bound of the \(quantity)", bound, expected)
    }
    try NetworkError.require(
      bounds.contains(nominal), quantity, nominal,
      "within its bounds, \(bounds.lowerBound) to \(bounds.upperBound)"
    )
    return TruncatedNormal(mean: nominal, standardDeviation: standardDeviation, bounds: bounds)
  }
}
