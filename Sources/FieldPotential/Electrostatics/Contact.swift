/// A point where the potential is recorded, in µm; the axis of the population is x = y = 0.
public struct Contact: Sendable, Hashable, CustomStringConvertible {
  /// Horizontal coordinate.
  public var x: Double
  /// Horizontal coordinate.
  public var y: Double
  /// Height; 0 is the surface, negative values are below it.
  public var z: Double

  /// A contact at (x, y, z), on the axis by default.
  public init(x: Double = 0, y: Double = 0, z: Double) {
    self.x = x
    self.y = y
    self.z = z
  }

  /// `z`, or `[x, y, z]` off the axis.
  public var description: String { x == 0 && y == 0 ? "\(z)" : "\([x, y, z])" }

  var position: SIMD3<Double> { SIMD3(x, y, z) }
  /// Distance from the axis.
  var lateralOffset: Double { (x * x + y * y).squareRoot() }
}
