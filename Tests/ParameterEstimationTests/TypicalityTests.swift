import ConvolutionalNetwork
import FieldPotential
import Foundation
import HDF5Storage
import ParameterSampling
import RandomStreams
import SimulationData
import Statistics
import TestSupport
import Testing

import ParameterEstimation

@Suite("Typicality of spectra")
struct TypicalityTests {
  private static let channels = 3
  private static let frequencies = 100

  /// Spectra of one parameter and noise: densities that fall with frequency, more or less steeply, alike in all channels but for a
  /// tenth, each with fluctuations.
  private static func spectra(_ count: Int, seed: UInt64) -> [Float] {
    var stream = StreamKey(seed: seed).generator()
    return (0..<count).flatMap { _ -> [Float] in
      let (size, slope) = (stream.standardNormal(), stream.uniform())
      let shared = (0..<frequencies).map { frequency in
        0.3 * size - 2 * slope * log10(1 + Double(frequency)) + 0.2 * stream.standardNormal()
      }
      return (0..<channels).flatMap { channel in
        shared.map { Float(pow(10, $0 - 0.2 * Double(channel) + 0.02 * stream.standardNormal())) }
      }
    }
  }

  private static func estimator() throws -> Estimator {
    let architecture = try NetworkArchitecture(
      input: FeatureShape(positions: frequencies, channels: channels),
      layers: [
        .convolution(width: 4, filters: 5, bias: false, activation: .rectifiedLinear), .flatten,
        .dense(outputs: 12, bias: true, activation: .rectifiedLinear),
        .dense(outputs: 8, bias: true, activation: .rectifiedLinear),
        .dense(outputs: 1, bias: true, activation: .linear),
      ])
    let trained = spectra(1000, seed: 1)
    return try Estimator(
      networks: [Network(architecture: architecture, key: StreamKey(seed: 5))],
      normaliser: SpectrumNormaliser(
        .logarithm, fittedTo: trained, channels: channels, frequencies: frequencies),
      targetBox: ParameterBox([.init(key: "g", lower: 3, upper: 8)]),
      contacts: (0..<channels).map { Contact(z: -100 * Double($0)) },
      frequencies: (0..<frequencies).map { 10 * Double($0) }
    ).knowing(trained: trained, held: spectra(600, seed: 2))
  }

  @Test("it is uniform for spectra like those of the training, whatever the threads")
  func uniform() throws {
    let estimator = try Self.estimator()
    let spectra = Self.spectra(600, seed: 3)
    let found = try #require(try estimator.assessments(of: spectra))
    let typicality = found.map(\.probability)
    #expect(KolmogorovSmirnov(uniform: typicality, ranksAmong: 600).probability > 0.01)
    #expect((0.02...0.09).contains(Double(typicality.count { $0 < 0.05 }) / 600))
    #expect(try estimator.assessments(of: spectra, threads: 3) == found)
  }

  /// What is found of spectra whose densities are multiplied by a factor at some positions.
  private func found(
    _ estimator: Estimator, factor: Float, at isChanged: (_ channel: Int, _ frequency: Int) -> Bool
  ) throws -> [Typicality.Assessment] {
    var spectra = Self.spectra(50, seed: 4)
    for i in spectra.indices
    where isChanged(i / Self.frequencies % Self.channels, i % Self.frequencies) { spectra[i] *= factor }
    return try #require(try estimator.assessments(of: spectra))
  }

  @Test("a line in one channel is found where it is")
  func line() throws {
    let found = try found(try Self.estimator(), factor: 3) { $0 == 1 && $1 == 20 }
    #expect(found.allSatisfy { $0.probability < 1e-4 && $0.aspect == .rest })
    #expect(found.allSatisfy { $0.frequencies.contains(20) && $0.frequencies.count < 4 })
    // Of three channels, the neighbours of the wrong one are wrong for their neighbours, by half as much.
    #expect(found.allSatisfy { $0.channels.contains(1) })
    #expect(found.count { $0.channels == [1] } > 25)
  }

