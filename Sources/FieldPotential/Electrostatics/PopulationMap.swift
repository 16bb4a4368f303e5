import Foundation
import Numerics

/// Potentials per transmembrane current, averaged over the lateral positions of the somata and over rotations
/// about the vertical. Dendrites are line sources, the soma is a point source.
package struct PopulationMap: Sendable {
  private let potential: AnnulusPotential
  private let contacts: [(height: Double, lateralOffset: Double)]
  /// Radius of the cylinder, in µm.
  private let outerEdge: Double
  /// The edge of the excluded region and multiples of it, up to where its effect is smooth, in µm.
  private let innerEdges: [Double]
  private let fineRule = GaussLegendre(8)
  private let coarseRule = GaussLegendre(4)

  /// A map for the contacts, the cylinder and the tissue in `parameters`.
  package init(parameters: KernelParameters) {
    potential = AnnulusPotential(
      innerRadius: parameters.excludedRadius, outerRadius: parameters.cylinderRadius,
      conductivity: parameters.conductivity)
    contacts = parameters.contacts.map { ($0.z, $0.lateralOffset) }
    outerEdge = parameters.cylinderRadius
    innerEdges = [1, 2, 4, 8].map { $0 * parameters.excludedRadius }
  }

  /// Mean potential at each contact per transmembrane current of each segment, [contact][segment], in mV/nA.
  package func values(_ discretisation: CableDiscretisation, placement: CellPlacement) -> [Double] {
    let segments = discretisation.segments
    var result = [Double](repeating: 0, count: contacts.count * segments.count)
    for (index, segment) in segments.enumerated() {
      let start = Cylindrical(segment.start, placement: placement)
      let end = Cylindrical(segment.end, placement: placement)
      for (channel, contact) in contacts.enumerated() {
        result[channel * segments.count + index] =
          segment.type == .soma
          ? mean(lateral: 0, height: placement.somaHeight - contact.height, offset: contact.lateralOffset)
          : lineMean(from: start, to: end, contact: contact)
      }
    }
    return result
  }

  /// A position in the tissue relative to the axis of the cell.
  private struct Cylindrical {
    var height: Double
    var lateral: SIMD3<Double>

    init(_ position: SIMD3<Double>, placement: CellPlacement) {
      let rise = position.dot(placement.up)
      height = placement.somaHeight + rise
      lateral = position - rise * placement.up
    }
  }

  /// The mean along a line. The potential has a kink at the height of the contact: lines that cross it, or
  /// come near, are split there.
  private func lineMean(
    from start: Cylindrical, to end: Cylindrical, contact: (height: Double, lateralOffset: Double)
  ) -> Double {
    let rise = end.height - start.height
    let fromContact = start.height - contact.height
    let extent = end.lateral - start.lateral
    let length = (rise * rise + extent.dot(extent)).squareRoot()

    func integral(_ bounds: Range<Double>, _ rule: GaussLegendre) -> Double {
      let width = bounds.upperBound - bounds.lowerBound
      var sum = 0.0
      for (node, weight) in zip(rule.nodes, rule.weights) {
        let fraction = bounds.lowerBound + width * node
        let lateral = (start.lateral + fraction * extent).length
        sum +=
          weight
          * mean(lateral: lateral, height: fromContact + fraction * rise, offset: contact.lateralOffset)
      }
      return width * sum
    }

    let crossing = rise == 0 ? 0.5 : -fromContact / rise
    if crossing > 0 && crossing < 1 {
      return integral(0..<crossing, fineRule) + integral(crossing..<1, fineRule)
    }
    let isFar = min(abs(fromContact), abs(fromContact + rise)) > length
    return integral(0..<1, isFar ? coarseRule : fineRule)
  }

  /// The mean potential of a source at a lateral distance from its soma and a height above a contact, which
  /// itself is off the axis: the source lies at all angles around the soma, as seen from the contact's offset.
  private func mean(lateral: Double, height: Double, offset: Double) -> Double {
    if offset == 0 || lateral == 0 { return potential(lateral: max(lateral, offset), height: height) }
    let squares = lateral * lateral + offset * offset
    let product = 2 * lateral * offset
    // The potential bends where the source passes the edges of the annulus; far above them it is smooth.
    let edges = abs(height) < innerEdges.last! ? innerEdges + [outerEdge] : [outerEdge]
    let corners = edges.map { (squares - $0 * $0) / product }.filter { abs($0) < 1 }.map { acos($0) }.sorted()
    var sum = 0.0
    var from = 0.0
    for to in corners + [.pi] {
      for (node, weight) in zip(fineRule.nodes, fineRule.weights) {
        let angle = from + (to - from) * node
        let distance = max(0, squares - product * cos(angle)).squareRoot()
        sum += (to - from) * weight * potential(lateral: distance, height: height)
      }
      from = to
    }
    return sum / .pi
  }
}
