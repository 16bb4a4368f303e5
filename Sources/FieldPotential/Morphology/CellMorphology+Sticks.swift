import Foundation

extension CellMorphology {
  /// A pyramidal cell made of straight cylinders, which stands in for a reconstruction of a layer-5 cell cut
  /// to 400 µm: soma, trunk, oblique dendrites, tuft and two tiers of basal dendrites.
  public static let stickPyramid: CellMorphology = {
    var tree = StickTree(somaRadius: 10)
    let trunk = tree.add(.apicalDendrite, to: 0, from: [0, 0, 0], along: [0, 0, 10], diameter: 0.4)
    let upperTrunk = tree.add(
      .apicalDendrite, to: trunk, from: [0, 0, 10], along: [0, 0, 217], diameter: 0.4)
    tree.addFan(.apicalDendrite, 4, to: trunk, from: [0, 0, 10], length: 23, diameter: 1.12)
    tree.addFan(
      .apicalDendrite, 3, to: upperTrunk, from: [0, 0, 227], length: 68, diameter: 0.3, elevation: 30,
      azimuth: 30)
    tree.addFan(.basalDendrite, 3, to: 0, from: [0, 0, 0], length: 149, diameter: 1.27, elevation: 45)
    tree.addFan(
      .basalDendrite, 3, to: 0, from: [0, 0, 0], length: 66, diameter: 3.99, elevation: 7, azimuth: 60)
    return CellMorphology(name: "stick_pyramid", sections: tree.sections)
  }()

  /// An interneuron made of straight cylinders: a soma and six dendrites along the axes.
  public static let stickInterneuron: CellMorphology = {
    var tree = StickTree(somaRadius: 7.45)
    let axes: [SIMD3<Double>] = [[1, 0, 0], [-1, 0, 0], [0, 1, 0], [0, -1, 0], [0, 0, 1], [0, 0, -1]]
    for axis in axes {
      _ = tree.add(.basalDendrite, to: 0, from: [0, 0, 0], along: 135 * axis, diameter: 1.53)
    }
    return CellMorphology(name: "stick_interneuron", sections: tree.sections)
  }()
}

/// Straight cylinders joined to a soma.
private struct StickTree {
  var sections: [CellMorphology.Section]

  init(somaRadius: Double) { sections = [CellMorphology.somaSection(radius: somaRadius)] }

  mutating func add(
    _ type: SectionType, to parent: Int, from start: SIMD3<Double>, along extent: SIMD3<Double>,
    diameter: Double
  ) -> Int {
    let points = [start, start + extent].map { CellMorphology.Point(position: $0, diameter: diameter) }
    sections.append(CellMorphology.Section(type: type, parent: parent, points: points))
    return sections.count - 1
  }

  /// Adds dendrites evenly spread around the vertical; angles in degrees.
  mutating func addFan(
    _ type: SectionType, _ count: Int, to parent: Int, from start: SIMD3<Double>, length: Double,
    diameter: Double, elevation: Double = 0, azimuth: Double = 0
  ) {
    let tilt = elevation * .pi / 180
    for index in 0..<count {
      let turn = azimuth * .pi / 180 + 2 * .pi * Double(index) / Double(count)
      let direction = SIMD3(cos(tilt) * cos(turn), cos(tilt) * sin(turn), sin(tilt))
      _ = add(type, to: parent, from: start, along: length * direction, diameter: diameter)
    }
  }
}
