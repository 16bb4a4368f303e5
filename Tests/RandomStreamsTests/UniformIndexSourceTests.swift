import RandomStreams
import Testing

@Suite("Source of uniform indices")
struct UniformIndexSourceTests {
  private func source(_ index: UInt64) -> UniformIndexSource {
    UniformIndexSource(key: StreamKey(seed: 2024).derived("indices", index))
  }

  @Test("Words are those of the eight lanes, lower half first")
  func words() {
    let key = StreamKey(seed: 3).derived("indices")
    var source = UniformIndexSource(key: key)
    var lanes = XoshiroLanes(key: key)
    for _ in 0..<100 {
      let block = lanes.next()
      for lane in 0..<8 {
        #expect(source.word() == UInt32(truncatingIfNeeded: block[lane]))
        #expect(source.word() == UInt32(block[lane] >> 32))
      }
    }
  }

  @Test("Indices are uniform", arguments: [2, 3, 250, 1000, 2500] as [UInt32])
  func uniform(bound: UInt32) {
    var source = source(UInt64(bound))
    var counts = [Int](repeating: 0, count: Int(bound))
    for _ in 0..<(bound * 1000) { counts[Int(source.index(below: bound))] += 1 }
    #expect(abs(chiSquareDeviate(counts, expected: .init(repeating: 1000, count: Int(bound)))) < 4)
  }

  @Test(
    "Words that would favour some indices are rejected, the others are scaled",
    arguments: [
      1, 3, 10_000, 3 << 29, (1 << 31) + 1, .max,
    ] as [UInt32])
  func rejection(bound: UInt32) {
    var source = source(1), words = source
    var residues = [0, 0, 0]
    for _ in 0..<30_000 {
      // Accepted are the words whose product's lower half is not among the first 2³² mod bound.
      var product: UInt64
      repeat {
        product = UInt64(words.word()) * UInt64(bound)
      } while product % (1 << 32) < (1 << 32) % UInt64(bound)
      let index = source.index(below: bound)
      #expect(UInt64(index) == product >> 32)
      residues[Int(index % 3)] += 1
    }
    if bound == 3 << 29 {
      // Without rejection these would be 3 : 3 : 2.
      #expect(abs(chiSquareDeviate(residues, expected: .init(repeating: 10_000, count: 3))) < 4)
    }
  }
}
