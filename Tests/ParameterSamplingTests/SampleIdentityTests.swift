import Foundation
import ParameterSampling
import RandomStreams
import TestSupport
import Testing

@Suite struct SampleIdentityTests {
  private static let box = ParameterBox([
    .init(key: "eta", lower: 0.8, upper: 4), .init(key: "g", lower: 3.5, upper: 8),
    .init(key: "J_mV", lower: 0.05, upper: 0.4),
  ])
  private static let count = 20_000
  /// Parameters [parameter][sample] in the unit cube, of consecutive samples.
  private static let normalised: [[Double]] = {
    let samples = (0..<count).map { index in
      box.normalised(SampleIdentity(seed: 8, index: index).uniformParameters(in: box))
    }
    return box.dimensions.indices.map { p in samples.map { $0[p] } }
  }()

  private struct Reference: Decodable {
    let index: Int
    let fingerprint: String
    let parameters: [Double]
    let split: UInt8
  }

  @Test("seed and index decide about keys, parameters and parts for all time")
  func golden() throws {
    let url = try #require(
      Bundle.module.url(forResource: "sample_identities", withExtension: "json", subdirectory: "Reference"))
    let references = try JSONDecoder().decode([Reference].self, from: Data(contentsOf: url))
    #expect(references.count == 7)
    for reference in references {
      let identity = SampleIdentity(seed: 20_201, index: reference.index)
      #expect(identity.index == reference.index)
      #expect(identity.key.fingerprint == UInt64(reference.fingerprint, radix: 16))
      #expect(identity.uniformParameters(in: Self.box) == reference.parameters)
      let split = identity.part(of: SplitParameters(testFraction: 0.2, validationFraction: 0.08))
      #expect(split.rawValue == reference.split)
    }
  }

  @Test("parameters are uniform in the box", arguments: 0..<3)
  func uniformity(parameter: Int) {
    let values = Self.normalised[parameter]
    #expect(values.allSatisfy { (0..<1).contains($0) })
    var histogram = [Int](repeating: 0, count: 50)
    for value in values { histogram[Int(value * 50)] += 1 }
    // 99.99 % quantile of χ² with 49 degrees of freedom.
    #expect(chiSquare(histogram, expected: Double(Self.count) / 50) < 94)
    let n = Double(Self.count)
    let mean = values.reduce(0, +) / n
    let variance = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / n
    // Four standard errors; the fourth central moment is 1/80.
    #expect(abs(mean - 0.5) < 4 * (1 / 12 / n).squareRoot())
    #expect(abs(variance - 1.0 / 12) < 4 * ((1.0 / 80 - 1.0 / 144) / n).squareRoot())
  }

  @Test("parameters are uncorrelated with each other and with those of neighbouring samples")
  func correlations() {
    let limit = 4 / Double(Self.count).squareRoot()
    for p in 0..<3 {
      for q in 0..<3 {
        let x = Self.normalised[p]
        let y = Self.normalised[q]
        if p < q { #expect(abs(correlation(x, y)) < limit) }
        #expect(abs(correlation(Array(x.dropLast()), Array(y.dropFirst()))) < limit)
      }
    }
  }

  @Test(
    "the parts have the fractions asked for",
    arguments: [(0.2, 0.08), (0, 0.5), (0.5, 0), (0.3, 0.7), (0, 0)])
  func fractions(test: Double, validation: Double) {
    var counts: [DatasetSplit: Int] = [:]
    for index in 0..<Self.count {
      let split = SampleIdentity(seed: 8, index: index)
        .part(of: SplitParameters(testFraction: test, validationFraction: validation))
      counts[split, default: 0] += 1
    }
    let n = Double(Self.count)
    for (split, p) in [
      (.test, test), (.validation, validation), (DatasetSplit.training, 1 - test - validation),
    ] {
      // Four standard errors, which is exactly none for parts that are empty or everything.
      #expect(abs(Double(counts[split] ?? 0) - n * p) <= 4 * (n * p * (1 - p)).squareRoot())
    }
  }

  @Test("a larger validation part leaves the test samples as they are")
  func nestedParts() {
    for index in 0..<2000 {
      let identity = SampleIdentity(seed: 8, index: index)
      let isTest = identity.part(of: SplitParameters(testFraction: 0.2, validationFraction: 0)) == .test
      #expect(
        (identity.part(of: SplitParameters(testFraction: 0.2, validationFraction: 0.5)) == .test) == isTest)
    }
  }

  @Test("parts do not depend on parameters")
  func independentParts() {
    let isTest = (0..<Self.count).map {
      SampleIdentity(seed: 8, index: $0).part(of: SplitParameters(testFraction: 0.5, validationFraction: 0))
        == .test ? 1.0 : 0
    }
    for p in 0..<3 {
      #expect(abs(correlation(isTest, Self.normalised[p])) < 4 / Double(Self.count).squareRoot())
    }
  }

  @Test("a sample is the same in whatever order samples are drawn")
  func order() {
    let backward = (0..<100).reversed().map {
      SampleIdentity(seed: 3, index: $0).uniformParameters(in: Self.box)
    }
    let forward = (0..<100).map { SampleIdentity(seed: 3, index: $0).uniformParameters(in: Self.box) }
    #expect(forward == backward.reversed())
    let identity = SampleIdentity(seed: 3, index: 5)
    _ = identity.part(of: SplitParameters(testFraction: 0.2, validationFraction: 0.1))
    #expect(identity.uniformParameters(in: Self.box) == forward[5])
    #expect(Set(forward.map { $0[0] }).count == 100)
  }

  @Test("neighbouring seeds have other samples")
  func seeds() {
    let keys = (0..<10).flatMap { seed in (0..<100).map { SampleIdentity(seed: seed, index: $0).key } }
    #expect(Set(keys).count == 1000)
  }

  @Test("the numbers of parts in files are fixed")
  func splitNumbers() {
    #expect(DatasetSplit.allCases.map(\.rawValue) == [0, 1, 2])
    #expect(DatasetSplit.training.rawValue == 0)
    #expect(DatasetSplit.validation.rawValue == 1)
    #expect(DatasetSplit.test.rawValue == 2)
  }
}
