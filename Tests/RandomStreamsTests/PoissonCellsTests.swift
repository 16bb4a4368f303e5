import RandomStreams
import Testing

@Suite("Poisson cells")
struct PoissonCellsTests {
  @Test(
    "Cells and rest add up to the exact probabilities",
    arguments: [0, 1e-7, 0.01, 0.2, 1, 2, 8, 20, 300, 4096])
  func mixture(mean: Double) throws {
    let table = try PoissonTable(mean: mean)
    let cells = PoissonCells(table)
    // Probabilities of the counts by inversion, exact to 2⁻⁶⁴.
    func cumulative(_ k: Int) -> Double {
      let index = k - table.firstCount
      if index < 0 { return 0 }
      return index < table.thresholds.count ? Double(table.thresholds[index]) * 0x1p-64 : 1
    }
    // The law of the rest, by searching its steps: the count does not decrease with u.
    func restCumulative(_ k: Int) -> Double {
      if cells.restCount(for: .max) <= k { return 1 }
      var low: UInt64 = 0, high = UInt64.max
      if cells.restCount(for: 0) > k { return 0 }
      while high - low > 1 {
        let middle = low + (high - low) / 2
        if cells.restCount(for: middle) <= k { low = middle } else { high = middle }
      }
      return Double(high) * 0x1p-64
    }
    let last = cells.ends.last.map(Int.init) ?? 0
    let rest = Double(65_536 - last) / 65_536
    #expect(rest > 0 && rest < 0.02)
    for k in max(0, table.firstCount - 2)...(table.firstCount + table.thresholds.count + 2) {
      let index = k - cells.firstCount
      let inCells = index < 0 ? 0 : Double(cells.ends[min(index, cells.ends.count - 1)]) / 65_536
      let law = (index < 0 ? 0 : inCells) + rest * restCumulative(k)
      // The rest is a difference of numbers of order one: 2⁻⁵³ relative to those.
      #expect(abs(law - cumulative(k)) < 1e-15, "k = \(k)")
    }
  }

  @Test("A word stands for the count in whose cells it lies")
  func words() throws {
    let cells = PoissonCells(try PoissonTable(mean: 2))
    var counts: [Int: Int] = [:]
    for word in UInt16.min...UInt16.max {
      if let last = cells.ends.last, word >= last { continue }
      counts[cells.count(for: word, 0), default: 0] += 1
    }
    // ⌊2¹⁶·e⁻²·2ᵏ/k!⌋
    #expect([0, 1, 2, 3, 4].map { counts[$0] } == [8869, 17_738, 17_738, 11_825, 5912])
  }
}
