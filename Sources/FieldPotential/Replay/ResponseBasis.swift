import Numerics

/// The time courses of the modes of both populations' cells as sums of a few: fast modes all look alike.
package struct ResponseBasis {
  /// The few, by bin, filtered as the potential is; [component][lag].
  package let components: ChannelSeries
  /// What each mode of the excitatory and of the inhibitory cells is of them, [mode][component].
  package let excitatory, inhibitory: [Double]

  /// Number of components.
  package var count: Int { components.channelCount }

  /// What is smaller than this share of the largest component is left out, of squares.
  private static let negligible = 1e-15

  /// The courses of the cells' modes after one spike.
  package init(
    excitatory: PassiveCable, inhibitory: PassiveCable, parameters: KernelParameters, delay: Double,
    binsPerSample: Int, filter: [Double]
  ) throws(KernelError) {
    let times = parameters.fineTimes(delay: delay)
    func binned(_ cable: PassiveCable) -> ChannelSeries {
      FieldKernels.binned(
        ChannelSeries(
          channelCount: cable.count, sampleCount: times.count, values: cable.modeResponses(at: times)),
        perSample: binsPerSample, filter: filter, parameters)
    }
    let courses = [binned(excitatory), binned(inhibitory)]
    let lags = courses[0].sampleCount
    // Each course counts by its shape: what a mode of small size drives can be large.
    var gram = [Double](repeating: 0, count: lags * lags)
    for series in courses {
      for mode in 0..<series.channelCount {
        let course = Array(series[channel: mode])
        let size = course.reduce(0) { $0 + $1 * $1 }
        guard size > 0 else { continue }
        for i in 0..<lags where course[i] != 0 {
          for j in 0...i { gram[i * lags + j] += course[i] * course[j] / size }
        }
      }
    }
    let system: SymmetricEigensystem
    do { system = try SymmetricEigensystem(Matrix(rows: lags, columns: lags, gram)) } catch {
      throw .eigensolverFailed(error.info)
    }
    let least = Self.negligible * (system.values.last ?? 0)
    let kept = (0..<lags).reversed().prefix { system.values[$0] > least }
    let vectors = kept.flatMap { row in (0..<lags).map { system.vectors[row, $0] } }
    components = ChannelSeries(channelCount: kept.count, sampleCount: lags, values: vectors)
    let shares = courses.map { series in
      (0..<series.channelCount).flatMap { mode in
        (0..<kept.count).map { component in
          (0..<lags).reduce(0) { $0 + series[mode, $1] * vectors[component * lags + $1] }
        }
      }
    }
    (self.excitatory, self.inhibitory) = (shares[0], shares[1])
  }
}
