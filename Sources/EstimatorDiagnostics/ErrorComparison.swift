import RandomStreams
import Statistics

/// Errors of one way of training for one parameter, in the unit of the errors.
package struct ErrorSummary: Sendable, Equatable, Codable {
  /// Mean error.
  package let bias: RepeatedMeasurement
  /// Standard deviation (ddof 0) of the error.
  package let standardDeviation: RepeatedMeasurement
  /// Root mean square error.
  package let rootMeanSquare: RepeatedMeasurement
  /// Mean standard deviation less that of the reference; nil for the reference and where samples differ.
  package let standardDeviationDifference: IntervalEstimate?
  /// Mean root mean square error less that of the reference.
  package let rootMeanSquareDifference: IntervalEstimate?

  enum CodingKeys: String, CodingKey {
    case bias
    case standardDeviation = "std"
    case rootMeanSquare = "rmse"
    case standardDeviationDifference = "std_difference"
    case rootMeanSquareDifference = "rmse_difference"
  }
}

/// Comparisons of ways of training on the same test samples, each trained several times.
///
/// Intervals are over test samples, the same for all trainings, and over the trainings of each way, so that neither the
/// choice of samples nor a lucky training passes for a difference between ways. Of few trainings the bootstrap sees less
/// than their true spread: √(2/3) of it with three.
extension Bootstrap {
  /// One summary for each way of training, the first of which is the reference.
  ///
  /// - Parameter errors: [way][training][sample], the same samples everywhere.
  package func errorSummaries(of errors: [[[Double]]]) -> [ErrorSummary] {
    let whole = errors.map { $0.map { Moments($0) } }
    let resampled = errors.count > 1 ? resampledMoments(of: errors) : []
    return whole.indices.map { way in
      func measured(_ value: (Moments) -> Double) -> RepeatedMeasurement {
        RepeatedMeasurement(whole[way].map(value))
      }
      func difference(_ value: (Moments) -> Double) -> IntervalEstimate? {
        guard way > 0 else { return nil }
        return interval(
          mean(whole[way], value) - mean(whole[0], value),
          resampled.map { mean($0[way], value) - mean($0[0], value) })
      }
      return ErrorSummary(
        bias: measured(\.mean), standardDeviation: measured(\.standardDeviation),
        rootMeanSquare: measured(\.rootMeanSquare),
        standardDeviationDifference: difference(\.standardDeviation),
        rootMeanSquareDifference: difference(\.rootMeanSquare))
    }
  }

  /// Means over trainings and samples of a quantity such as a loss, [resample][way] for values [way][training][sample].
  package func resampledMeans(of values: [[[Double]]]) -> [[Double]] {
    resampledMoments(of: values).map { $0.map { mean($0, \.mean) } }
  }

  /// [resample][way][training drawn], all over the samples drawn.
  private func resampledMoments(of values: [[[Double]]]) -> [[[Moments]]] {
    resampled { stream in
      let samples = stream.resample(of: values[0][0].count)
      return values.map { way in stream.resample(of: way.count).map { Moments(way[$0], at: samples) } }
    }
  }

  private func mean(_ trainings: [Moments], _ value: (Moments) -> Double) -> Double {
    trainings.reduce(0) { $0 + value($1) } / Double(trainings.count)
  }
}