  @Test("points are as far from others as they should be, those of thin regions included")
  func neighbours() throws {
    var stream = StreamKey(seed: 11).generator()
    // A dense cluster at 0 and one a hundred times as wide at 1000, in 19 dimensions: all of a vector's parts count.
    func points(_ count: Int, centre: Double, width: Double) -> [Float] {
      (0..<count * 19).map { _ in Float(centre + width * stream.standardNormal()) }
    }
    let training = points(500, centre: 0, width: 1) + points(500, centre: 1000, width: 100)
    let neighbours = Neighbours(training, dimensions: 19, threads: 2)
    #expect(neighbours == Neighbours(training, dimensions: 19, threads: 1))
    func sparsity(_ centre: Double, _ width: Double) -> [Double] {
      neighbours.places(of: points(50, centre: centre, width: width), threads: 2).map(\.sparsity)
    }
    #expect(abs(sparsity(0, 1).reduce(0, +) / 50) < 0.1)
    #expect(abs(sparsity(1000, 100).reduce(0, +) / 50) < 0.1)
    // As far from the dense cluster as the thin one's points are from each other.
    #expect(sparsity(30, 1).allSatisfy { $0 > 1.5 })
    // By hand: the mean distance to the ten nearest, and to theirs.
    let point = points(1, centre: 1000, width: 100)
    func distances(_ from: ArraySlice<Float>, but excluded: Int?) -> [(distance: Double, index: Int)] {
      let all = (0..<1000).filter { $0 != excluded }.map { other in
        let squares = zip(from, neighbours.points.coordinates[other * 19..<(other + 1) * 19]).map { a, b in
          Double(a - b) * Double(a - b)
        }
        return (distance: squares.reduce(0, +).squareRoot(), index: other)
      }
      return Array(all.sorted { $0.distance < $1.distance }.prefix(10))
    }
    func logMean(_ found: [(distance: Double, index: Int)]) -> Double {
      log(found.reduce(0) { $0 + $1.distance } / 10)
    }
    let nearest = distances(point[...], but: nil)
    let theirs = nearest.map { found in
      logMean(
        distances(neighbours.points.coordinates[found.index * 19..<(found.index + 1) * 19], but: found.index))
    }
    let expected = logMean(nearest) - theirs.reduce(0, +) / 10
    #expect(abs(neighbours.places(of: point, threads: 1)[0].sparsity - expected) < 1e-5)
  }

  @Test("points are as far from those around them as their covariance there says")
  func deviations() throws {
    var stream = StreamKey(seed: 12).generator()
    // Beside a parabola, which is the thicker the larger x is.
    func point(_ x: Double, _ deviation: Double) -> [Float] {
      [Float(4 * x), Float(4 * x * x + (0.1 + 0.1 * x) * deviation)]
    }
    let known = (0..<4000).flatMap { _ in point(2 * stream.uniform() - 1, stream.standardNormal()) }
    let neighbours = Neighbours(known, dimensions: 2, threads: 1)
    func deviations(_ deviation: Double, threads: Int = 1) -> [Double] {
      let places = neighbours.places(
        of: [-0.6, -0.25, 0, 0.25, 0.6].flatMap { point($0, deviation) }, threads: threads)
      return places.map { exp($0.deviation / 2) }
    }
    #expect(deviations(5).allSatisfy { $0 > 3.5 } && deviations(-5).allSatisfy { $0 > 3.5 })
    #expect(deviations(0).allSatisfy { $0 < 1 })
    #expect(deviations(2) == deviations(2, threads: 3))
    // By hand, of the 200 nearest.
    let (x, y) = (1.25, 0.5)
    var order: [(squaredDistance: Double, index: Int)] = []
    let rounded = known.map { Double(($0 * 32).rounded()) / 32 }
    for index in 0..<4000 {
      let (a, b) = (rounded[2 * index] - x, rounded[2 * index + 1] - y)
      order.append((squaredDistance: a * a + b * b, index: index))
    }
    order.sort { ($0.squaredDistance, $0.index) < ($1.squaredDistance, $1.index) }
    let nearest = order.prefix(200).map { (x: rounded[2 * $0.index], y: rounded[2 * $0.index + 1]) }
    let mx = nearest.reduce(0) { $0 + $1.x } / 200
    let my = nearest.reduce(0) { $0 + $1.y } / 200
    var (xx, xy, yy) = (0.0, 0.0, 0.0)
    for point in nearest {
      xx += (point.x - mx) * (point.x - mx) / 199
      xy += (point.x - mx) * (point.y - my) / 199
      yy += (point.y - my) * (point.y - my) / 199
    }
    (xx, yy) = (xx * 1.01 + 1e-6, yy * 1.01 + 1e-6)
    let (dx, dy) = (x - mx, y - my)
    let hand = (dx * dx * yy - 2 * dx * dy * xy + dy * dy * xx) / (xx * yy - xy * xy)
    let found = neighbours.places(of: [Float(x), Float(y)], threads: 1)[0]
    #expect(abs(exp(found.deviation) / hand - 1) < 1e-6)
    // What is no number is infinitely far from all, and does not stop the program.
    for value in [Float.nan, .infinity] {
      let place = neighbours.places(of: [value, 0], threads: 1)[0]
      #expect(!place.sparsity.isFinite && !place.deviation.isFinite)
    }
  }

