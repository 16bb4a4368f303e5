import RandomStreams
import Statistics
import Testing

@Suite("Kolmogorov-Smirnov test") struct KolmogorovSmirnovTests {
  @Test("distances by hand, equal values passed together")
  func distances() {
    #expect(KolmogorovSmirnov([1, 2, 3, 4], [1, 2, 3, 4]).distance == 0)
    #expect(KolmogorovSmirnov([1, 2, 3, 4], [5, 6]).distance == 1)
    #expect(KolmogorovSmirnov([3, 1, 2, 4], [2.5, 0.5]).distance == 0.5)
    #expect(KolmogorovSmirnov([1, 1, 1, 2], [1, 2, 2, 2]).distance == 0.5)
    #expect(KolmogorovSmirnov([1, 2], [2, 1]).probability == 1)
  }

  @Test("probabilities are those of Kolmogorov's distribution")
  func probabilities() {
    // 100 values each: λ = D √50. Quantiles of the distribution: K(1.3581) = 0.95, K(1.6276) = 0.99, K(1.9495) = 0.999.
    for (distance, expected) in [(0.19, 0.0541), (0.23, 0.0101), (0.28, 0.00078)] {
      let first = (0..<100).map(Double.init)
      let second = first.map { $0 + 100 * distance - 0.5 }
      let test = KolmogorovSmirnov(first, second)
      #expect(abs(test.distance - distance) < 1e-12)
      #expect(abs(test.probability - expected) < 0.01 * expected)
    }
  }

  @Test("distances from the uniform distribution by hand, and how often they are large")
  func uniform() {
    #expect(KolmogorovSmirnov(uniform: [0.5]).distance == 0.5)
    #expect(abs(KolmogorovSmirnov(uniform: [0.9, 0.3]).distance - 0.4) < 1e-12)
    #expect(KolmogorovSmirnov(uniform: [0.125, 0.375, 0.625, 0.875]).distance == 0.125)
    // λ = 0.1 √184.4 = 1.358.
    let shifted = (0..<18440).map { min(1, (Double($0) + 0.5) / 18440 + 0.01) }
    #expect(abs(KolmogorovSmirnov(uniform: shifted).probability - 0.05) < 0.002)
    var stream = StreamKey(seed: 32).generator()
    let small = (0..<1000).count { _ in
      KolmogorovSmirnov(uniform: (0..<200).map { _ in stream.uniform() }).probability < 0.1
    }
    #expect((60...140).contains(small))
  }

  @Test("samples of one distribution are seldom thought different, those of two are")
  func random() {
    var stream = StreamKey(seed: 31).generator()
    func sample(_ count: Int, _ exponent: Int) -> [Double] {
      (0..<count).map { _ in (0..<exponent).map { _ in stream.uniform() }.max()! }
    }
    let small = (0..<1000).count { _ in KolmogorovSmirnov(sample(300, 1), sample(100, 1)).probability < 0.1 }
    // 100 expected, with a standard deviation of 9.5; the limit for large samples is conservative.
    #expect((50...140).contains(small))
    #expect(KolmogorovSmirnov(sample(300, 1), sample(100, 2)).probability < 0.001)
  }
}
