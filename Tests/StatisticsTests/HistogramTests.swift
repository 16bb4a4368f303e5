import Statistics
import Testing

struct HistogramTests {
  @Test("each number is counted once, at a border in the upper bin, beyond the last border in none")
  func counts() {
    let histogram = Histogram([-2, -1, -0.5, 0, 0.99, 1, .nan], limit: 1, bins: 4)
    #expect(histogram.edges == [-1, -0.5, 0, 0.5, 1])
    #expect(histogram.counts == [1, 1, 1, 1])
    #expect(histogram.outside == 3)
  }
}
