extension SourceKernels {
  /// The field potential of single spikes: that of ``BinnedKernels/fieldPotential(excitatory:inhibitory:efficacy:relativeInhibition:after:)``
  /// with each neuron's own kernel.
  ///
  /// - Parameters:
  ///   - bins: Number of bins, of which whole samples are made.
  ///   - efficacy: J in mV.
  ///   - relativeInhibition: g.
  ///   - forEachSpike: calls its argument with the neuron and the bin of every spike.
  /// - Returns: Potentials in mV, [channel][sample].
  public func fieldPotential(
    bins: Int, efficacy: Double, relativeInhibition: Double,
    forEachSpike: ((_ neuron: Int, _ bin: Int) -> Void) -> Void
  ) -> ChannelSeries {
    let components = basis.count
    let length = channels * components
    // [bin][channel][component].
    var sums = [Double](repeating: 0, count: bins * length)
    sums.withUnsafeMutableBufferPointer { sums in
      amplitudes.withUnsafeBufferPointer { amplitudes in
        forEachSpike { neuron, bin in
          guard bin < bins else { return }
          let factor = neuron < network.excitatoryNeurons ? efficacy : relativeInhibition * efficacy
          let (from, to) = (neuron * length, bin * length)
          for i in 0..<length { sums[to + i] += factor * amplitudes[from + i] }
        }
      }
    }
    let samples = bins / binsPerSample
    let lags = basis.components.sampleCount
    var values = [Double](repeating: 0, count: channels * samples)
    for sample in 0..<samples {
      let bin = sample * binsPerSample + binsPerSample / 2
      for lag in 0...min(bin, lags - 1) {
        let start = (bin - lag) * length
        for component in 0..<components {
          let course = basis.components[component, lag]
          for channel in 0..<channels {
            values[channel * samples + sample] += course * sums[start + channel * components + component]
          }
        }
      }
    }
    return ChannelSeries(channelCount: channels, sampleCount: samples, values: values)
  }
}
