import SpikingNetwork

/// What this machine's memory and one core can do.
struct Machine {
  /// Bytes per nanosecond read from arrays of a size.
  let readBandwidth: [(name: String, bytes: Int, rate: Double)]
  /// Bytes per nanosecond of a[i] = b[i] + s·c[i] on arrays beyond all caches (STREAM's triad, 24 bytes per element).
  let triadBandwidth: Double
  /// Operations on 256 bits per nanosecond: additions of whole numbers that hardly depend on each other.
  let vectorOperations: Double
  /// Single-precision multiplications and additions per nanosecond, each counted.
  let floatOperations: Double

  init() {
    readBandwidth = [("L1", 1 << 15), ("L2", 1 << 19), ("L3", 12 << 20), ("memory", 1 << 29)].map {
      ($0.0, $0.1, Self.readBandwidth(bytes: $0.1))
    }
    triadBandwidth = Self.triadBandwidth()
    vectorOperations = Self.vectorOperations()
    floatOperations = Self.floatOperations()
  }

  private typealias Line = SIMD8<UInt64>

  private static func readBandwidth(bytes: Int) -> Double {
    let lines = bytes / 64
    let array = AlignedArray<Line>(repeating: Line(repeating: 1), count: lines, hugePages: true)
    let passes = max(1, (1 << 29) / bytes)
    let seconds = best {
      var (a, b, c, d) = (Line(), Line(), Line(), Line())
      for _ in 0..<passes {
        for i in stride(from: 0, to: lines, by: 4) {
          a ^= array.pointer[i]
          b ^= array.pointer[i + 1]
          c ^= array.pointer[i + 2]
          d ^= array.pointer[i + 3]
        }
      }
      keep(a ^ b ^ c ^ d)
    }
    return Double(passes * lines * 64) / seconds * 1e-9
  }

  private static func triadBandwidth() -> Double {
    let count = 1 << 22
    func array() -> AlignedArray<SIMD8<Double>> {
      AlignedArray(repeating: SIMD8(repeating: 1), count: count, hugePages: true)
    }
    let (a, b, c) = (array(), array(), array())
    let s = SIMD8<Double>(repeating: 0.5)
    let seconds = best {
      for i in 0..<count { a.pointer[i] = b.pointer[i] + s * c.pointer[i] }
    }
    return Double(count * 8 * 24) / seconds * 1e-9
  }

  private static func vectorOperations() -> Double {
    let rounds = 30_000_000
    var (x, y) = (Eight(SIMD4<UInt64>(1, 2, 3, 4)), Eight(SIMD4<UInt64>(5, 6, 7, 8)))
    let seconds = best {
      var (a, b) = (x, y)
      for _ in 0..<rounds {
        a.update { $0 &+ $1 }
        b.update { $0 &+ $1 }
      }
      (x, y) = (a, b)
    }
    keep(x.a ^ y.a ^ x.h ^ y.h)
    return Double(16 * rounds) / seconds * 1e-9
  }

  private static func floatOperations() -> Double {
    let rounds = 30_000_000
    var (x, y) = (Eight(SIMD8<Float>(repeating: 1)), Eight(SIMD8<Float>(repeating: 2)))
    let factor = SIMD8<Float>(repeating: 0.499)
    let seconds = best {
      var (a, b) = (x, y)
      for _ in 0..<rounds {
        a.update { $0 * factor + $1 }
        b.update { $0 * factor + $1 }
      }
      (x, y) = (a, b)
    }
    keep(unsafeBitCast(x.a + y.a + x.h + y.h, to: SIMD4<UInt64>.self))
    return Double(2 * 8 * 16 * rounds) / seconds * 1e-9
  }
}

/// Eight vectors, each updated from itself and the one behind it, so that operations hardly wait for each other.
private struct Eight<Vector> {
  var a, b, c, d, e, f, g, h: Vector

  init(_ value: Vector) {
    (a, b, c, d, e, f, g, h) = (value, value, value, value, value, value, value, value)
  }

  @inline(__always)
  mutating func update(_ operation: (Vector, Vector) -> Vector) {
    a = operation(a, b)
    b = operation(b, c)
    c = operation(c, d)
    d = operation(d, e)
    e = operation(e, f)
    f = operation(f, g)
    g = operation(g, h)
    h = operation(h, a)
  }
}

/// What results are written to, so that they are not optimised away.
nonisolated(unsafe) private var results: UInt64 = 0

/// Keeps a result.
@inline(never)
func keep(_ value: some SIMD<UInt64>) {
  for lane in value.indices { results ^= value[lane] }
}

/// The least number of seconds of five runs.
func best(_ work: () -> Void) -> Double {
  let clock = ContinuousClock()
  return (0..<5).map { _ in clock.measure(work) / .seconds(1) }.min() ?? .nan
}
