import ParameterChecks
import ParameterSampling
import TestSupport
import Testing

/// Parameters that vary beside those of the design.
@Suite struct NuisanceParameterTests {
  private static let nuisance = ParameterBox([
    .init(key: "tau_m_ms", lower: 10, upper: 30), .init(key: "delay_ms", lower: 1, upper: 2),
  ])
  private static let designs: [SamplingDesign] = [.random, .grid, .latinHypercube, .sobol]

  private static func sampling(
    _ design: SamplingDesign, samples: Int = 1000, nuisance: ParameterBox = nuisance
  ) -> SamplingParameters {
    var sampling = SamplingParameters(
      design, samples: samples, gridPoints: design == .grid ? [10, 10, samples / 100] : [])
    sampling.nuisance = nuisance
    return sampling
  }

  private static func points(_ sampling: SamplingParameters, seed: UInt64 = 4) throws -> [[Double]] {
    let points = try SampledPoints(sampling, seed: seed)
    return (0..<sampling.samples).map { points.parameters(of: SampleIdentity(seed: seed, index: $0)) }
  }

  @Test("they follow those of the design, which stay as they are", arguments: designs)
  func unchangedDesign(_ design: SamplingDesign) throws {
    let with = try Self.points(Self.sampling(design))
    let without = try Self.points(Self.sampling(design, nuisance: ParameterBox([])))
    #expect(without.allSatisfy { $0.count == 3 })
    #expect(with.map { Array($0.prefix(3)) } == without)
    #expect(with.allSatisfy { $0.count == 5 })
    #expect(Self.sampling(design).drawn.keys == ["eta", "g", "J_mV", "tau_m_ms", "delay_ms"])
  }

  @Test("they are the same whatever the design, and others with another seed")
  func independentOfDesign() throws {
    let values = try Self.designs.map { design in
      try Self.points(Self.sampling(design)).map { Array($0.suffix(2)) }
    }
    for other in values.dropFirst() { #expect(other == values[0]) }
    let otherSeed = try Self.points(Self.sampling(.random), seed: 5).map { Array($0.suffix(2)) }
    #expect(zip(otherSeed, values[0]).allSatisfy { $0[0] != $1[0] })
    // A further parameter leaves the first as it is.
    let first = try Self.points(
      Self.sampling(.random, nuisance: ParameterBox([Self.nuisance.dimensions[0]])))
    #expect(first.map { $0[3] } == values[0].map { $0[0] })
  }

  @Test("they are uniform in their ranges, and independent of each other and of the design")
  func uniformity() throws {
    let count = 20_000
    let points = try Self.points(Self.sampling(.random, samples: count))
    let limit = 4 / Double(count).squareRoot()
    for (position, dimension) in zip(3..., Self.nuisance.dimensions) {
      let values = points.map { ($0[position] - dimension.lower) / (dimension.upper - dimension.lower) }
      #expect(values.allSatisfy { (0..<1).contains($0) })
      var histogram = [Int](repeating: 0, count: 50)
      for value in values { histogram[Int(value * 50)] += 1 }
      #expect(chiSquareDeviate(histogram, expected: [Double](repeating: 400, count: 50)) < 4)
      for other in 0..<position { #expect(abs(correlation(values, points.map { $0[other] })) < limit) }
      #expect(abs(correlation(values.dropLast(), values.dropFirst())) < limit)
    }
  }

  private func problems(_ sampling: SamplingParameters) -> [ParameterProblem] {
    var rules = ParameterRules()
    sampling.check(&rules)
    return rules.problems
  }

  @Test("what is sampled is no nuisance, and together there are not too many")
  func checks() throws {
    for design in Self.designs { #expect(problems(Self.sampling(design)).isEmpty) }
    let twice = Self.sampling(
      .random,
      nuisance: ParameterBox([
        .init(key: "delay_ms", lower: 1, upper: 2), .init(key: "g", lower: 4, upper: 5),
      ]))
    let found = problems(twice)
    #expect(found.map(\.keyPath) == ["sampling.nuisance.g"])
    #expect(found.first?.keyPaths.contains("sampling.parameters") == true)

    let many = ParameterBox((0..<30).map { .init(key: "parameter\($0)", lower: 0, upper: 1) })
    #expect(problems(Self.sampling(.random, nuisance: many)).map(\.keyPath) == ["sampling.nuisance"])
  }
}
