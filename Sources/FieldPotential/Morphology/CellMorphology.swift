import Foundation

/// What a stretch of membrane belongs to. SWC types 1, 3 and 4, with their names in configurations.
public enum SectionType: String, Sendable, Hashable, CaseIterable {
  /// The cell body.
  case soma
  /// A basal dendrite, or any dendrite of a cell without an apical one.
  case basalDendrite = "basal"
  /// An apical dendrite.
  case apicalDendrite = "apical"
}

/// The shape of a neuron without its axon: unbranched sections that form a tree with the soma as root.
///
/// Positions are in µm relative to the centre of the soma; +z points up, towards the surface of the tissue.
/// The soma is always a cylinder whose length equals its diameter, so that its membrane area is that of a
/// sphere of the same diameter.
public struct CellMorphology: Sendable, Equatable {
  /// A point of a section's centre line.
  public struct Point: Sendable, Equatable {
    /// Position relative to the centre of the soma, in µm.
    public var position: SIMD3<Double>
    /// Diameter in µm; between two points it changes linearly.
    public var diameter: Double
  }

  /// An unbranched piece of neurite, or the soma.
  public struct Section: Sendable, Equatable {
    /// What the section belongs to.
    public var type: SectionType
    /// The section this one is attached to: to its end, or to the middle of the soma. `nil` for the soma.
    public var parent: Int?
    /// The centre line, two points at least and of positive length.
    public var points: [Point]
  }

  /// A name for messages and file attributes, e.g. the name of the SWC file.
  public let name: String
  /// The soma, then all other sections, each after its parent.
  public let sections: [Section]
  /// What was left out or reinterpreted when a file was read, one sentence each, for the user to see.
  public let notices: [String]

  init(name: String, sections: [Section], notices: [String] = []) {
    precondition(sections.first?.type == .soma && sections.first?.parent == nil, "section 0 is the soma")
    precondition(sections.indices.dropFirst().allSatisfy { (0..<$0).contains(sections[$0].parent ?? -1) })
    self.name = name
    self.sections = sections
    self.notices = notices
  }

  /// A section for the soma: a vertical or tilted cylinder around the origin, as long as it is wide.
  static func somaSection(radius: Double, axis: SIMD3<Double> = [0, 0, 1]) -> Section {
    let ends = [-radius * axis, radius * axis]
    return Section(
      type: .soma, parent: nil, points: ends.map { Point(position: $0, diameter: 2 * radius) })
  }

  /// The same cell turned about the x axis, then the y axis, then the z axis through its soma, by right-handed
  /// angles in radians. Use it to set a reconstruction upright whose apical dendrite points along y:
  /// `rotated(x: .pi / 2)`.
  public func rotated(x: Double = 0, y: Double = 0, z: Double = 0) -> CellMorphology {
    mapped { old in
      let aboutX = SIMD3(old.x, cos(x) * old.y - sin(x) * old.z, sin(x) * old.y + cos(x) * old.z)
      let aboutY = SIMD3(
        cos(y) * aboutX.x + sin(y) * aboutX.z, aboutX.y, cos(y) * aboutX.z - sin(y) * aboutX.x)
      return SIMD3(
        cos(z) * aboutY.x - sin(z) * aboutY.y, sin(z) * aboutY.x + cos(z) * aboutY.y, aboutY.z)
    }
  }

  /// The same cell with its points elsewhere.
  func mapped(_ position: (SIMD3<Double>) -> SIMD3<Double>) -> CellMorphology {
    var sections = sections
    for s in sections.indices {
      for p in sections[s].points.indices {
        sections[s].points[p].position = position(sections[s].points[p].position)
      }
    }
    return CellMorphology(name: name, sections: sections, notices: notices)
  }
}
