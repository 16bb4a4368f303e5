import Foundation
import ParameterEstimation
import ParameterSampling
import RandomStreams
import Testing

@Suite("Shape of predicted distributions")
struct PredictionShapeTests {
  private static let box = ParameterBox([
    .init(key: "eta", lower: 0, upper: 1), .init(key: "g", lower: 0, upper: 1),
  ])

  /// Truths with deviations of 0.1 and 0.3, of t distributions if degrees of freedom are given, about the means of
  /// predictions with 0.2 and 0.2.
  private func data(_ samples: Int, degreesOfFreedom: Int? = nil) throws -> (
    predictions: [Posterior], truths: [[Double]]
  ) {
    var stream = StreamKey(seed: 3).generator()
    var (predictions, truths): ([Posterior], [[Double]]) = ([], [])
    for _ in 0..<samples {
      let mean = [stream.uniform(in: 0..<1), stream.uniform(in: 0..<1)]
      let component = try #require(
        Posterior.Component(mean: mean, scale: [0.04, 0.02, 0.02, 0.04]))
      predictions.append(Posterior([component, component], targetBox: Self.box))
      // Correlated by ½, as predicted.
      let first = stream.standardNormal()
      let second = 0.5 * first + 0.75.squareRoot() * stream.standardNormal()
      let scale = degreesOfFreedom.map { degrees in
        (Double(degrees) / (0..<degrees).reduce(0.0) { sum, _ in sum + pow(stream.standardNormal(), 2) })
          .squareRoot()
      }
      truths.append([mean[0] + 0.1 * first * (scale ?? 1), mean[1] + 0.3 * second * (scale ?? 1)])
    }
    return (predictions, truths)
  }

  @Test("factors make predicted deviations those of the truths, without tails if there are none")
  func normal() throws {
    let (predictions, truths) = try data(4000)
    let shape = PredictionShape.fitted(to: predictions, truths: truths)
    // The standard error of a standard deviation is 1.1 %, that of quantiles 1.5 %; 30 degrees of freedom narrow by 3 %.
    #expect(abs(shape.widths[0] / 0.5 - 1) < 0.07 && abs(shape.widths[1] / 1.5 - 1) < 0.07)
    #expect(shape.degreesOfFreedom ?? 30 >= 20)
  }

  @Test("factors and degrees of freedom are those of the truths", arguments: [3, 5])
  func student(degrees: Int) throws {
    let (predictions, truths) = try data(4000, degreesOfFreedom: degrees)
    let shape = PredictionShape.fitted(to: predictions, truths: truths)
    #expect(abs(shape.widths[0] / 0.5 - 1) < 0.07 && abs(shape.widths[1] / 1.5 - 1) < 0.07)
    // The standard error of 5 degrees of freedom from 4000 samples is about 0.25, that of 3 is less.
    #expect(abs(try #require(shape.degreesOfFreedom) - degrees) <= 1)
  }

  @Test("states with enough predictions get what suits them alone")
  func states() throws {
    var stream = StreamKey(seed: 6).generator()
    var (predictions, truths): ([Posterior], [[Double]]) = ([], [])
    // Twice too narrow at g < 4, right elsewhere, and too few of slow oscillations.
    for sample in 0..<4000 {
      let parameters = sample < 60 ? [1, 6, 0.2] : [2.5, sample % 2 == 0 ? 3.7 : 6, 0.2]
      let mean = ParameterBox.full.normalised(parameters)
      let width = parameters[1] < 4 ? 0.02 : 0.01
      let scale = (0..<9).map { $0 % 4 == 0 ? 1e-4 : 0 }
      predictions.append(
        Posterior([try #require(Posterior.Component(mean: mean, scale: scale))], targetBox: .full))
      truths.append(mean.map { $0 + width * stream.standardNormal() })
    }
    let shapes = PredictionShape.fittedByState(to: predictions, truths: truths)
    #expect(Set(shapes.keys) == [.synchronousRegular, .asynchronousIrregular])
    for (state, width) in [(ActivityState.synchronousRegular, 2.0), (.asynchronousIrregular, 1)] {
      let found = try #require(shapes[state]).widths
      // The standard error of a width from 2000 samples is 2 %.
      #expect(found.allSatisfy { abs($0 / width - 1) < 0.08 })
    }
    let other = ParameterBox([.init(key: "eta", lower: 0, upper: 1), .init(key: "g", lower: 0, upper: 1)])
    #expect(ActivityState(of: [0.5, 0.5], in: other) == nil)
  }

  @Test("in the fitted shape, central intervals of all probabilities hold their share", arguments: [nil, 3])
  func coverage(degrees: Int?) throws {
    let (predictions, truths) = try data(4000, degreesOfFreedom: degrees)
    let shape = PredictionShape.fitted(to: predictions, truths: truths)
    let masses = try zip(predictions, truths).map { prediction, truth in
      let shaped = try #require(prediction.shaped(shape))
      return truth.indices.map { abs(2 * shaped.marginalCumulative($0, truth[$0]) - 1) }
    }
    for parameter in 0..<2 {
      for share in [0.5, 0.8, 0.9, 0.95] {
        let held = Double(masses.count { $0[parameter] < share }) / 4000
        // Four binomial standard errors; the fit only makes them less.
        #expect(abs(held - share) < 4 * (share * (1 - share) / 4000).squareRoot())
      }
    }
  }

  @Test("few samples leave distributions as they are")
  func few() throws {
    let (predictions, truths) = try data(PredictionShape.leastSamples - 1)
    #expect(PredictionShape.fitted(to: predictions, truths: truths) == .unchanged(parameters: 2))
  }

  @Test("a stretched mixture has the density of the stretched deviations, and the same mean")
  func stretched() throws {
    let mixture = Posterior(
      [
        try #require(Posterior.Component(mean: [0, 1], scale: [1, 0.3, 0.3, 2])),
        try #require(Posterior.Component(mean: [2, -1], scale: [0.5, 0, 0, 0.25])),
      ], targetBox: Self.box)
    let factors = [0.5, 3]
    for degrees in [nil, 4] {
      let shaped = try #require(mixture.shaped(PredictionShape(widths: factors, degreesOfFreedom: degrees)))
      // The box is the unit cube.
      let mean = mixture.mean
      #expect(zip(shaped.mean, mean).allSatisfy { abs($0 - $1) < 1e-12 })
      let before = Posterior(mixture.components, degreesOfFreedom: degrees, targetBox: Self.box)
      for point in [[0, 0], [1, 2], [-3, 0.5]] {
        let source = point.indices.map { mean[$0] + (point[$0] - mean[$0]) / factors[$0] }
        let expected = before.logDensity(at: source) - log(1.5)
        #expect(abs(shaped.logDensity(at: point) - expected) < 1e-12)
      }
    }
  }
}
