import Statistics
import Testing

@Suite("Moments and quantiles")
struct MomentsTests {
  @Test("moments are those computed by hand")
  func byHand() {
    let moments = Moments([1, -1, 1, 3])
    #expect(moments.count == 4 && moments.mean == 1)
    #expect(moments.squares == 12 && moments.squaredDeviations == 8)
    #expect(moments.standardDeviation == 2.0.squareRoot())
    #expect(moments.sampleStandardDeviation == (8.0 / 3).squareRoot())
    #expect(moments.rootMeanSquare == 3.0.squareRoot())
  }

  @Test("positions choose values, also several times")
  func positions() {
    #expect(Moments([7, 1, 9, 3], at: [1, 3, 1, 3]) == Moments([1, 3, 1, 3]))
    #expect(Moments([7, 1, 9, 3], at: [1, 3, 1, 3]) != Moments([1, 3, 1, 7]))
  }

  @Test("a large mean costs a small spread no digits")
  func largeMean() {
    #expect(Moments([1e9, 1e9 + 1, 1e9 + 2]).squaredDeviations == 2)
  }

  @Test("nothing has no moments")
  func nothing() {
    let moments = Moments([])
    #expect(moments.count == 0)
    #expect(moments.mean.isNaN && moments.standardDeviation.isNaN && moments.rootMeanSquare.isNaN)
  }

  @Test("between order statistics, quantiles are in proportion")
  func quantiles() {
    let values = [1.0, 2, 4, 8, 16]
    for (probability, expected) in [(0, 1), (0.25, 2), (0.375, 3), (0.5, 4), (0.9, 12.8), (1, 16)] {
      #expect(abs(quantile(probability, of: values) - expected) < 1e-14)
    }
    #expect(quantile(0.3, of: [5]) == 5)
    #expect(quantile(0.3, of: []).isNaN)
  }
}
