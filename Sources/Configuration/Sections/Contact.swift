import Yams

/// An electrode contact, written as its depth `z` where it lies on the axis of the population, as
/// `[x, y, z]` elsewhere.
public struct Contact: Sendable, Hashable {
  /// Horizontal position relative to the axis, in µm.
  public var x: Double
  /// Horizontal position relative to the axis, in µm.
  public var y: Double
  /// Vertical position, in µm; 0 is the surface, depths are negative.
  public var z: Double

  /// A contact at (x, y, z), in µm.
  public init(x: Double = 0, y: Double = 0, z: Double) {
    self.x = x
    self.y = y
    self.z = z
  }
}

extension Contact: ConfigurationLeaf {
  package init?(_ node: Node, at keyPath: String, by reader: ConfigurationReader) {
    guard let sequence = node.sequence else {
      guard let z = Double(node, at: keyPath, by: reader) else { return nil }
      self.init(z: z)
      return
    }
    guard sequence.count == 3 else {
      reader.reject(node, at: keyPath, "is not a point", expected: "a depth z or [x, y, z]")
      return nil
    }
    guard let point = [Double](node, at: keyPath, by: reader) else { return nil }
    self.init(x: point[0], y: point[1], z: point[2])
  }

  package var canonical: CanonicalYAML {
    x == 0 && y == 0 ? z.canonical : .list([x.canonical, y.canonical, z.canonical])
  }
}
