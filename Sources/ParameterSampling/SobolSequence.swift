import RandomStreams

extension StreamPurpose {
  static let sobolShift = StreamPurpose("Sobol shift")
}

/// Sobol's sequence in the unit cube with the direction numbers of Joe and Kuo (2008, doi:10.1137/070709359), in the
/// order of Antonov and Saleev (Gray code).
///
/// Any 2ᵏ consecutive points from a multiple of 2ᵏ on have exactly one value in each of 2ᵏ equal intervals of every
/// dimension; a digital shift keeps that. A sequence can be extended.
public struct SobolSequence: Sendable {
  /// Dimensions for which direction numbers are known.
  public static let largestDimension = primitives.count + 1
  /// Points of a sequence, at most.
  public static let length = 1 << 32

  /// Primitive polynomials of dimensions 2, 3, … by degree and inner coefficients, and initial direction numbers.
  private static let primitives: [(degree: Int, coefficients: Int, initial: [UInt32])] = [
    (1, 0, [1]),
    (2, 1, [1, 3]),
    (3, 1, [1, 3, 1]),
    (3, 2, [1, 1, 1]),
    (4, 1, [1, 1, 3, 3]),
    (4, 4, [1, 3, 5, 13]),
    (5, 2, [1, 1, 5, 5, 17]),
    (5, 4, [1, 1, 5, 5, 5]),
    (5, 7, [1, 1, 7, 11, 19]),
    (5, 11, [1, 1, 5, 1, 1]),
    (5, 13, [1, 1, 1, 3, 11]),
    (5, 14, [1, 3, 5, 5, 31]),
  ]

  /// [dimension][bit]: what the sequence changes by when a bit of the Gray code does.
  private let directions: [[UInt32]]
  private let shift: [UInt32]

  /// The sequence with a digital shift drawn from `key`, by default without one.
  public init(dimensions: Int, shiftedBy key: StreamKey? = nil) {
    precondition(
      (1...Self.largestDimension).contains(dimensions), "at most \(Self.largestDimension) dimensions")
    directions = (0..<dimensions).map(Self.directions)
    var stream = key?.derived(.sobolShift).generator()
    shift = (0..<dimensions).map { _ in UInt32(truncatingIfNeeded: stream?.next() ?? 0) }
  }

  private static func directions(of dimension: Int) -> [UInt32] {
    guard dimension > 0 else { return (0..<32).map { 1 << UInt32(31 - $0) } }
    let (degree, coefficients, initial) = primitives[dimension - 1]
    var v = (0..<degree).map { initial[$0] << UInt32(31 - $0) }
    for k in degree..<32 {
      var value = v[k - degree] ^ (v[k - degree] >> UInt32(degree))
      for j in 1..<degree where coefficients >> (degree - 1 - j) & 1 == 1 { value ^= v[k - j] }
      v.append(value)
    }
    return v
  }

  /// Point `index` in [0, 1) of every dimension: the middle of a cell of 2⁻³².
  public func point(_ index: Int) -> [Double] {
    precondition((0..<Self.length).contains(index), "the sequence has 2³² points")
    let gray = index ^ (index >> 1)
    return zip(directions, shift).map { directions, shift in
      var value = shift
      var bits = gray
      while bits != 0 {
        value ^= directions[bits.trailingZeroBitCount]
        bits &= bits - 1
      }
      return (Double(value) + 0.5) * 0x1p-32
    }
  }
}
