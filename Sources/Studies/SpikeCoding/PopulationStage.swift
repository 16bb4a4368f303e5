import Foundation
import RandomStreams
import SpikeCoding

/// A network after some steps of learning.
struct CourseRow: Encodable, Sendable {
  let step: Int
  let assessment: CodingAssessment
}

/// One stage of learning with all of its tests.
struct PopulationStage: Sendable {
  /// i, ii or iii.
  let name: String
  let network: CodingNetwork
  let assessment: CodingAssessment
  let balance: BalanceCheck
  let waves: WaveTest
  let tuning: TuningCurves
  let poissonError: Double
  /// Neurons whose voltages are kept.
  let traced: [Int]

  init(_ network: CodingNetwork, _ experiment: PopulationExperiment, name: String, key: StreamKey) {
    let test = experiment.test
    let noise = SmoothedNoise(experiment.input, signals: experiment.network.signals)
    self.name = name
    self.network = network
    traced = (0..<min(3, experiment.network.neurons)).map { $0 * experiment.network.neurons / 3 }
    assessment = CodingAssessment(network, noise, test, key: key)
    balance = BalanceCheck(network, noise, test, key: key)
    waves = WaveTest(
      network, decoder: network.decoder(noise, steps: test.fittingSteps, key: key), radius: test.radius,
      traced: traced, key: key)
    tuning = TuningCurves(
      network, radius: test.radius, directions: test.directions, steps: test.stepsPerDirection, key: key)
    poissonError = network.poissonError(noise, test, key: key)
  }

  /// The stage's numbers.
  struct Numbers: Encodable {
    let stage: String
    let assessment: CodingAssessment
    let balance: BalanceCheck
    let poissonError, waveError, waveSpread, correlationOfTrials: Double
    let tuningMaximum, tuningMean, tuningHalfWidth: Double

    enum CodingKeys: String, CodingKey {
      case stage, assessment, balance
      case poissonError = "poisson_error"
      case waveError = "sine_cosine_error"
      case waveSpread = "sine_cosine_spread_over_trials"
      case correlationOfTrials = "correlation_of_trials"
      case tuningMaximum = "tuning_maximum_Hz"
      case tuningMean = "tuning_mean_Hz"
      case tuningHalfWidth = "tuning_half_width_deg"
    }
  }

  var numbers: Numbers {
    Numbers(
      stage: name, assessment: assessment, balance: balance, poissonError: poissonError,
      waveError: waves.error, waveSpread: waves.spread, correlationOfTrials: waves.correlationOfTrials,
      tuningMaximum: tuning.maximum, tuningMean: tuning.mean, tuningHalfWidth: tuning.halfWidth)
  }
}

/// All numbers of a ``PopulationExperiment``.
struct PopulationNumbers: Encodable, Sendable {
  let course: [CourseRow]
  let stages: [PopulationStage.Numbers]
  /// Error of the best network that can be written down; for two signals only.
  let handMadeError: Double?

  enum CodingKeys: String, CodingKey {
    case course, stages
    case handMadeError = "hand_made_error"
  }

  init(
    _ experiment: PopulationExperiment, course: [CourseRow], stages: [PopulationStage], key: StreamKey
  ) {
    self.course = course
    self.stages = stages.map(\.numbers)
    let learnt = stages[2].assessment
    guard experiment.network.signals == 2 else {
      handMadeError = nil
      return
    }
    let network = CodingNetwork(
      experiment.network,
      .evenlySpaced(
        neurons: experiment.network.neurons, length: learnt.coverage.meanLength,
        scale: learnt.structure.scaleWithDiagonal, diagonal: learnt.structure.diagonal))
    handMadeError =
      CodingAssessment(network, SmoothedNoise(experiment.input, signals: 2), experiment.test, key: key).error
  }

  /// A table for people.
  var text: String {
    let rows = stages.map { stage in
      let a = stage.assessment
      return String(
        format: "%-5@ %8.5f %7.2f %9.4f %9.5f %7.3f %9.4f %6.1f %9.5f %8.4f %8.4f %8.4f",
        stage.stage as NSString,
        a.error, a.rate, a.voltageVariance, a.structure.distance, a.structure.scale, a.structure.diagonal,
        a.coverage.largestGap, a.cosineWithDecoder, stage.balance.correlationWithError,
        stage.balance.stationarity, stage.poissonError)
    }
    let head =
      "stage    error rate/Hz  variance  distance   scale  diagonal gap/deg  cos(F,D)     Eq. 4    Eq. 6  Poisson"
    let last = handMadeError.map { String(format: "hand-made network: error %.5f", $0) }
    return ([head] + rows + [last].compactMap { $0 }).joined(separator: "\n")
  }
}
