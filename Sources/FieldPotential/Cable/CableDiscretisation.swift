import Foundation

/// A morphology cut into isopotential segments, as NEURON cuts it.
///
/// The number of segments of a section is odd and follows the d_λ rule (Hines & Carnevale 2001,
/// doi:10.1177/107385840100700207); the soma is a single segment. Areas and axial resistances are integrated
/// over the frusta of the centre line. Nodes without area, where sections meet, are eliminated, which leaves
/// a conductance Laplacian between segments alone.
public struct CableDiscretisation: Sendable {
  /// A piece of membrane at one potential.
  public struct Segment: Sendable {
    /// What the segment belongs to.
    public var type: SectionType
    /// Where the segment begins, in µm relative to the centre of the soma.
    public var start: SIMD3<Double>
    /// Where the segment ends.
    public var end: SIMD3<Double>
    /// Membrane area in µm².
    public var area: Double

    /// The point half way between the ends; for the soma its centre.
    public var midpoint: SIMD3<Double> { (start + end) / 2 }
    /// The distance between the ends, in µm.
    public var length: Double { (end - start).length }
    /// Radius of the cylinder with the same ends and area, in µm; of the sphere if both ends are one point.
    public var radius: Double {
      length > 0 ? area / (2 * .pi * length) : (area / (4 * .pi)).squareRoot()
    }
  }

  /// The segments; the first is the soma, those of a section follow one another.
  public let segments: [Segment]
  /// Row-major matrix of axial conductances in µS; each row sums to zero.
  public let laplacian: [Double]

  /// Eigenvectors of a matrix of this order take 0.2 GB.
  private static let largestCount = 5_000

  /// Cuts `morphology` for the membrane and the d_λ rule in `parameters`.
  /// - Throws: `KernelError.tooManySegments`.
  public init(_ morphology: CellMorphology, parameters: KernelParameters) throws(KernelError) {
    var segments: [Segment] = []
    var edges: [(Int, Int, resistance: Double)] = []
    // Half-segments that meet where a section ends: its own last one, then the first ones of its children.
    var junctions: [[(segment: Int, resistance: Double)]] = []

    for section in morphology.sections {
      let line = CentreLine(section.points)
      let lengths = line.inverseRootDiameterIntegral * Self.lengthConstantsPerRoot(parameters)
      let first = segments.count
      guard lengths / parameters.dLambda + Double(first) < Double(Self.largestCount) else {
        throw .tooManySegments(cell: morphology.name, limit: Self.largestCount)
      }
      // The smallest odd number that makes segments shorter than d_λ, by NEURON's formula.
      let count = section.type == .soma ? 1 : Int((lengths / parameters.dLambda + 0.9) / 2) * 2 + 1
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

  /// Length constants per µm times the square root of the diameter: a length constant is
  /// 1e5 sqrt(d / (4π f R_a c_m)) µm.
  private static func lengthConstantsPerRoot(_ parameters: KernelParameters) -> Double {
    let product = parameters.lambdaFrequency * parameters.axialResistivity * parameters.specificCapacitance
    return 1e-5 * (4 * .pi * product).squareRoot()
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
