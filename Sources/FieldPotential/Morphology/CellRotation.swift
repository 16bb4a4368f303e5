import Foundation

/// How a cell is turned before it is placed in the tissue: reconstructions often stand along y.
public enum CellRotation: Sendable, Equatable {
  /// As its file has it.
  case none
  /// By right-handed angles in degrees about x, then y, then z.
  case angles(x: Double, y: Double, z: Double)
  /// So that a direction of the cell points up, on the shortest way.
  case up(SIMD3<Double>)

  /// A turned cell.
  public func applied(to cell: CellMorphology) -> CellMorphology {
    switch self {
    case .none: return cell
    case .angles(let x, let y, let z):
      return cell.rotated(x: x * .pi / 180, y: y * .pi / 180, z: z * .pi / 180)
    case .up(let direction):
      let axis = direction / direction.length
      // Rodrigues' formula for the rotation from `axis` to z; upside down it is a half turn about x.
      let normal = SIMD3(axis.y, -axis.x, 0)
      let sine = normal.length
      guard sine > 1e-12 else { return axis.z > 0 ? cell : cell.rotated(x: .pi) }
      let k = normal / sine
      return cell.mapped { p in
        let cross = SIMD3(k.y * p.z - k.z * p.y, k.z * p.x - k.x * p.z, k.x * p.y - k.y * p.x)
        return axis.z * p + sine * cross + (1 - axis.z) * k.dot(p) * k
      }
    }
  }
}
