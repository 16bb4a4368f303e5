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
  public var dimensions: [Dimension]

  /// A box of the given dimensions.
  public init(_ dimensions: [Dimension]) { self.dimensions = dimensions }

  /// The box of Skaar et al. 2020: η in [0.8, 4], g in [3.5, 8] and J in [0.05, 0.4] mV.
  public static let full = ParameterBox([
    Dimension(key: "eta", lower: 0.8, upper: 4), Dimension(key: "g", lower: 3.5, upper: 8),
    Dimension(key: "J_mV", lower: 0.05, upper: 0.4),
  ])

  /// Number of parameters.
  public var count: Int { dimensions.count }
  /// The keys of the parameters, in order.
  public var keys: [String] { dimensions.map(\.key) }

  /// The dimension of a parameter; nil where it has none.
  public subscript(key: String) -> Dimension? { dimensions.first { $0.key == key } }

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

  /// All corners of the box, each with one value per parameter.
  public var corners: some Sequence<[Double]> {
    (0..<(1 << count)).lazy.map { corner in
      dimensions.enumerated().map { corner >> $0 & 1 == 0 ? $1.lower : $1.upper }
    }
  }
}
