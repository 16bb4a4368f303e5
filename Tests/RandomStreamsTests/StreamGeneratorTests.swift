import RandomStreams
import TestSupport
import Testing

@Suite("Stream generator")
struct StreamGeneratorTests {
  private func generator(_ index: UInt64 = 0) -> StreamGenerator {
    StreamKey(seed: 2024).derived("generator", index).generator()
  }

  @Test("Uniform numbers lie in [0, 1), on the grid of 2⁻⁵³, and are uniform")
  func uniform() {
    var generator = generator()
    var bins = [Int](repeating: 0, count: 1000)
    for _ in 0..<1_000_000 {
      let u = generator.uniform()
      #expect(u >= 0 && u < 1 && (u * 0x1p53).rounded() == u * 0x1p53)
      bins[Int(u * 1000)] += 1
    }
    #expect(abs(chiSquareDeviate(bins, expected: .init(repeating: 1000, count: 1000))) < 4)
  }

  @Test("Uniform numbers in a range stay below its upper end, however narrow it is")
  func uniformInRange() {
    var generator = generator(1)
    for range in [-3..<5, 0.2..<0.3, 1e300..<1e301, 1..<1.0.nextUp, (-1.0).nextDown..<(-1)] {
      for _ in 0..<1000 { #expect(range.contains(generator.uniform(in: range))) }
    }
    var bins = [Int](repeating: 0, count: 100)
    for _ in 0..<100_000 { bins[Int((generator.uniform(in: -2..<3) + 2) * 20)] += 1 }
    #expect(abs(chiSquareDeviate(bins, expected: .init(repeating: 1000, count: 100))) < 4)
  }

  @Test("Whole numbers below a bound are uniform", arguments: [2, 3, 7, 10, 1000])
  func index(bound: Int) {
    var generator = generator(UInt64(bound))
    var counts = [Int](repeating: 0, count: bound)
    for _ in 0..<(bound * 1000) { counts[generator.index(below: bound)] += 1 }
    #expect(abs(chiSquareDeviate(counts, expected: .init(repeating: 1000, count: bound))) < 4)
  }

  @Test("Below 1 there is only 0")
  func indexBelowOne() {
    var generator = generator(2)
    for _ in 0..<100 { #expect(generator.index(below: 1) == 0) }
  }

  @Test("Words that would favour some numbers are rejected")
  func rejection() {
    // 2⁶⁴ words fall on 3·2⁶¹ numbers: without rejection numbers 0, 1 and 2 modulo 3 would come up 3, 3
    // and 2 times in 8.
    let bound = 3 << 61
    var generator = generator(3)
    var residues = [0, 0, 0]
    for _ in 0..<30_000 {
      let value = generator.index(below: bound)
      #expect(value >= 0 && value < bound)
      residues[value % 3] += 1
    }
    #expect(abs(chiSquareDeviate(residues, expected: .init(repeating: 10_000, count: 3))) < 4)
  }

  @Test("A shuffle draws all orders equally often and loses nothing")
  func shuffle() {
    var generator = generator(4)
    var orders: [[Int]: Int] = [:]
    for _ in 0..<48_000 {
      var values = [0, 1, 2, 3]
      generator.shuffle(&values)
      orders[values, default: 0] += 1
    }
    #expect(orders.count == 24)
    #expect(orders.keys.allSatisfy { $0.sorted() == [0, 1, 2, 3] })
    #expect(abs(chiSquareDeviate(Array(orders.values), expected: .init(repeating: 2000, count: 24))) < 4)

    var long = Array(0..<10_000)
    generator.shuffle(&long)
    #expect(long != Array(0..<10_000))
    #expect(long.sorted() == Array(0..<10_000))
  }

  @Test("Nothing is drawn to shuffle no or one value")
  func shuffleOfNothing() {
    var generator = generator(5)
    var untouched = generator
    var none: [Int] = [], one = [42]
    generator.shuffle(&none)
    generator.shuffle(&one)
    #expect(none.isEmpty && one == [42])
    #expect(generator.next() == untouched.next())
  }
}
