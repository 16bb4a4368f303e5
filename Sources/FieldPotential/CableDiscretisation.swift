import Foundation

/// A morphology cut into isopotential segments, as NEURON cuts it.
///
/// The number of segments of a section is odd and follows the d_λ rule (Hines & Carnevale 2001,
/// doi:10.1177/107385840100700207); the soma is a single segment. Areas and axial resistances are integrated
/// over the frusta of the centre line. Nodes without area, where sections meet, are eliminated, which leaves
/// a conductance Laplacian between segments alone.
package struct CableDiscretisation: Sendable {
  /// A piece of membrane at one potential.
  package struct Segment: Sendable {
    /// What the segment belongs to.
    package var type: SectionType
    /// Where the segment begins, in µm relative to the centre of the soma.
    package var start: SIMD3<Double>
    /// Where the segment ends.
    package var end: SIMD3<Double>
    /// Membrane area in µm².
    package var area: Double

    /// The point half way between the ends; for the soma its centre.
    package var midpoint: SIMD3<Double> { (start + end) / 2 }
    /// The distance between the ends, in µm.
    package var length: Double { (end - start).length }
    /// Diameter of the cylinder with the same ends and area, in µm.
    package var diameter: Double { area / (.pi * length) }
  }

  /// The segments; the first is the soma, those of a section follow one another.
  package let segments: [Segment]
  /// Row-major matrix of axial conductances in µS; each row sums to zero.
  package let laplacian: [Double]

  /// Cuts `morphology` for the membrane and the d_λ rule in `parameters`.
  package init(_ morphology: CellMorphology, parameters: KernelParameters) {
    var segments: [Segment] = []
    var edges: [(Int, Int, resistance: Double)] = []
    // Half-segments that meet where a section ends: its own last one, then the first ones of its children.
    var junctions: [[(segment: Int, resistance: Double)]] = []

    for section in morphology.sections {
      let line = CentreLine(section.points)
      let count = section.type == .soma ? 1 : Self.segmentCount(of: line, parameters: parameters)
      let first = segments.count
      var endResistance = 0.0
      for index in 0..<count {
        let bounds = (0...2).map { line.length * (Double(index) + Double($0) / 2) / Double(count) }
        let halves = [
          line.measure(from: bounds[0], to: bounds[1]), line.measure(from: bounds[1], to: bounds[2]),
        ]
        // Ω·cm / µm is 0.01 MΩ.
        let resistances = halves.map { 0.01 * parameters.axialResistivity * $0.inverseSectionIntegral }
        segments.append(
          Segment(
            type: section.type, start: line.position(at: bounds[0]), end: line.position(at: bounds[2]),
            area: halves[0].area + halves[1].area))
        if index > 0 {
          edges.append((first + index - 1, first + index, endResistance + resistances[0]))
        } else if let parent = section.parent {
          if parent == 0 {
            edges.append((0, first, resistances[0]))
          } else {
            junctions[parent].append((first, resistances[0]))
          }
        }
        endResistance = resistances[1]
      }
      junctions.append([(segments.count - 1, endResistance)])
    }
    self.segments = segments
    laplacian = Self.laplacian(count: segments.count, edges: edges, junctions: junctions)
  }

  /// The smallest odd number of segments that are shorter than d_λ length constants at the given frequency.
  private static func segmentCount(of line: CentreLine, parameters: KernelParameters) -> Int {
    // The length constant is 1e5 sqrt(d / (4 π f R_a c_m)) µm, averaged over the diameters of the line.
    let factor =
      1e-5
      * (4 * .pi * parameters.lambdaFrequency * parameters.axialResistivity
      * parameters.specificCapacitance).squareRoot()
    let electrotonicLength = line.inverseRootDiameterIntegral * factor
    return Int((electrotonicLength / parameters.dLambda + 0.9) / 2) * 2 + 1
  }

  private static func laplacian(
    count: Int, edges: [(Int, Int, resistance: Double)], junctions: [[(segment: Int, resistance: Double)]]
  ) -> [Double] {
    var matrix = [Double](repeating: 0, count: count * count)
    func connect(_ i: Int, _ j: Int, _ conductance: Double) {
      matrix[i * count + i] += conductance
      matrix[j * count + j] += conductance
      matrix[i * count + j] -= conductance
      matrix[j * count + i] -= conductance
    }
    for (i, j, resistance) in edges { connect(i, j, 1 / resistance) }
    // Star-mesh transform: a node without area joins all pairs of its neighbours by g_i g_j / Σ g.
    for junction in junctions {
      let total = junction.reduce(0) { $0 + 1 / $1.resistance }
      for (k, a) in junction.enumerated() {
        for b in junction[..<k] {
          connect(a.segment, b.segment, 1 / (a.resistance * b.resistance * total))
        }
      }
    }
    return matrix
  }
}
