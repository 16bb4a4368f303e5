extension FieldKernels {
  /// The field potential of a simulated network,
  ///
  ///     LFP[c, k] = Σ_m J·H_E[c, m]·n_E[k-m] + g·J·H_I[c, m]·n_I[k-m].
  ///
  /// The sum starts with the first bin: before it there were no spikes. Leave out the first `lagCount` samples
  /// at least when the simulation does not start from silence.
  /// - Parameters:
  ///   - excitatory: Spikes of the excitatory population per bin.
  ///   - inhibitory: Spikes of the inhibitory population per bin, as many bins.
  ///   - efficacy: J in mV.
  ///   - relativeInhibition: g.
  /// - Returns: Potentials in mV, [channel][bin], in the middle of every bin; the same kernels and counts give the same bits
  ///   on every machine.
  public func fieldPotential(
    excitatory: [UInt32], inhibitory: [UInt32], efficacy: Double, relativeInhibition: Double
  ) -> ChannelSeries {
    precondition(excitatory.count == inhibitory.count, "both histograms have the same bins")
    let counts = [
      PaddedHistogram(excitatory, history: lagCount), PaddedHistogram(inhibitory, history: lagCount),
    ]
    let kernels = [
      self.excitatory.values.map { efficacy * $0 },
      self.inhibitory.values.map { relativeInhibition * efficacy * $0 },
    ]
    let bins = excitatory.count
    var values = [Double](repeating: 0, count: channelCount * bins)
    for channel in 0..<channelCount {
      let taps = kernels.map { $0[channel * lagCount..<(channel + 1) * lagCount] }
      for start in stride(from: 0, to: bins, by: 8) {
        var sum = SIMD8<Double>.zero
        for (histogram, taps) in zip(counts, taps) {
          histogram.addConvolution(of: taps, at: start, to: &sum)
        }
        for lane in 0..<min(8, bins - start) { values[channel * bins + start + lane] = sum[lane] }
      }
    }
    return ChannelSeries(channelCount: channelCount, sampleCount: bins, values: values)
  }
}

/// Spike counts with zeros before the first bin, and after the last up to a whole number of vectors.
private struct PaddedHistogram {
  private let values: [Double]
  private let history: Int

  init(_ counts: [UInt32], history: Int) {
    self.history = history
    values =
      [Double](repeating: 0, count: history) + counts.map(Double.init) + [Double](repeating: 0, count: 7)
  }

  /// Adds Σ_m taps[m]·n[k-m] for the eight bins k from `start`, in the order of m in each.
  @inline(__always)
  func addConvolution(of taps: ArraySlice<Double>, at start: Int, to sum: inout SIMD8<Double>) {
    values.withUnsafeBytes { values in
      taps.withUnsafeBufferPointer { taps in
        var total = sum
        var offset = (history + start) * MemoryLayout<Double>.stride
        for tap in taps {
          total += tap * values.loadUnaligned(fromByteOffset: offset, as: SIMD8<Double>.self)
          offset -= MemoryLayout<Double>.stride
        }
        sum = total
      }
    }
  }
}
