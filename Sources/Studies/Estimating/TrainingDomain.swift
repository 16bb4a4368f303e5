import EstimatorDiagnostics
import Foundation
import ParameterEstimation
import ParameterSampling

extension Estimate {
  /// What estimates are compared with: what a model was trained on.
  struct TrainingDomain {
    /// The ranges that were sampled, of the parameters in the estimates' order.
    let sampled: ParameterBox
    /// Frequencies that the model sees, in Hz.
    let frequencies: [Double]
    /// Number of its channels.
    let channels: Int

    /// The probability within a sampled range below which a parameter counts as outside.
    private static let leastProbability = 0.05
    /// The probability of a spectrum like those of the training below which one counts as unlike them.
    static let leastTypicality = 0.01
    /// The probability of a spectrum like those of simulations below which one counts as unlike them: the combination of many
    /// comparisons is below 0.01 in six of a hundred (docs/trust.md).
    private static let leastAgreement = 0.001

    init(_ model: TrainedModel) {
      let estimator = model.estimator
      let box = model.configuration.values.sampling.box
      sampled = ParameterBox(estimator.targetBox.dimensions.map { box[$0.key] ?? $0 })
      (frequencies, channels) = (estimator.frequencies, estimator.contacts.count)
    }

    /// Whether a parameter lies outside what was sampled: by its distribution, or the value alone where there is none.
    func isOutside(_ parameter: Int, _ estimate: Double, _ posterior: Posterior?) -> Bool {
      let range = sampled.dimensions[parameter]
      guard let posterior else { return estimate < range.lower || estimate > range.upper }
      let target = posterior.targetBox.dimensions[parameter]
      func cumulative(_ value: Double) -> Double {
        posterior.marginalCumulative(parameter, (value - target.lower) / (target.upper - target.lower))
      }
      return cumulative(range.upper) - cumulative(range.lower) < Self.leastProbability
    }

    /// What is said of a parameter that does.
    /// The end of what was sampled within a standard deviation of an estimate that tells more than the range does: networks beyond
    /// it give such estimates, too.
    func end(_ parameter: Int, _ estimate: Double, _ standardDeviation: Double?) -> Row.RangeEnd? {
      let range = sampled.dimensions[parameter]
      guard let standardDeviation, standardDeviation < (range.upper - range.lower) / 4 else { return nil }
      if estimate + standardDeviation > range.upper { return .upper }
      return estimate - standardDeviation < range.lower ? .lower : nil
    }

    func outside(_ parameter: Int) -> Doubt {
      let range = sampled.dimensions[parameter]
      return Doubt(
        flag: .outside,
        text: String(format: "%@ outside the sampled range of %g to %g", range.name, range.lower, range.upper)
      )
    }

    /// What is said of a spectrum unlike those of the training, with the probability that counts; nil of a typical one.
    func untypical(_ assessment: Typicality.Assessment, probability: Double) -> Doubt? {
      guard probability < Self.leastTypicality else { return nil }
      return Doubt(
        flag: .untypical,
        text: String(format: "spectrum unlike the training data (p %@) ", Self.text(probability))
          + place(assessment))
    }

    /// What is said of a spectrum unlike those of simulations with the estimated parameters; nil of one like them.
    func contradicted(_ check: PredictiveCheck) -> Doubt? {
      guard check.probability < Self.leastAgreement else { return nil }
      let outliers = check.outliers(level: Self.leastTypicality)
      let place = outliers.first.map { " in " + Self.text($0, check.bands) }
      return Doubt(
        flag: .contradicted,
        text: "unlike \(check.simulations) simulations with estimated parameters (p "
          + Self.text(check.probability) + ")" + (place.map { ", most" + $0 } ?? "")
          + (outliers.count > 1 ? " and \(outliers.count - 1) more" : ""))
    }

    /// What sticks out.
    private static func text(_ comparison: PredictiveCheck.Comparison, _ bands: [ClosedRange<Double>])
      -> String
    {
      func hertz(_ band: Int) -> String {
        String(format: "%.3g–%.3g Hz", bands[band].lowerBound, bands[band].upperBound)
      }
      let (channel, band) = (comparison.channel + 1, comparison.band)
      return switch comparison.quantity {
      case .level: "channel \(channel) at \(hertz(band))"
      case .nextChannel: "channel \(channel) against \(channel + 1) at \(hertz(band))"
      case .nextBand: "channel \(channel) at \(hertz(band)) against \(hertz(band + 1))"
      }
    }

    private static func text(_ probability: Double) -> String {
      probability < 1e-6 ? "< 1e-6" : String(format: "= %.2g", probability)
    }

    /// Where a spectrum is unlike the others.
    private func place(_ assessment: Typicality.Assessment) -> String {
      switch assessment.aspect {
      case .shape: "in its overall shape and size"
      case .range: "in estimates at the end of the sampled range, which may stand for anything beyond"
      case .activity, .deviation: "in what the networks make of it"
      case .rest: frequencyText(assessment.frequencies) + channelText(assessment.channels)
      }
    }

    /// The longest runs of neighbouring positions, up to three, as frequencies.
    private func frequencyText(_ positions: [Int]) -> String {
      if positions.isEmpty { return "in small deviations everywhere" }
      if positions.count * 2 > frequencies.count { return "at most frequencies" }
      var runs: [ClosedRange<Int>] = []
      for position in positions {
        if let last = runs.last, position <= last.upperBound + 2 {
          runs[runs.count - 1] = last.lowerBound...position
        } else {
          runs.append(position...position)
        }
      }
      let longest = Set(runs.sorted { $0.count > $1.count }.prefix(3))
      let texts = runs.filter(longest.contains).map { run in
        run.count == 1
          ? String(format: "%.3g", frequencies[run.lowerBound])
          : String(format: "%.3g–%.3g", frequencies[run.lowerBound], frequencies[run.upperBound])
      }
      return "at " + texts.joined(separator: ", ") + " Hz" + (runs.count > 3 ? " and elsewhere" : "")
    }

    private func channelText(_ positions: [Int]) -> String {
      if positions.isEmpty { return "" }
      if positions.count == channels { return " in all channels" }
      let numbers = positions.map { "\($0 + 1)" }.joined(separator: ", ")
      return positions.count == 1 ? " in channel \(numbers)" : " in channels \(numbers)"
    }
  }
}
