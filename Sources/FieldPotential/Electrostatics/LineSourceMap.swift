import Foundation

/// Potentials around a single cell in an infinite homogeneous conductor: segments are line sources, the soma
/// is a point source (Holt & Koch 1999, doi:10.1023/A:1008832702585).
public struct LineSourceMap: Sendable {
  /// Potential at each contact per transmembrane current of each segment, [contact][segment], in mV/nA.
  public let values: [Double]

  /// The map of a cell whose soma is at `somaPosition` (µm).
  public init(
    _ discretisation: CableDiscretisation, somaPosition: SIMD3<Double>, contacts: [Contact],
    conductivity: Double
  ) {
    values = contacts.flatMap { contact in
      let point = contact.position - somaPosition
      return discretisation.segments.map { segment in
        let meanInverseDistance =
          // A bent section can lead back to where it began.
          segment.type == .soma || segment.length == 0
          ? 1 / max((point - segment.midpoint).length, segment.radius)
          : Self.meanInverseDistance(point, to: segment)
        return meanInverseDistance / (4 * .pi * conductivity)
      }
    }
  }

  /// The mean of 1/r along a segment. The distance from its axis is taken as its radius at least.
  private static func meanInverseDistance(
    _ point: SIMD3<Double>, to segment: CableDiscretisation.Segment
  ) -> Double {
    let axis = (segment.end - segment.start) / segment.length
    let fromStart = (point - segment.start).dot(axis)
    let lateral = (point - segment.start - fromStart * axis).length
    let radius = max(lateral, segment.radius)
    return (asinh(fromStart / radius) - asinh((fromStart - segment.length) / radius)) / segment.length
  }
}
