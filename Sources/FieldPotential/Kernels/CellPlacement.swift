import Foundation

/// Where the soma of a sample cell is and which way the cell points. Lateral position and rotation about the
/// vertical are averaged over elsewhere, so that these two suffice.
package struct CellPlacement: Sendable {
  /// Height of the soma in µm.
  package var somaHeight: Double
  /// The direction, in the cell's own coordinates, that points up in the tissue.
  package var up: SIMD3<Double>

  /// A soma height in µm and the cell's own direction that points up.
  package init(somaHeight: Double, up: SIMD3<Double> = [0, 0, 1]) {
    self.somaHeight = somaHeight
    self.up = up
  }

  /// A cell turned by angles in radians about x, then y, by rotation matrices on row vectors; a turn about z
  /// afterwards changes nothing here.
  package init(somaHeight: Double, angleX: Double, angleY: Double) {
    let up = SIMD3(-sin(angleY), sin(angleX) * cos(angleY), cos(angleX) * cos(angleY))
    self.init(somaHeight: somaHeight, up: up)
  }

  /// Placements that stand for a population: the midpoint rule in height for upright cells, else the
  /// low-discrepancy sequence that steps by powers of the root of x⁴ = x + 1 in height and two angles.
  package static func samples(of population: Population, parameters: KernelParameters) -> [CellPlacement] {
    let orientation = parameters.orientation(of: population)
    let count = orientation == .upright ? parameters.heightSamples : parameters.orientationSamples
    let heights = parameters.somaHeights
    let root = 1.2207440846057596
    let steps = SIMD3(1 / root, 1 / (root * root), 1 / (root * root * root))
    return (0..<count).map { index in
      let sequence = 0.5 + Double(index) * steps
      let point = sequence - sequence.rounded(.down)
      let fraction = orientation == .upright ? (Double(index) + 0.5) / Double(count) : point.x
      let height = heights.lowerBound + fraction * (heights.upperBound - heights.lowerBound)
      return CellPlacement(somaHeight: height, orientation: orientation, point.y, point.z)
    }
  }

  /// A cell turned as an orientation asks for, from two numbers uniform between 0 and 1.
  init(somaHeight: Double, orientation: KernelParameters.Orientation, _ first: Double, _ second: Double) {
    let angle = 2 * .pi * first
    switch orientation {
    case .upright:
      self.init(somaHeight: somaHeight)
    case .angles:
      self.init(somaHeight: somaHeight, angleX: angle, angleY: 2 * .pi * second)
    case .isotropic:
      let z = 2 * second - 1
      let horizontal = (1 - z * z).squareRoot()
      self.init(somaHeight: somaHeight, up: SIMD3(horizontal * cos(angle), horizontal * sin(angle), z))
    }
  }
}