  @Test("estimates are measured against the range that was sampled, not the target box")
  func sampledRange() throws {
    let estimator = try Self.estimator()
    #expect(estimator.typicality?.sampled == [3...8])
    let narrower = try estimator.knowing(
      trained: Self.spectra(200, seed: 1), held: Self.spectra(200, seed: 2),
      sampledBox: ParameterBox([
        .init(key: "eta", lower: 0, upper: 1), .init(key: "g", lower: 4, upper: 6),
      ]))
    let typicality = try #require(narrower.typicality)
    #expect(typicality.sampled == [4...6])
    for (estimate, expected) in [(5.0, -0.5), (4, 0), (7, 0.5), (3, 0.5)] {
      #expect(abs(typicality.excess([estimate]) - expected) < 1e-12)
    }
  }

  @Test("spectra of another size are found")
  func size() throws {
    let found = try found(try Self.estimator(), factor: 1e5) { _, _ in true }
    #expect(found.allSatisfy { $0.probability < 1e-3 })
  }

  @Test("with few samples there is nothing to know")
  func few() throws {
    let estimator = try Self.estimator()
    let bare = Estimator(
      networks: estimator.networks, normaliser: estimator.normaliser, targetBox: estimator.targetBox,
      contacts: estimator.contacts, frequencies: estimator.frequencies)
    let few = Self.spectra(49, seed: 6)
    let many = Self.spectra(200, seed: 7)
    #expect(try bare.knowing(trained: many, held: few) == bare)
    #expect(try bare.knowing(trained: few, held: many) == bare)
    #expect(try bare.assessments(of: few) == nil)
    #expect(try bare.knowing(trained: many, held: many) != bare)
  }

  @Test("a model file keeps it, and is refused where it is impossible")
  func stored() throws {
    let model = TrainedModel(
      estimator: try Self.estimator(),
      courses: [.init(history: [.init(trainingLoss: 0.1, validationLoss: 0.2)], bestEpoch: 1)],
      spectraIdentity: "abc", selection: .validation,
      configuration: try StoredConfiguration(yaml: "seed: 1\n", file: ""), softwareVersion: "1.2.3")
    let folder = try TemporaryFolder()
    let path = folder.path("model.h5")
    try model.write(to: path)
    let read = try TrainedModel(path: path).estimator
    #expect(read == model.estimator && read.typicality != nil)
    let spectra = Self.spectra(120, seed: 9)
    #expect(try read.assessments(of: spectra) == model.estimator.assessments(of: spectra))
    let file = try HDF5File.open(path, .readWrite)
    let variances = try file.root.dataset("typicality/component_variance")
    try variances.write([Double](repeating: -1, count: variances.shape[0]))
    try file.close()
    #expect(throws: DatasetError.inconsistent(file: path, reason: "/typicality: impossible values")) {
      try TrainedModel(path: path)
    }
  }

  @Test("distances are Mahalanobis distances")
  func distances() {
    var stream = StreamKey(seed: 8).generator()
    // y = 2x + noise of 0.5: variances 1 and 4.25, covariance 2, whose determinant is 0.25.
    let vectors = (0..<40000).flatMap { _ -> [Float] in
      let x = stream.standardNormal()
      return [Float(x), Float(2 * x + 0.5 * stream.standardNormal())]
    }
    let form = NormalForm(vectors, length: 2, ridge: 0)
    for (point, expected) in [([1, 2], 1), ([0, 1], 4), ([1, 0], 17.0)] as [([Float], Double)] {
      #expect(abs(form.squaredDistance(point[...]) / expected - 1) < 0.05)
    }
  }

  @Test("tail probabilities are shares, and go on exponentially")
  func tail() {
    // Quantiles of the exponential distribution.
    let count = 2000
    let calibration = TailCalibration((0..<count).map { -log(1 - (Double($0) + 0.5) / Double(count)) })
    for value in [0.01, 0.5, 1, 2, 3, 5, 10, 30] {
      let probability = calibration.probability(ofAtLeast: value)
      #expect(abs(log(probability) + value) < 0.03 * max(1, value))
    }
    #expect(calibration.probability(ofAtLeast: -1) == 1)
    #expect(calibration.probability(ofAtLeast: .infinity) == 0)
    #expect(calibration.probability(ofAtLeast: .nan) == 0)
    let values = stride(from: -0.5, to: 12, by: 0.01).map { calibration.probability(ofAtLeast: $0) }
    #expect(zip(values, values.dropFirst()).allSatisfy { $0 >= $1 })
  }
}
