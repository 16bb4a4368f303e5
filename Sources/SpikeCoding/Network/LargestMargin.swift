/// The search for the neuron whose voltage exceeds its threshold most, eight at a time.
struct LargestMargin {
  private var best = SIMD8<Double>(repeating: -.infinity)
  private var block = SIMD8<Int64>(repeating: 0)

  /// Takes the margins of eight more neurons into account.
  @inline(__always)
  mutating func add(_ margins: SIMD8<Double>, block index: Int) {
    let isBetter = margins .> best
    best.replace(with: margins, where: isBetter)
    block.replace(with: SIMD8(repeating: Int64(index)), where: isBetter)
  }

  /// The neuron with the largest margin, the first of several; nil if no margin reaches 0.
  @inline(__always)
  var neuron: Int? {
    let largest = Self.maximum(Self.maximum(best.lowHalf, best.highHalf))
    guard largest >= 0 else { return nil }
    var first = Int.max
    for lane in 0..<8 where best[lane] == largest { first = min(first, Int(block[lane]) * 8 + lane) }
    return first
  }

  @inline(__always)
  private static func maximum(_ a: SIMD4<Double>, _ b: SIMD4<Double>) -> SIMD4<Double> {
    a.replacing(with: b, where: b .> a)
  }

  @inline(__always)
  private static func maximum(_ x: SIMD4<Double>) -> Double {
    let half = x.lowHalf.replacing(with: x.highHalf, where: x.highHalf .> x.lowHalf)
    return half[0] < half[1] ? half[1] : half[0]
  }
}
