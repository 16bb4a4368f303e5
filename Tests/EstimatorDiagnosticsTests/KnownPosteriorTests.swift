import ConvolutionalNetwork
import EstimatorDiagnostics
import FieldPotential
import Foundation
import Numerics
import ParameterEstimation
import ParameterSampling
import RandomStreams
import Statistics
import TestSupport
import Testing

/// A simulator whose posterior is known: log10 of three densities is A θ plus normal noise, and θ is normal beforehand. So
/// it is afterwards, with the precision Σ⁻¹ + Aᵀ N⁻¹ A.
private struct LinearSimulator {
  static let box = ParameterBox([
    .init(key: "eta", lower: 1, upper: 5), .init(key: "g", lower: 4, upper: 8),
  ])
  static let prior = (mean: [3.0, 6], deviations: [0.8, 0.6])
  static let rows = [[1, 0.5], [-0.5, 1], [0.25, 0.25]]
  static let noise = [0.5, 0.9, 0.2]

  /// log10 of the densities, [sample][frequency].
  var logarithms: [[Double]] = []
  /// [sample][parameter].
  var parameters: [[Double]] = []

  init(_ samples: Int, seed: UInt64) {
    var stream = StreamKey(seed: seed).generator()
    for _ in 0..<samples {
      let theta = (0..<2).map { Self.prior.mean[$0] + Self.prior.deviations[$0] * stream.standardNormal() }
      parameters.append(theta)
      logarithms.append(
        zip(Self.rows, Self.noise).map { row, noise in
          row[0] * theta[0] + row[1] * theta[1] + noise * stream.standardNormal()
        })
    }
  }

  var spectra: [Float] { logarithms.joined().map { Float(pow(10, $0)) } }
  var targets: [Float] { parameters.flatMap { Self.box.normalised($0).map(Float.init) } }

  /// Standard deviations and correlation, the same for all samples, and the means of each.
  static func posterior(_ logarithms: [[Double]]) throws -> (
    deviations: [Double], correlation: Double, means: [[Double]]
  ) {
    var precision = Matrix(rows: 2, columns: 2)
    for i in 0..<2 {
      precision[i, i] = 1 / (prior.deviations[i] * prior.deviations[i])
      for j in 0..<2 {
        precision[i, j] += zip(rows, noise).reduce(0) { $0 + $1.0[i] * $1.0[j] / ($1.1 * $1.1) }
      }
    }
    let factors = try #require(CholeskyFactorisation(precision))
    let (first, second) = (factors.solve([1, 0]), factors.solve([0, 1]))
    let deviations = [first[0].squareRoot(), second[1].squareRoot()]
    let means = logarithms.map { x in
      factors.solve(
        (0..<2).map { i in
          prior.mean[i] / (prior.deviations[i] * prior.deviations[i])
            + x.indices.reduce(0) { $0 + rows[$1][i] * x[$1] / (noise[$1] * noise[$1]) }
        })
    }
    return (deviations, first[1] / (deviations[0] * deviations[1]), means)
  }
}

@Suite("A known posterior, from training to its standard deviations")
struct KnownPosteriorTests {
  /// An estimator trained on 4000 samples, and calibrated on 1000 others.
  private func trained(_ layers: [LayerSpecification], seed: UInt64) throws -> Estimator {
    let (training, deciding) = (LinearSimulator(4000, seed: 1), LinearSimulator(1000, seed: 2))
    let architecture = try NetworkArchitecture(
      input: FeatureShape(positions: 3, channels: 1), layers: layers)
    let normaliser = SpectrumNormaliser(.logarithm, fittedTo: training.spectra, channels: 1, frequencies: 3)
    func samples(_ simulator: LinearSimulator) throws -> SampleSet {
      try SampleSet(
        architecture: architecture, loss: .gaussian(),
        inputs: normaliser.inputs(simulator.spectra, channels: 1, frequencies: 3), targets: simulator.targets)
    }
    let trainer = try Trainer(
      architecture: architecture, loss: .gaussian(), optimiser: Adam(learningRate: 0.01),
      schedule: LearningRateSchedule(.cosine), epochs: 40, key: StreamKey(seed: seed), threads: 2)
    let state = try trainer.train(training: try samples(training), validation: try samples(deciding))
    return try Estimator(
      networks: [Network(architecture: architecture, parameters: state.bestParameters)],
      prediction: .gaussian, normaliser: normaliser, targetBox: LinearSimulator.box,
      contacts: [Contact(z: 0)],
      frequencies: [0, 10, 20]
    ).calibrated(spectra: deciding.spectra, targets: deciding.targets)
  }

  @Test(
    "means, standard deviations and correlation are those of the theory",
    arguments: [
      // The posterior's mean is linear in the logarithms, so that one layer can be right: 20 weights learned from 4000
      // samples leave the mean uncertain by some √(20/4000) of the standard deviation, 7 %, and that by half as much.
      ([.flatten, .dense(outputs: 5, bias: true, activation: .linear)], 0.1),
      // A hidden layer has to learn that it is linear.
      (
        [
          .flatten, .dense(outputs: 12, bias: true, activation: .rectifiedLinear),
          .dense(outputs: 5, bias: true, activation: .linear),
        ], 0.15
      ),
    ] as [([LayerSpecification], Double)])
  func theory(layers: [LayerSpecification], tolerance: Double) throws {
    let estimator = try trained(layers, seed: 3)
    let test = LinearSimulator(4000, seed: 4)
    let expected = try LinearSimulator.posterior(test.logarithms)
    let posteriors = try #require(try estimator.posteriors(from: test.spectra))
    for p in 0..<2 {
      let errors = zip(posteriors, expected.means).map { ($0.mean[p] - $1[p]) / expected.deviations[p] }
      #expect(Moments(errors).rootMeanSquare < tolerance)
      let widths = posteriors.map { $0.standardDeviations[p] / expected.deviations[p] - 1 }
      #expect(Moments(widths).rootMeanSquare < tolerance / 2)
    }
    let correlations = posteriors.map { $0.correlations[1] - expected.correlation }
    #expect(Moments(correlations).rootMeanSquare < tolerance / 2)

    // Intervals hold the truth as often as they say: four binomial standard errors, and 1 % for the network's own error.
    let calibration = CalibrationStatistics(
      comparing: posteriors, truths: test.targets.map(Double.init),
      bootstrap: Bootstrap(BootstrapParameters(resamples: 200), seed: 5), seed: 5)
    for row in calibration.rows {
      for coverage in row.coverage {
        #expect(abs(coverage.observed - coverage.nominal) < 4 * coverage.standardError + 0.01)
      }
    }
    // −log of the density is, on average, the entropy 1 + log(2π σ₁ σ₂ √(1 − ρ²)) in units of the ranges. It has the
    // variance of half a χ² of two degrees of freedom, 1.
    let area = expected.deviations[0] * expected.deviations[1] / 16
    let entropy =
      1 + log(2 * Double.pi * area * (1 - expected.correlation * expected.correlation).squareRoot())
    #expect(abs(calibration.negativeLogLikelihood.value - entropy) < 4 / 4000.0.squareRoot() + 0.01)
  }
}
