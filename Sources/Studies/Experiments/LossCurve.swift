import EstimatorDiagnostics
import Figures
import Foundation
import Statistics
import StudyFigures

/// Test losses of variants against how much data they have, with a curve through them.
package struct LossCurve: Sendable, Encodable {
  /// What the losses are plotted against: `duration` or `samples`.
  package let variable: String
  /// The analysed time in s, or the number of training samples, of each variant.
  package let amounts: [Double]
  /// Mean test losses.
  package let losses: [Double]
  /// The fitted curve.
  package let law: PowerLaw
  /// For durations, a + b/T besides: the variance of a spectrum falls in this way.
  package let inverse: PowerLaw?
  /// The share by which the loss falls if the largest amount is doubled, by the curve; its interval is over test samples.
  package let gainFromDoubling: IntervalEstimate
  /// Losses of single models, for the figure.
  private let models: [(amount: Double, loss: Double)]
  /// Losses by epoch, for the figure.
  private let courses: [LossCurveFigure.Course]

  enum CodingKeys: String, CodingKey {
    case variable, amounts, losses, law
    case inverse = "law_inverse"
    case gainFromDoubling = "gain_from_doubling"
  }

  /// Fits a curve; nil if none is wanted or there are too few different amounts.
  ///
  /// - Parameter resampled: mean test losses of all variants for each resample of the test samples.
  init?(
    _ curve: ExperimentConfiguration.Curve, _ variants: [ExperimentResults.Variant], courses: [[Double]],
    _ resampled: [[Double]], _ bootstrap: Bootstrap
  ) {
    let amounts: [Double]
    switch curve {
    case .none: return nil
    case .duration: amounts = variants.map { Double($0.analysedTime) / 1000 }
    case .samples: amounts = variants.map { Double($0.trainingSamples) }
    }
    func fit(_ losses: [Double]) -> PowerLaw? {
      curve == .duration
        ? PowerLaw(x: amounts, y: losses, exponent: 0.5) : PowerLaw(x: amounts, y: losses)
    }
    let largest = amounts.max()!
    func gain(_ law: PowerLaw) -> Double { 1 - law.value(at: 2 * largest) / law.value(at: largest) }
    let losses = variants.map(\.testLoss.mean)
    guard let law = fit(losses) else { return nil }
    variable = curve.rawValue
    self.amounts = amounts
    self.losses = losses
    self.law = law
    inverse = curve == .duration ? PowerLaw(x: amounts, y: losses, exponent: 1) : nil
    self.courses = zip(amounts, courses).map { amount, losses in
      .init(String(format: curve == .duration ? "%g s" : "%g", amount), losses: losses)
    }
    gainFromDoubling = bootstrap.interval(gain(law), resampled.compactMap { fit($0).map(gain) })
    models = zip(amounts, variants).flatMap { amount, variant in
      variant.testLoss.values.map { (amount, $0) }
    }
  }

  /// The fit in words.
  var text: String {
    let isDuration = variable == "duration"
    let formula =
      isDuration
      ? String(format: "%.3g + %.3g / √(T in s)", law.asymptote, law.amplitude)
      : String(format: "%.3g + %.3g · N^(−%.3g)", law.asymptote, law.amplitude, law.exponent)
    let percent = gainFromDoubling.scaled(by: 100)
    let other =
      inverse.map {
        String(
          format: " With 1/T in place of 1/√T: %.3g + %.3g / (T in s), R² = %.4f.", $0.asymptote,
          $0.amplitude,
          $0.rSquared)
      } ?? ""
    return String(
      format: "Fit: test loss = %@ over %@, R² = %.4f. ", formula,
      isDuration ? "the analysed time T" : "the number N of training samples", law.rSquared)
      + String(
        format: "By it, the loss falls by %.1f %% [%.1f, %.1f] if the largest amount is doubled.",
        percent.value, percent.lower, percent.upper) + other
  }

  /// Losses and the curve.
  func figure(title: String) -> Figure {
    LossCurveFigure(
      title: title, axis: variable == "duration" ? "analysed time (s)" : "training samples",
      amounts: models.map(\.amount), losses: models.map(\.loss),
      laws: [.init(variable == "duration" ? "a + b / √T" : "fit", law.value(at:))]
        + (inverse.map { [.init("a + b / T", $0.value(at:))] } ?? []), courses: courses
    ).figure
  }
}
