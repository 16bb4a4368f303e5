/// Kernels per bin of a spike histogram, and the potential that follows from both.
///
/// With bins finer than the samples of the potential, the kernels hold the filter of an acquisition system too: what is
/// computed is the potential in every bin, filtered, of which every ``binsPerSample``-th value is kept.
public struct BinnedKernels: Sendable {
  /// Bins from one sample of the potential to the next.
  public let binsPerSample: Int
  /// Response to a spike of an excitatory neuron with J = 1 mV, [channel][lag in bins], in mV.
  public let excitatory: ChannelSeries
  /// Response to a spike of an inhibitory neuron with g·J = 1 mV; its currents are already negative.
  public let inhibitory: ChannelSeries
  /// Samples by which the filter delays the potential.
  public let delay: Int

  /// Number of contacts.
  public var channelCount: Int { excitatory.channelCount }
  /// Number of lags, one per bin.
  public var lagCount: Int { excitatory.sampleCount }
}

extension FieldKernels {
  /// Kernels for one sample per bin, without a filter.
  public var binned: BinnedKernels {
    BinnedKernels(binsPerSample: 1, excitatory: excitatory, inhibitory: inhibitory, delay: 0)
  }

  /// Kernels for bins that are finer than the kernels' own by a whole factor.
  ///
  /// - Parameters:
  ///   - count: Bins per sample, a divisor of the steps of the fine grid per sample.
  ///   - filter: Impulse response of the filter before decimation, by lag in bins, with an odd number of taps; the filter
  ///     only looks back.
  public func binned(perSample count: Int, filter: [Double]) -> BinnedKernels {
    BinnedKernels(
      binsPerSample: count,
      excitatory: Self.binned(fineExcitatory, perSample: count, filter: filter, parameters),
      inhibitory: Self.binned(fineInhibitory, perSample: count, filter: filter, parameters),
      delay: filter.count / 2 / count)
  }

  /// Fine responses by bin, filtered.
  static func binned(
    _ fine: ChannelSeries, perSample count: Int, filter: [Double], _ parameters: KernelParameters
  ) -> ChannelSeries {
    precondition(parameters.stepsPerBin.isMultiple(of: count), "bins that the fine grid divides")
    precondition((filter.count / 2).isMultiple(of: count), "a filter that delays by whole samples")
    return binMeans(fine, steps: parameters.stepsPerBin / count).convolved(with: filter)
  }

  /// The mean over one bin of `steps` fine steps around every whole bin, by the trapezoidal rule for even numbers of
  /// steps and by the midpoint rule for odd ones. Before the spike the kernel is zero.
  package static func binMeans(_ fine: ChannelSeries, steps: Int) -> ChannelSeries {
    let lags = fine.sampleCount / steps
    var values: [Double] = []
    for channel in 0..<fine.channelCount {
      for lag in 0..<lags {
        let centre = lag * steps
        var sum = 0.0
        for step in max(0, centre - steps / 2)...centre + steps / 2 where step < fine.sampleCount {
          let isEnd = steps.isMultiple(of: 2) && abs(step - centre) == steps / 2
          sum += (isEnd ? 0.5 : 1) * fine[channel, step]
        }
        values.append(sum / Double(steps))
      }
    }
    return ChannelSeries(channelCount: fine.channelCount, sampleCount: lags, values: values)
  }
}

extension ChannelSeries {
  /// The full convolution of every channel with an impulse response.
  fileprivate func convolved(with response: [Double]) -> ChannelSeries {
    let count = sampleCount + response.count - 1
    var result = [Double](repeating: 0, count: channelCount * count)
    for channel in 0..<channelCount {
      for (index, value) in self[channel: channel].enumerated() {
        for (lag, tap) in response.enumerated() { result[channel * count + index + lag] += value * tap }
      }
    }
    return ChannelSeries(channelCount: channelCount, sampleCount: count, values: result)
  }
}
