import Foundation
import RandomStreams

/// One cell of a population at a random place in the cylinder, turned as the cells of its population are.
package struct PlacedCell {
  /// Soma height and the direction that points up, in the cell's own coordinates.
  package let placement: CellPlacement
  /// The contacts, seen from the soma in the cell's own coordinates.
  package let contacts: [Contact]

  /// A soma uniform in the cylinder, outside the excluded region around the axis.
  package init(of population: Population, parameters: KernelParameters, stream: inout StreamGenerator) {
    let radii = (inner: parameters.excludedRadius, outer: parameters.cylinderRadius)
    let square = radii.inner * radii.inner
    let radius = (square + stream.uniform() * (radii.outer * radii.outer - square)).squareRoot()
    let angle = 2 * .pi * stream.uniform()
    let heights = parameters.somaHeights
    let height = heights.lowerBound + stream.uniform() * (heights.upperBound - heights.lowerBound)
    placement = CellPlacement(
      somaHeight: height, orientation: parameters.orientation(of: population), stream.uniform(),
      stream.uniform())
    // The rows of the rotation: two directions at right angles to the vertical, at a uniform angle about it.
    let up = placement.up
    let other: SIMD3<Double> = abs(up.z) < 0.9 ? [0, 0, 1] : [1, 0, 0]
    let first = Self.unit(other - other.dot(up) * up)
    let second = Self.cross(up, first)
    let turn = 2 * .pi * stream.uniform()
    let x = cos(turn) * first + sin(turn) * second
    let y = Self.cross(up, x)
    let soma = SIMD3(radius * cos(angle), radius * sin(angle), height)
    contacts = parameters.contacts.map { contact in
      let distance = contact.position - soma
      let own = distance.x * x + distance.y * y + distance.z * up
      return Contact(x: own.x, y: own.y, z: own.z)
    }
  }

  private static func unit(_ a: SIMD3<Double>) -> SIMD3<Double> { a / a.length }

  private static func cross(_ a: SIMD3<Double>, _ b: SIMD3<Double>) -> SIMD3<Double> {
    SIMD3(a.y * b.z - a.z * b.y, a.z * b.x - a.x * b.z, a.x * b.y - a.y * b.x)
  }
}
