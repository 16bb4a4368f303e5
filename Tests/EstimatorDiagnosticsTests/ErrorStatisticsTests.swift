import EstimatorDiagnostics
import Foundation
import ParameterSampling
import RandomStreams
import Statistics
import Testing

@Suite("Statistics of errors")
struct ErrorStatisticsTests {
  private static let eta = ParameterBox([.init(key: "eta", lower: 1, upper: 5)])

  private func statistics(
    _ estimates: [Double], _ truths: [Double], target: ParameterBox = eta, sampled: ParameterBox = eta,
    resamples: Int = 100, confidence: Double = 0.95, seed: UInt64 = 1
  ) -> [ErrorStatistics] {
    Bootstrap(BootstrapParameters(resamples: resamples, confidence: confidence), seed: seed)
      .errorStatistics(estimates: estimates, truths: truths, targetBox: target, sampledBox: sampled)
  }

  @Test("figures are those computed by hand")
  func byHand() {
    // Errors are 1, −1, 1, 3, relative to the range of 4: 0.25, −0.25, 0.25, 0.75.
    let row = statistics([2, 1, 4, 7], [1, 2, 3, 4])[0]
    #expect(row.parameter == "eta" && row.unit == "1" && row.range == 4 && row.samples == 4)
    #expect(row.bias.value == 0.25)
    // Deviations are 0, −0.5, 0, 0.5.
    #expect(row.standardDeviation.value == 0.125.squareRoot())
    #expect(row.rootMeanSquare.value == (0.75 / 4).squareRoot())
    #expect(row.meanAbsolute.value == 1.5 / 4)
    // Truths deviate by ±3/8 and ±1/8: squares sum to 5/16, those of errors to 3/4.
    #expect(row.rSquared.value == 1 - 0.75 / 0.3125)
    #expect(abs(row.relativeToPrior.value - 1.5) < 1e-15)
    #expect(row.withinFivePercent.value == 0)
  }

  @Test("the squares of bias and standard deviation add up to the mean square")
  func decomposition() {
    var stream = StreamKey(seed: 2).generator()
    let truths = (0..<100).map { _ in stream.uniform(in: 1..<5) }
    let row = statistics(truths.map { $0 + 0.3 + 0.2 * stream.standardNormal() }, truths)[0]
    let sum = row.bias.value * row.bias.value + row.standardDeviation.value * row.standardDeviation.value
    #expect(abs(sum - row.rootMeanSquare.value * row.rootMeanSquare.value) < 1e-15)
  }

  @Test("errors below 5 % of the range count, those of 5 % do not")
  func share() {
    let box = ParameterBox([.init(key: "g", lower: 0, upper: 1)])
    let row = statistics([0.049, -0.049, 0.05, -0.05, 0.3], [0, 0, 0, 0, 0], target: box, sampled: box)[0]
    #expect(row.withinFivePercent.value == 0.4)
  }

  @Test("perfect estimates have no error, whatever is drawn")
  func perfect() {
    let row = statistics([1, 2, 3, 4], [1, 2, 3, 4])[0]
    for figure in [
      row.bias, row.standardDeviation, row.rootMeanSquare, row.meanAbsolute, row.relativeToPrior,
    ] {
      #expect(figure.value == 0 && figure.lower == 0 && figure.upper == 0)
    }
    for figure in [row.rSquared, row.withinFivePercent] {
      #expect(figure.value == 1 && figure.lower == 1 && figure.upper == 1)
    }
  }

  @Test("a guess at the centre has the standard deviation of the prior")
  func centre() {
    // The midpoints of n cells have the variance (1 − 1/n²)/12 of the range's square.
    let n = 1000
    let truths = (0..<n).map { 1 + 4 * (Double($0) + 0.5) / Double(n) }
    let row = statistics(truths.map { _ in 3 }, truths)[0]
    #expect(abs(row.relativeToPrior.value - (1 - 1e-6).squareRoot()) < 1e-12)
    #expect(abs(row.rSquared.value) < 1e-12)
  }

