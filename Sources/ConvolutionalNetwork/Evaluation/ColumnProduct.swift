/// The multiply-add kernel of all passes: vectors of one or two rows times five columns of numbers.
///
/// Ten accumulators, two vectors and a broadcast number fill the sixteen vector registers of AVX2 and SSE, and are enough
/// additions under way to hide how long each takes.
enum ColumnProduct {
  /// Columns done at once.
  static let columns = 5

  /// Where the numbers of five columns are: of depth k and column c at `first[k · depthStride + c · columnStride]`.
  struct Numbers {
    let first: UnsafePointer<Float>
    let depthStride: Int
    let columnStride: Int
  }

  typealias Five<Register> = (Register, Register, Register, Register, Register)

  /// start[c] + Σ_k x[k · stride] · numbers[k, c], summed in the order of k.
  @inline(__always)
  static func one<Register: LaneVector>(
    _ x: UnsafePointer<Register>, stride: Int, depth: Int, _ numbers: Numbers, start: Five<Register>
  ) -> Five<Register> {
    var (s0, s1, s2, s3, s4) = start
    var x = x
    var number = numbers.first
    let next = numbers.columnStride
    for _ in 0..<depth {
      let value = x[0]
      s0 = s0 + value * Register(repeating: number[0])
      s1 = s1 + value * Register(repeating: number[next])
      s2 = s2 + value * Register(repeating: number[2 * next])
      s3 = s3 + value * Register(repeating: number[3 * next])
      s4 = s4 + value * Register(repeating: number[4 * next])
      x += stride
      number += numbers.depthStride
    }
    return (s0, s1, s2, s3, s4)
  }

  /// The same for x and for the vectors `second` places further on.
  @inline(__always)
  static func two<Register: LaneVector>(
    _ x: UnsafePointer<Register>, second: Int, stride: Int, depth: Int, _ numbers: Numbers,
    start: Five<Register>
  ) -> (Five<Register>, Five<Register>) {
    var (s0, s1, s2, s3, s4) = start
    var (t0, t1, t2, t3, t4) = start
    var x = x
    var number = numbers.first
    let next = numbers.columnStride
    for _ in 0..<depth {
      let (v, w) = (x[0], x[second])
      let n0 = Register(repeating: number[0])
      s0 = s0 + v * n0
      t0 = t0 + w * n0
      let n1 = Register(repeating: number[next])
      s1 = s1 + v * n1
      t1 = t1 + w * n1
      let n2 = Register(repeating: number[2 * next])
      s2 = s2 + v * n2
      t2 = t2 + w * n2
      let n3 = Register(repeating: number[3 * next])
      s3 = s3 + v * n3
      t3 = t3 + w * n3
      let n4 = Register(repeating: number[4 * next])
      s4 = s4 + v * n4
      t4 = t4 + w * n4
      x += stride
      number += numbers.depthStride
    }
    return ((s0, s1, s2, s3, s4), (t0, t1, t2, t3, t4))
  }
}
