/// Reads a key's stream word by word.
///
/// The distributions are written out here because the standard library's may change between versions of
/// Swift, and results must not.
public struct StreamGenerator: RandomNumberGenerator, Sendable {
  private let key: StreamKey
  private var position: UInt64 = 0
  private var spare: UInt64?

  /// Starts at the beginning of the stream of `key`.
  public init(key: StreamKey) { self.key = key }

  /// The next 64 random bits.
  public mutating func next() -> UInt64 {
    if let word = spare {
      spare = nil
      return word
    }
    let words = key.block(at: position)
    position += 1
    spare = UInt64(words[3]) &<< 32 | UInt64(words[2])
    return UInt64(words[1]) &<< 32 | UInt64(words[0])
  }

  /// A uniform number on the grid of 2⁵³ points in [0, 1).
  public mutating func uniform() -> Double { Double(next() &>> 11) * 0x1p-53 }

  /// A uniform number in [lower, upper).
  public mutating func uniform(in range: Range<Double>) -> Double {
    // Rounding of the affine map may reach the upper end; draw again then.
    while true {
      let x = range.lowerBound + (range.upperBound - range.lowerBound) * uniform()
      if x < range.upperBound { return x }
    }
  }

  /// A uniform whole number in 0 ..< `bound` (Lemire 2019, doi:10.1145/3230636; exact).
  public mutating func index(below bound: Int) -> Int {
    precondition(bound > 0, "index(below:) needs a positive bound")
    let n = UInt64(bound)
    while true {
      let (high, low) = n.multipliedFullWidth(by: next())
      if low >= (0 &- n) % n { return Int(high) }
    }
  }

  /// Reorders `values` into a uniformly drawn permutation (Fisher and Yates).
  public mutating func shuffle<Element>(_ values: inout [Element]) {
    guard values.count > 1 else { return }
    for last in stride(from: values.count - 1, through: 1, by: -1) {
      values.swapAt(last, index(below: last + 1))
    }
  }
}
