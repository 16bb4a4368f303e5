import RandomStreams

/// A figure of several trainings that differ in their seeds.
package struct RepeatedFigure: Sendable, Equatable, Codable {
  /// The figure of each training.
  package let values: [Double]
  /// Their mean.
  package let mean: Double
  /// Their standard deviation (ddof 1); nil of a single one.
  package let standardDeviation: Double?

  enum CodingKeys: String, CodingKey {
    case values, mean
    case standardDeviation = "std"
  }

  /// The figure of at least one training.
  package init(_ values: [Double]) {
    precondition(!values.isEmpty, "at least one training")
    let mean = values.reduce(0, +) / Double(values.count)
    self.values = values
    self.mean = mean
    let squares = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    standardDeviation = values.count > 1 ? (squares / Double(values.count - 1)).squareRoot() : nil
  }
}

/// Errors of one way of training for one parameter, in the unit of the errors.
package struct ErrorSummary: Sendable, Equatable, Codable {
  /// Mean error.
  package let bias: RepeatedFigure
  /// Standard deviation (ddof 0) of the error.
  package let standardDeviation: RepeatedFigure
  /// Root mean square error.
  package let rootMeanSquare: RepeatedFigure
  /// Mean standard deviation less that of the reference; nil for the reference and where samples differ.
  package let standardDeviationDifference: ErrorStatistics.Figure?
  /// Mean root mean square error less that of the reference.
  package let rootMeanSquareDifference: ErrorStatistics.Figure?

  enum CodingKeys: String, CodingKey {
    case bias
    case standardDeviation = "std"
    case rootMeanSquare = "rmse"
    case standardDeviationDifference = "std_difference"
    case rootMeanSquareDifference = "rmse_difference"
  }
}

/// Compares ways of training on the same test samples, each trained several times.
///
/// Intervals are percentile bootstrap intervals over test samples, the same for all trainings, and over the trainings of each
/// way, so that neither the choice of samples nor a lucky training passes for a difference between ways. Of few trainings
/// the bootstrap sees less than their true spread: √(2/3) of it with three.
package struct ErrorComparison: Sendable {
  /// Number of resampled data sets.
  package let resamples: Int
  /// Probability mass of the intervals.
  package let confidence: Double
  private let key: StreamKey

  /// Intervals of mass `confidence` from `resamples` draws.
  package init(resamples: Int, confidence: Double, seed: UInt64) {
    self.resamples = resamples
    self.confidence = confidence
    key = StreamKey(seed: seed).derived(.bootstrap)
  }

  /// One summary for each way of training, the first of which is the reference.
  ///
  /// - Parameter errors: [way][training][sample], the same samples everywhere.
  package func summaries(of errors: [[[Double]]]) -> [ErrorSummary] {
    let whole = errors.map { $0.map { Moments($0, $0.indices) } }
    let differences = errors.count > 1 ? resampledDifferences(of: errors) : (deviation: [], square: [])
    return whole.indices.map { way in
      let bias = RepeatedFigure(whole[way].map(\.mean))
      let deviation = RepeatedFigure(whole[way].map(\.standardDeviation))
      let square = RepeatedFigure(whole[way].map(\.rootMeanSquare))
      func difference(
        _ value: RepeatedFigure, _ figure: (Moments) -> Double, _ resampled: [[Double]]
      ) -> ErrorStatistics.Figure? {
        way == 0 ? nil : interval(value.mean - mean(whole[0], figure), resampled.map { $0[way] })
      }
      return ErrorSummary(
        bias: bias, standardDeviation: deviation, rootMeanSquare: square,
        standardDeviationDifference: difference(deviation, \.standardDeviation, differences.deviation),
        rootMeanSquareDifference: difference(square, \.rootMeanSquare, differences.square))
    }
  }

  /// Means over trainings and samples of a quantity such as a loss, [resample][way] for values [way][training][sample].
  package func resampledMeans(of values: [[[Double]]]) -> [[Double]] {
    (0..<resamples).map { resample in
      let draw = Draw(key.derived(.bootstrap, UInt64(resample)), values)
      return zip(values, draw.trainings).map { way, trainings in
        let means = way.map { values in
          draw.samples.reduce(0) { $0 + values[$1] } / Double(draw.samples.count)
        }
        return draw.mean(means, trainings)
      }
    }
  }

  /// A value with the percentile interval of its resampled values.
  package func interval(_ value: Double, _ resampled: [Double]) -> ErrorStatistics.Figure {
    .init(value, resampled: resampled, confidence: confidence)
  }

  private func resampledDifferences(
    of errors: [[[Double]]]
  ) -> (deviation: [[Double]], square: [[Double]]) {
    var (deviations, squares): ([[Double]], [[Double]]) = ([], [])
    for resample in 0..<resamples {
      let draw = Draw(key.derived(.bootstrap, UInt64(resample)), errors)
      let moments = errors.map { $0.map { Moments($0, draw.samples) } }
      func differences(_ figure: (Moments) -> Double) -> [Double] {
        let means = zip(moments, draw.trainings).map { draw.mean($0.map(figure), $1) }
        return means.map { $0 - means[0] }
      }
      deviations.append(differences(\.standardDeviation))
      squares.append(differences(\.rootMeanSquare))
    }
    return (deviations, squares)
  }

  private func mean(_ moments: [Moments], _ figure: (Moments) -> Double) -> Double {
    moments.reduce(0) { $0 + figure($1) } / Double(moments.count)
  }
}

/// What a resample consists of.
private struct Draw {
  /// Test samples, the same for all trainings.
  let samples: [Int]
  /// Trainings of each way.
  let trainings: [[Int]]

  /// Draws with replacement as many as there are in `values` [way][training][sample].
  init(_ key: StreamKey, _ values: [[[Double]]]) {
    var stream = key.generator()
    let count = values[0][0].count
    samples = (0..<count).map { _ in stream.index(below: count) }
    trainings = values.map { way in way.map { _ in stream.index(below: way.count) } }
  }

  /// The mean over the trainings drawn.
  func mean(_ figures: [Double], _ trainings: [Int]) -> Double {
    trainings.reduce(0) { $0 + figures[$1] } / Double(trainings.count)
  }
}

/// Mean and spread of one (re)sampled set of errors.
private struct Moments {
  let mean, standardDeviation, rootMeanSquare: Double

  init(_ errors: [Double], _ indices: some Collection<Int>) {
    let n = Double(indices.count)
    var (sum, square) = (0.0, 0.0)
    for i in indices {
      sum += errors[i]
      square += errors[i] * errors[i]
    }
    let mean = sum / n
    self.mean = mean
    // Biases are small beside the spread, so that the difference of squares loses no digits that matter.
    standardDeviation = max(0, square / n - mean * mean).squareRoot()
    rootMeanSquare = (square / n).squareRoot()
  }
}
