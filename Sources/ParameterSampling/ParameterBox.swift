/// Named parameters with the ranges that bound them, in the order in which files hold them.
public struct ParameterBox: Sendable, Equatable {
  /// One dimension of the box.
  public struct Dimension: Sendable, Equatable {
    /// Key of the parameter in a configuration's section `network`, such as `J_mV`.
    public let key: String
    /// Smallest value, in the parameter's unit.
    public let lower: Double
    /// Largest value, in the parameter's unit.
    public let upper: Double

    /// A range from `lower` to a larger `upper`.
    public init(key: String, lower: Double, upper: Double) {
      precondition(lower < upper, "a range has a lower and a larger upper end")
      self.key = key
      self.lower = lower
      self.upper = upper
    }

    /// The key without its unit: `J`.
    public var name: String { split.name }
    /// The unit that the key ends with, `1` for numbers without one.
    public var unit: String { split.unit }

    private var split: (name: String, unit: String) {
      for unit in ["mV", "ms"] where key.hasSuffix("_" + unit) {
        return (String(key.dropLast(unit.count + 1)), unit)
      }
      return (key, "1")
    }
  }

  /// The dimensions, in order.
  public let dimensions: [Dimension]

  /// A box of the given dimensions.
  public init(_ dimensions: [Dimension]) { self.dimensions = dimensions }

  /// Number of parameters.
  public var count: Int { dimensions.count }

  /// Maps values in their units to the unit cube.
  public func normalised(_ values: [Double]) -> [Double] {
    precondition(values.count == count, "one value per parameter")
    return zip(values, dimensions).map { ($0 - $1.lower) / ($1.upper - $1.lower) }
  }

  /// Maps values of the unit cube to their units.
  public func denormalised(_ values: [Double]) -> [Double] {
    precondition(values.count == count, "one value per parameter")
    return zip(values, dimensions).map { $1.lower + ($1.upper - $1.lower) * $0 }
  }
}
