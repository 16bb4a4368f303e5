import FieldPotential
import Yams

/// A rotation, written `none`, as the direction of the cell that becomes up (`y`, `-y`, `x` …), or as angles in degrees about
/// x, then y, then z: `[90, 0, 0]`.
extension CellRotation: ConfigurationLeaf {
  private static let directions: [(word: String, direction: SIMD3<Double>)] = [
    ("x", [1, 0, 0]), ("-x", [-1, 0, 0]), ("y", [0, 1, 0]), ("-y", [0, -1, 0]), ("z", [0, 0, 1]),
    ("-z", [0, 0, -1]),
  ]

  package init?(_ node: Node, at keyPath: String, by reader: ConfigurationReader) {
    if let word = node.scalar?.string, let known = Self.directions.first(where: { $0.word == word }) {
      self = .up(known.direction)
    } else if node.plainText == "none" {
      self = .none
    } else if node.sequence?.count == 3 {
      guard let angles = [Double](node, at: keyPath, by: reader) else { return nil }
      self = .angles(x: angles[0], y: angles[1], z: angles[2])
    } else {
      reader.reject(
        node, at: keyPath, "is not a rotation",
        expected: "none, the direction that becomes up (x, -x, y, -y, z, -z), or [x, y, z] in degrees")
      return nil
    }
  }

  package var canonical: CanonicalYAML {
    switch self {
    case .none: .text("none")
    case .angles(let x, let y, let z): .list([x, y, z].map(\.canonical))
    case .up(let direction): .text(Self.directions.first { $0.direction == direction }?.word ?? "z")
    }
  }
}
