import Foundation

extension CellMorphology {
  /// Membrane area in µm² of the sections of some types; the soma's is its lateral area.
  public func area(of types: Set<SectionType>) -> Double {
    pieces(of: types).reduce(0) { $0 + $1.area }
  }

  /// Length in µm of the sections of some types.
  public func length(of types: Set<SectionType>) -> Double {
    pieces(of: types).reduce(0) { $0 + $1.length }
  }

  private func pieces(of types: Set<SectionType>) -> [Frustum] {
    sections.filter { types.contains($0.type) }.flatMap { section in
      zip(section.points, section.points.dropFirst()).map {
        Frustum(length: ($1.position - $0.position).length, diameters: ($0.diameter, $1.diameter))
      }
    }
  }

  /// The smallest and largest coordinates of its points, in µm relative to the centre of the soma.
  public var extent: (lower: SIMD3<Double>, upper: SIMD3<Double>) {
    let positions = sections.flatMap(\.points).map(\.position)
    return positions.reduce((positions[0], positions[0])) {
      (pointwiseMin($0.0, $1), pointwiseMax($0.1, $1))
    }
  }

  /// The direction in which most of the apical dendrite lies, as the mean position of its membrane in µm; nil without one.
  var apicalDirection: SIMD3<Double>? {
    var (sum, area) = (SIMD3<Double>.zero, 0.0)
    for section in sections where section.type == .apicalDendrite {
      for (a, b) in zip(section.points, section.points.dropFirst()) {
        let piece = Frustum(length: (b.position - a.position).length, diameters: (a.diameter, b.diameter))
          .area
        sum += piece * (a.position + b.position) / 2
        area += piece
      }
    }
    return area > 0 ? sum / area : nil
  }

  /// What is wrong with how the cell stands: the key of the configuration that turns it is given as `key`.
  package func standing(key: String) -> [String] {
    guard let direction = apicalDirection, direction.length > 50 else { return [] }
    let magnitudes = [abs(direction.x), abs(direction.y), abs(direction.z)]
    let largest = magnitudes.firstIndex(of: magnitudes.max()!)!
    guard largest < 2 || direction.z < 0 else { return [] }
    let word = (direction[largest] < 0 ? "-" : "") + ["x", "y", "z"][largest]
    return [
      "\(name): its apical dendrite points along \(word), across the layers or down; \(key): \"\(word)\" sets it upright"
    ]
  }
}
