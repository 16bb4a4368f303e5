import Foundation
import ParameterSampling
import RandomStreams
import TestSupport
import Testing

@Suite("Sampling designs")
struct SamplingDesignTests {
  private static let box = ParameterBox([
    .init(key: "eta", lower: 0.8, upper: 4), .init(key: "g", lower: 3.5, upper: 8),
    .init(key: "J_mV", lower: 0.05, upper: 0.4),
  ])

  /// Points [sample][parameter] in the unit cube.
  private func points(
    _ design: SamplingDesign, _ count: Int, grid: [Int] = [], seed: UInt64 = 7, in box: ParameterBox = box
  ) throws -> [[Double]] {
    let sampling = SamplingParameters(design, samples: count, gridPoints: grid, box: box)
    let points = try SampledPoints(sampling, seed: seed)
    return (0..<count).map { box.normalised(points.parameters(of: SampleIdentity(seed: seed, index: $0))) }
  }

  @Test("random points are those of the samples' own streams")
  func random() throws {
    let points = try SampledPoints(SamplingParameters(.random, samples: 50, box: Self.box), seed: 3)
    for index in 0..<50 {
      let sample = SampleIdentity(seed: 3, index: index)
      #expect(points.parameters(of: sample) == sample.uniformParameters(in: Self.box))
    }
  }

  @Test("a grid holds every combination once, the ends included, the last parameter fastest")
  func grid() throws {
    let found = try points(.grid, 15, grid: [3, 1, 5])
    var expected: [[Double]] = []
    for i in 0..<3 { for k in 0..<5 { expected.append([Double(i) / 2, 0.5, Double(k) / 4]) } }
    for (a, b) in zip(found, expected) {
      for (x, y) in zip(a, b) { #expect(abs(x - y) < 1e-12) }
    }
    let parameters = try SampledPoints(
      SamplingParameters(.grid, samples: 8, gridPoints: [2, 2, 2], box: Self.box), seed: 1)
    #expect(parameters.parameters(of: SampleIdentity(seed: 1, index: 0)) == [0.8, 3.5, 0.05])
    #expect(parameters.parameters(of: SampleIdentity(seed: 1, index: 7)) == [4, 8, 0.4])
  }

  @Test("a Latin hypercube has one sample in each interval of every parameter", arguments: [1, 2, 7, 1000])
  func latinHypercube(count: Int) throws {
    let found = try points(.latinHypercube, count)
    for parameter in 0..<3 {
      let strata = found.map { Int($0[parameter] * Double(count)) }
      #expect(strata.sorted() == Array(0..<count))
    }
  }

  @Test("intervals of a Latin hypercube are combined at random and places within them uniform")
  func latinHypercubeIsRandom() throws {
    let count = 4000
    let found = try points(.latinHypercube, count)
    #expect(try found != points(.latinHypercube, count, seed: 8))
    for (a, b) in [(0, 1), (0, 2), (1, 2)] {
      // Of independent permutations r has a standard deviation of 1/sqrt(n − 1).
      let r = found.reduce(0) { $0 + ($1[a] - 0.5) * ($1[b] - 0.5) } / Double(count) * 12
      #expect(abs(r) < 4 / Double(count).squareRoot())
    }
    for parameter in 0..<3 {
      var histogram = [Int](repeating: 0, count: 20)
      for point in found {
        let place = point[parameter] * Double(count)
        histogram[min(19, Int((place - place.rounded(.down)) * 20))] += 1
      }
      let deviate = histogram.reduce(0) { $0 + pow(Double($1) - 200, 2) / 200 }
      // 99.99 % quantile of χ² with 19 degrees of freedom.
      #expect(deviate < 52.4)
    }
  }

  private struct Reference: Decodable {
    let points: [[Int]]
  }

  @Test("Sobol's sequence without a shift is SciPy's in every dimension")
  func sobolEqualsSciPy() throws {
    let url = try #require(
      Bundle.module.url(forResource: "sobol", withExtension: "json", subdirectory: "Reference"))
    let reference = try JSONDecoder().decode(Reference.self, from: Data(contentsOf: url)).points
    #expect(reference.count == 64 && reference[0].count == SobolSequence.largestDimension)
    let sequence = SobolSequence(dimensions: SobolSequence.largestDimension)
    for (index, row) in reference.enumerated() {
      #expect(sequence.point(index).map { Int($0 * 0x1p30) } == row)
    }
  }

