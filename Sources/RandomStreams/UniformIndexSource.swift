/// A fast stream of uniform whole numbers, for wiring: millions of draws with bounds far below 2³².
///
/// A number is ⌊bound·w/2³²⌋ of a 32-bit word w; the few words that would favour some numbers are skipped (Lemire
/// 2019, doi:10.1145/3230636), so that the law is exact. Sixteen words are treated at a time.
public struct UniformIndexSource: Sendable {
  /// Numbers written beyond those asked for, at most.
  public static let overshoot = 15

  private var lanes: XoshiroLanes

  /// The stream named by `key`.
  public init(key: StreamKey) { lanes = XoshiroLanes(key: key) }

  /// Writes `count` numbers in 0 ..< `bound`; there must be room for ``overshoot`` more, which are undefined.
  public mutating func fill(_ numbers: UnsafeMutablePointer<UInt32>, count: Int, below bound: UInt32) {
    let factor = SIMD8<UInt64>(repeating: UInt64(bound))
    let lower = SIMD8<UInt64>(repeating: 0xffff_ffff), half = SIMD8<UInt64>(repeating: 32)
    /// Words whose product has a lower half below this are skipped.
    let least = UInt64((0 &- bound) % bound)
    let threshold = SIMD8<UInt64>(repeating: least)
    var done = 0
    while done < count {
      let words = lanes.next()
      let even = (words & lower) &* factor, odd = (words &>> half) &* factor
      // A difference below zero has its upper bit set.
      let skipped = ((even & lower) &- threshold) | ((odd & lower) &- threshold)
      let packed = (even &>> half) &+ (odd & ~lower)
      UnsafeMutableRawPointer(numbers + done).storeBytes(of: packed, as: SIMD8<UInt64>.self)
      if _fastPath(skipped.max() &>> 63 == 0) {
        done &+= 16
      } else {
        done = keep(even, odd, least, numbers, done)
      }
    }
  }

  /// Writes the numbers of the words that are not skipped; returns the number written in all.
  @inline(never)
  private func keep(
    _ even: SIMD8<UInt64>, _ odd: SIMD8<UInt64>, _ least: UInt64, _ numbers: UnsafeMutablePointer<UInt32>,
    _ done: Int
  ) -> Int {
    var done = done
    for lane in 0..<8 {
      for product in [even[lane], odd[lane]] where product & 0xffff_ffff >= least {
        numbers[done] = UInt32(truncatingIfNeeded: product &>> 32)
        done += 1
      }
    }
    return done
  }
}