  @Test("each parameter has its own row, relative to its own ranges")
  func twoParameters() {
    let target = ParameterBox([
      .init(key: "J_mV", lower: 0, upper: 0.5), .init(key: "eta", lower: 0, upper: 8),
    ])
    let sampled = ParameterBox([
      .init(key: "eta", lower: 1, upper: 5), .init(key: "J_mV", lower: 0, upper: 0.25),
    ])
    let rows = statistics(
      [0.25, 3, 0.125, 4], [0.125, 1, 0.25, 2], target: target, sampled: sampled)
    #expect(rows.map(\.parameter) == ["J", "eta"])
    #expect(rows.map(\.unit) == ["mV", "1"])
    #expect(rows.map(\.range) == [0.5, 8])
    #expect(rows.map(\.bias.value) == [0, 0.25])
    #expect(rows.map(\.rootMeanSquare.value) == [0.25, 0.25])
    // Both priors are half of their target ranges.
    for row in rows { #expect(abs(row.relativeToPrior.value - 0.5 * 12.0.squareRoot()) < 1e-15) }
    // The same samples are drawn for both, and errors of J alternate while those of η are equal.
    #expect(rows[1].bias.lower == 0.25 && rows[1].bias.upper == 0.25)
    #expect(rows[0].bias.lower < 0 && rows[0].bias.upper > 0)
  }

  @Test("a sample alone has figures but no share of explained variance")
  func oneSample() {
    let row = statistics([3], [2])[0]
    #expect(row.samples == 1)
    for (figure, value) in [(row.bias, 0.25), (row.standardDeviation, 0), (row.rootMeanSquare, 0.25)] {
      #expect(figure.value == value && figure.lower == value && figure.upper == value)
    }
    #expect(!row.rSquared.value.isFinite)
    #expect(row.rSquared.lower.isNaN && row.rSquared.upper.isNaN)
  }

  @Test("the same seed gives the same intervals, another one others")
  func seeds() {
    var stream = StreamKey(seed: 3).generator()
    let truths = (0..<50).map { _ in stream.uniform(in: 1..<5) }
    let estimates = truths.map { $0 + stream.standardNormal() }
    let rows = statistics(estimates, truths, seed: 5)
    #expect(statistics(estimates, truths, seed: 5) == rows)
    let other = statistics(estimates, truths, seed: 6)
    #expect(other[0].bias.value == rows[0].bias.value)
    #expect(other[0].bias.lower != rows[0].bias.lower)
    #expect(other[0].bias.upper != rows[0].bias.upper)
  }

  @Test("between two resampled figures, ends of intervals lie in proportion", arguments: [0.2, 0.5, 0.9])
  func interpolation(confidence: Double) {
    let truths = (0..<50).map(Double.init)
    let estimates = truths.map { $0 + $0 * $0 }
    let all = statistics(estimates, truths, resamples: 2, confidence: 1)[0].bias
    let part = statistics(estimates, truths, resamples: 2, confidence: confidence)[0].bias
    let width = all.upper - all.lower
    #expect(width > 1)
    // Figures are of the order of 1000; the two draws are the same.
    #expect(abs(part.lower - (all.lower + width * (1 - confidence) / 2)) < 1e-9)
    #expect(abs(part.upper - (all.upper - width * (1 - confidence) / 2)) < 1e-9)
  }

  @Test("the ends of intervals are quantiles of the resampled figures, interpolated")
  func quantiles() {
    // With two samples of errors 0 and 1, resampled means are 0, 1/2 and 1 with probabilities 1/4, 1/2 and 1/4, so
    // that intervals of mass 0.2 end at 1/2 and those of mass 0.8 at 0 and 1, by ten standard errors of the shares.
    let narrow = statistics([1, 6], [1, 2], resamples: 1000, confidence: 0.2)[0].bias
    #expect(narrow.value == 0.5 && narrow.lower == 0.5 && narrow.upper == 0.5)
    let wide = statistics([1, 6], [1, 2], resamples: 1000, confidence: 0.8)[0].bias
    #expect(wide.value == 0.5 && wide.lower == 0 && wide.upper == 1)
  }

  @Test(
    "intervals of the mean of normal errors cover the truth as often as they should", arguments: [0.95, 0.6])
  func coverage(confidence: Double) {
    let repetitions = 300
    let samples = 100
    var covered = 0
    for repetition in 0..<repetitions {
      var stream = StreamKey(seed: UInt64(repetition)).generator()
      let truths = [Double](repeating: 2, count: samples)
      let estimates = truths.map { $0 + 0.4 + stream.standardNormal() }
      let bias = statistics(
        estimates, truths, resamples: 400, confidence: confidence, seed: UInt64(repetition))[0].bias
      if bias.lower <= 0.1 && 0.1 <= bias.upper { covered += 1 }
    }
    let share = Double(covered) / Double(repetitions)
    // Four standard errors; percentile intervals of 100 samples cover about 0.6 % less than asked for.
    #expect(abs(share - confidence) < 4 * (confidence * (1 - confidence) / Double(repetitions)).squareRoot())
  }
}
