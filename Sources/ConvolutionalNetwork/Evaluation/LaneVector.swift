import CVectorPrimitives

/// Several samples side by side: lane i of every vector belongs to sample i of a chunk.
///
/// The passes are generic over it, so that a batch is cut into chunks of 16 samples and its remainder runs on 4,
/// 8 or 16 lanes. The operators are requirements in order that specialised code uses those of the SIMD type.
/// Choices between lanes are written as bit operations on masks: `replacing(with:where:)` goes lane by lane.
protocol LaneVector {
  static var scalarCount: Int { get }
  init(repeating value: Float)
  subscript(lane: Int) -> Float { get set }
  static func + (a: Self, b: Self) -> Self
  static func - (a: Self, b: Self) -> Self
  static func * (a: Self, b: Self) -> Self
  /// This vector in the lanes where `a` < `b`, zero elsewhere.
  func kept(where a: Self, isLessThan b: Self) -> Self
  /// This vector in the lanes where `a` = `b`, zero elsewhere.
  func kept(where a: Self, equals b: Self) -> Self
  /// The larger of the two, this one where they are equal or either is NaN.
  func maximum(_ other: Self) -> Self
  /// Sum over the lanes, by halves.
  var laneSum: Float { get }
}

/// How a vector of all lanes of a chunk lies in memory: in `registers` registers, one after the other.
protocol LaneLayout {
  associatedtype Lanes: LaneVector
  associatedtype Register: LaneVector
}

extension LaneLayout {
  @inline(__always) static var registers: Int { Lanes.scalarCount / Register.scalarCount }
}

/// The layout of `Lanes` in registers that hold a `Register`.
enum InRegisters<Lanes: LaneVector, Register: LaneVector>: LaneLayout {}

extension LaneVector {
  /// Sum over lanes that lie in 1, 2 or 4 registers, by halves.
  @inline(__always)
  static func laneSum(of vector: UnsafePointer<Self>, _ registers: Int) -> Float {
    switch registers {
    case 1: vector[0].laneSum
    case 2: (vector[0] + vector[1]).laneSum
    default: ((vector[0] + vector[2]) + (vector[1] + vector[3])).laneSum
    }
  }

  /// max(x, 0); NaN stays NaN.
  @inline(__always) var rectified: Self { maximum(Self(repeating: 0)) }

  /// This vector in the lanes where `gate` is positive, zero elsewhere.
  @inline(__always) func kept(wherePositive gate: Self) -> Self {
    kept(where: Self(repeating: 0), isLessThan: gate)
  }
}

extension SIMD4<Float>: LaneVector {
  private typealias Bits = SIMD4<Int32>

  @inline(__always) private func kept(_ mask: SIMDMask<Bits>) -> Self {
    unsafeBitCast(unsafeBitCast(self, to: Bits.self) & unsafeBitCast(mask, to: Bits.self), to: Self.self)
  }

  @inline(__always) func kept(where a: Self, isLessThan b: Self) -> Self { kept(a .< b) }

  @inline(__always) func kept(where a: Self, equals b: Self) -> Self { kept(a .== b) }

  @inline(__always) func maximum(_ other: Self) -> Self { vector_maximum4(self, other) }

  @inline(__always) var laneSum: Float { (self[0] + self[2]) + (self[1] + self[3]) }
}

extension SIMD8<Float>: LaneVector {
  private typealias Bits = SIMD8<Int32>

  @inline(__always) private func kept(_ mask: SIMDMask<Bits>) -> Self {
    unsafeBitCast(unsafeBitCast(self, to: Bits.self) & unsafeBitCast(mask, to: Bits.self), to: Self.self)
  }

  @inline(__always) func kept(where a: Self, isLessThan b: Self) -> Self { kept(a .< b) }

  @inline(__always) func kept(where a: Self, equals b: Self) -> Self { kept(a .== b) }

  @inline(__always) func maximum(_ other: Self) -> Self { vector_maximum8(self, other) }

  @inline(__always) var laneSum: Float { (lowHalf + highHalf).laneSum }
}

extension SIMD16<Float>: LaneVector {
  private typealias Bits = SIMD16<Int32>

  @inline(__always) private func kept(_ mask: SIMDMask<Bits>) -> Self {
    unsafeBitCast(unsafeBitCast(self, to: Bits.self) & unsafeBitCast(mask, to: Bits.self), to: Self.self)
  }

  @inline(__always) func kept(where a: Self, isLessThan b: Self) -> Self { kept(a .< b) }

  @inline(__always) func kept(where a: Self, equals b: Self) -> Self { kept(a .== b) }

  @inline(__always) func maximum(_ other: Self) -> Self { vector_maximum16(self, other) }

  @inline(__always) var laneSum: Float { (lowHalf + highHalf).laneSum }
}