  @Test("any 2ᵏ aligned points of the shifted sequence lie in different intervals of every dimension")
  func sobolIsStratified() throws {
    let box = ParameterBox(
      (0..<SobolSequence.largestDimension).map { .init(key: "p\($0)", lower: 0, upper: 1) })
    let found = try points(.sobol, 1024, in: box)
    #expect(try found != points(.sobol, 1024, seed: 8, in: box))
    for size in [2, 8, 64, 1024] {
      for start in stride(from: 0, to: 1024, by: size) {
        for parameter in 0..<box.count {
          let intervals = Set(found[start..<(start + size)].map { Int($0[parameter] * Double(size)) })
          #expect(intervals.count == size)
        }
      }
    }
  }

  @Test("Sobol's points integrate a smooth function much better than random ones")
  func sobolIntegrates() throws {
    func integral(_ points: [[Double]]) -> Double {
      points.reduce(0) { $0 + $1.reduce(1) { $0 * ($1 * $1 * 3) } } / Double(points.count)
    }
    // The integral is 1; of random points the error is about sqrt(0.728)/64 = 0.013.
    #expect(try abs(integral(points(.sobol, 4096)) - 1) < 0.001)
    #expect(try abs(integral(points(.random, 4096)) - 1) < 0.06)
  }

  @Test("a point does not depend on which others are asked for")
  func order() throws {
    for design in [SamplingDesign.random, .grid, .latinHypercube, .sobol] {
      let sampling = SamplingParameters(
        design, samples: 64, gridPoints: design == .grid ? [4, 4, 4] : [], box: Self.box)
      let points = try SampledPoints(sampling, seed: 5)
      let forward = (0..<64).map { points.parameters(of: SampleIdentity(seed: 5, index: $0)) }
      let backward = (0..<64).reversed().map { points.parameters(of: SampleIdentity(seed: 5, index: $0)) }
      #expect(forward == backward.reversed())
    }
  }

  @Test("a list is read whatever the order of its columns")
  func list() throws {
    let text = "# three networks\n g , J_mV,eta\r\n5,0.1,2\n\n 4.5,.2,1e0\n8,0.4,4\n"
    let rows = try PointList.read(text, file: "p.csv", in: Self.box)
    #expect(rows == [[2, 5, 0.1], [1, 4.5, 0.2], [4, 8, 0.4]])
    let folder = try TemporaryFolder()
    try folder.write(text, to: "p.csv")
    let sampling = SamplingParameters(.file(path: "p.csv"), samples: 3, box: Self.box)
    let points = try SampledPoints(sampling, seed: 1, folder: URL(fileURLWithPath: folder.path))
    #expect(points.parameters(of: SampleIdentity(seed: 1, index: 1)) == [1, 4.5, 0.2])
    let more = SamplingParameters(.file(path: "p.csv"), samples: 4, box: Self.box)
    let error = #expect(throws: PointListError.self) {
      try SampledPoints(more, seed: 1, folder: URL(fileURLWithPath: folder.path))
    }
    #expect(error?.reason == "has 3 samples, expected as many as sampling.samples = 4")
  }

  @Test(
    "what is wrong with a list is named with its line",
    arguments: [
      ("", "p.csv: is empty, expected a line of names and samples"),
      ("eta,g\n2,5\n", "p.csv:1: names eta, g, expected each of eta, g, J_mV once"),
      ("eta,g,J\n", "p.csv:1: names eta, g, J, expected each of eta, g, J_mV once"),
      ("eta,g,J_mV\n2,5\n", "p.csv:2: has 2 values, expected 3"),
      ("eta,g,J_mV\n2,5,0.1\n2,five,0.1\n", "p.csv:3: g is \"five\", expected a number"),
      ("eta,g,J_mV\n2,5,nan\n", "p.csv:2: J_mV is \"nan\", expected a number"),
      ("eta,g,J_mV\n\n2,9,0.1\n", "p.csv:3: g = 9.0 is outside its range, expected 3.5 to 8.0"),
    ])
  func listMistakes(text: String, message: String) {
    let error = #expect(throws: PointListError.self) {
      try PointList.read(text, file: "p.csv", in: Self.box)
    }
    #expect(error?.description == message)
  }
}
