import RandomStreams
import TestSupport
import Testing

@Suite("Source of uniform indices")
struct UniformIndexSourceTests {
  private func numbers(_ count: Int, below bound: UInt32, key: StreamKey) -> [Int] {
    var source = UniformIndexSource(key: key)
    return withUnsafeTemporaryAllocation(of: UInt32.self, capacity: count + UniformIndexSource.overshoot) {
      room in
      source.fill(room.baseAddress!, count: count, below: bound)
      return room[..<count].map { Int($0) }
    }
  }

  private func key(_ index: UInt64) -> StreamKey { StreamKey(seed: 2024).derived("indices", index) }

  @Test("Indices are uniform", arguments: [2, 3, 250, 1000, 2500] as [UInt32])
  func uniform(bound: UInt32) {
    var counts = [Int](repeating: 0, count: Int(bound))
    for index in numbers(Int(bound) * 1000, below: bound, key: key(UInt64(bound))) { counts[index] += 1 }
    #expect(abs(chiSquareDeviate(counts, expected: .init(repeating: 1000, count: Int(bound)))) < 4)
  }

  @Test(
    "Words that would favour some indices are skipped, the others are scaled",
    arguments: [
      1, 3, 10_000, 3 << 29, (1 << 31) + 1, .max,
    ] as [UInt32])
  func rejection(bound: UInt32) {
    let drawn = numbers(30_000, below: bound, key: key(1))
    var lanes = XoshiroLanes(key: key(1))
    var expected: [Int] = []
    while expected.count < drawn.count {
      let words = lanes.next()
      for lane in 0..<8 {
        for word in [words[lane] % (1 << 32), words[lane] >> 32] {
          // Skipped are the words whose product's lower half is among the first 2³² mod bound.
          let product = word * UInt64(bound)
          if product % (1 << 32) >= (1 << 32) % UInt64(bound) { expected.append(Int(product >> 32)) }
        }
      }
    }
    #expect(drawn == Array(expected[..<drawn.count]))
    if bound == 3 << 29 {
      // Without skipping these would be 3 : 3 : 2.
      var residues = [0, 0, 0]
      for index in drawn { residues[index % 3] += 1 }
      #expect(abs(chiSquareDeviate(residues, expected: .init(repeating: 10_000, count: 3))) < 4)
    }
  }

  @Test("A second fill begins with a new block of sixteen words")
  func continuation() {
    var source = UniformIndexSource(key: key(2)), lanes = XoshiroLanes(key: key(2))
    withUnsafeTemporaryAllocation(of: UInt32.self, capacity: 4 + UniformIndexSource.overshoot) { room in
      for _ in 0..<3 {
        source.fill(room.baseAddress!, count: 4, below: 1000)
        #expect(UInt64(room[0]) == ((lanes.next()[0] % (1 << 32)) * 1000) >> 32)
      }
    }
  }
}
