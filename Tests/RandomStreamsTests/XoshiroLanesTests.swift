import RandomStreams
import TestSupport
import Testing

/// xoshiro256++ in the form of its authors' C code, one generator.
private struct ScalarXoshiro {
  var s: [UInt64]

  mutating func next() -> UInt64 {
    func rotated(_ x: UInt64, _ count: UInt64) -> UInt64 { x << count | x >> (64 - count) }
    let result = rotated(s[0] &+ s[3], 23) &+ s[0]
    let t = s[1] << 17
    s[2] ^= s[0]
    s[3] ^= s[1]
    s[1] ^= s[2]
    s[0] ^= s[3]
    s[2] ^= t
    s[3] = rotated(s[3], 45)
    return result
  }
}

@Suite("Lanes of xoshiro256++")
struct XoshiroLanesTests {
  @Test("The state 1, 2, 3, 4 gives the published sequence in every lane")
  func knownAnswers() {
    var lanes = XoshiroLanes(
      state: (.init(repeating: 1), .init(repeating: 2), .init(repeating: 3), .init(repeating: 4)))
    let expected: [UInt64] = [
      41_943_041, 58_720_359, 3_588_806_011_781_223, 3_591_011_842_654_386, 9_228_616_714_210_784_205,
      9_973_669_472_204_895_162, 14_011_001_112_246_962_877, 12_406_186_145_184_390_807,
      15_849_039_046_786_891_736, 10_450_023_813_501_588_000,
    ]
    for word in expected { #expect(lanes.next() == SIMD8(repeating: word)) }
  }

  @Test("Each lane is a generator of its own, its state taken from the key's stream")
  func lanesAreIndependentGenerators() {
    let key = StreamKey(seed: 7).derived("lanes")
    var words = key.generator()
    var scalars = [ScalarXoshiro](repeating: ScalarXoshiro(s: []), count: 8)
    for _ in 0..<4 {
      for lane in 0..<8 { scalars[lane].s.append(words.next()) }
    }
    var lanes = XoshiroLanes(key: key)
    for _ in 0..<1000 {
      let block = lanes.next()
      for lane in 0..<8 { #expect(block[lane] == scalars[lane].next()) }
    }
  }

  @Test("Lanes, and streams of neighbouring keys, are uncorrelated")
  func lanesAreUncorrelated() {
    var first = XoshiroLanes(key: StreamKey(seed: 1).derived("lanes", 0))
    var second = XoshiroLanes(key: StreamKey(seed: 1).derived("lanes", 1))
    var columns = [[Double]](repeating: [], count: 16)
    for _ in 0..<50_000 {
      let a = first.next(), b = second.next()
      for lane in 0..<8 {
        columns[lane].append(Double(a[lane] >> 11) * 0x1p-53)
        columns[lane + 8].append(Double(b[lane] >> 11) * 0x1p-53)
      }
    }
    // 120 correlations with a standard error of 1/sqrt(50 000): five of them are exceeded with
    // probability 7e-5 if all is well.
    for i in columns.indices {
      for j in 0..<i { #expect(abs(correlation(columns[i], columns[j])) < 5 / 50_000.0.squareRoot()) }
    }
  }
}
