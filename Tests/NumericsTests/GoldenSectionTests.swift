import Foundation
import Numerics
import Testing

@Suite("Golden section")
struct GoldenSectionTests {
  @Test("the bottom of a valley is found within the last range", arguments: [1e-2, 1e-4, 1e-6])
  func absolute(width: Double) {
    let found = goldenSection(-3...1, absolute: width) { abs($0 + 1.25) }
    #expect(abs(found + 1.25) <= width / 2)
  }

  @Test("a relative width is that of the range's upper end")
  func relative() {
    for centre in [1e-3, 1, 1e6] {
      let found = goldenSection(0...4 * centre, relative: 1e-9) { abs($0 - centre) }
      #expect(abs(found / centre - 1) < 1e-9)
    }
  }

  @Test("of a slope the lower end is found")
  func slope() {
    #expect(abs(goldenSection(2...5, absolute: 1e-6) { $0 } - 2) < 1e-6)
    #expect(abs(goldenSection(2...5, absolute: 1e-6) { -$0 } - 5) < 1e-6)
  }

  @Test("each step asks for one value and shortens the range to 0.618 of it")
  func steps() {
    var calls = 0
    _ = goldenSection(0...1, absolute: 1e-3) {
      calls += 1
      return $0 * $0
    }
    // 0.618^15 = 7e-4 is the first power below 1e-3; two values stand at the beginning.
    #expect(calls == 2 + 15)
  }
}
