extension FieldKernels {
  /// The field potential of a simulated network with one sample per bin, see ``BinnedKernels``.
  public func fieldPotential(
    excitatory: [UInt32], inhibitory: [UInt32], efficacy: Double, relativeInhibition: Double,
    after transient: Int = 0
  ) -> ChannelSeries {
    binned.fieldPotential(
      excitatory: excitatory, inhibitory: inhibitory, efficacy: efficacy,
      relativeInhibition: relativeInhibition, after: transient)
  }
}

extension BinnedKernels {
  /// The field potential of a simulated network,
  ///
  ///     LFP[c, k] = Σ_m J·H_E[c, m]·n_E[b(k)-m] + g·J·H_I[c, m]·n_I[b(k)-m],
  ///
  /// where b(k) is the bin in the middle of sample k. The sum starts with the first bin: before it there were no spikes.
  /// Leave out as much as the kernels last at least when the simulation does not start from silence.
  /// - Parameters:
  ///   - excitatory: Spikes of the excitatory population per bin.
  ///   - inhibitory: Spikes of the inhibitory population per bin, as many bins.
  ///   - efficacy: J in mV.
  ///   - relativeInhibition: g.
  ///   - transient: Samples at the start whose potentials are not wanted; their spikes count.
  /// - Returns: Potentials in mV, [channel][sample], from `transient` on, ``delay`` samples late; the same kernels and
  ///   counts give the same bits on every machine.
  public func fieldPotential(
    excitatory: [UInt32], inhibitory: [UInt32], efficacy: Double, relativeInhibition: Double,
    after transient: Int = 0
  ) -> ChannelSeries {
    precondition(excitatory.count == inhibitory.count, "both histograms have the same bins")
    precondition(transient >= 0, "a transient is not negative")
    let phases = (0..<binsPerSample).map { Phase($0, of: self) }
    let counts = [excitatory, inhibitory].flatMap { histogram in
      phases.map { $0.counts(histogram, samples: histogram.count / binsPerSample) }
    }
    let taps =
      phases.map { $0.taps(self.excitatory, factor: efficacy) }
      + phases.map { $0.taps(self.inhibitory, factor: relativeInhibition * efficacy) }
    let samples = max(0, excitatory.count / binsPerSample - transient)
    let values = [Double](unsafeUninitializedCapacity: channelCount * samples) { values, count in
      for first in stride(from: 0, to: channelCount, by: ConvolutionTile.channels) {
        let channels = first..<min(first + ConvolutionTile.channels, channelCount)
        for start in stride(from: 0, to: samples, by: ConvolutionTile.bins) {
          var tile = ConvolutionTile()
          for (row, taps) in zip(counts, taps) {
            row.withUnsafeBufferPointer { row in
              taps.values.withUnsafeBufferPointer { values in
                tile.add(
                  row.baseAddress! + taps.lags + transient + start, values.baseAddress!, of: channels,
                  lags: taps.lags)
              }
            }
          }
          tile.store(
            channels, to: values.baseAddress! + start, bins: samples,
            count: min(ConvolutionTile.bins, samples - start))
        }
      }
      count = channelCount * samples
    }
    return ChannelSeries(channelCount: channelCount, sampleCount: samples, values: values)
  }
}

/// One of the interleaved parts of a histogram, every n-th bin, and the lags that lead there from a sample.
private struct Phase {
  /// Kernel lags first, first + n, … belong to the part.
  private let first: Int
  private let binsPerSample: Int
  /// Lags of the part.
  private let lags: Int

  init(_ first: Int, of kernels: BinnedKernels) {
    self.first = first
    binsPerSample = kernels.binsPerSample
    lags = (kernels.lagCount - first + binsPerSample - 1) / binsPerSample
  }

  /// The kernel at the lags of the part, times a factor.
  func taps(_ kernel: ChannelSeries, factor: Double) -> (values: [Double], lags: Int) {
    let values = (0..<kernel.channelCount).flatMap { channel in
      (0..<lags).map { factor * kernel[channel, first + $0 * binsPerSample] }
    }
    return (values, lags)
  }

  /// The counts that lag `first` meets in each sample, after zeros for all lags, before zeros for a whole tile.
  func counts(_ histogram: [UInt32], samples: Int) -> [Double] {
    var row = [Double](repeating: 0, count: lags + samples + ConvolutionTile.bins)
    for sample in 0..<samples {
      let bin = sample * binsPerSample + binsPerSample / 2 - first
      if bin >= 0 { row[lags + sample] = Double(histogram[bin]) }
    }
    return row
  }
}

/// Potentials of up to three channels in sixteen bins, as many as processors hold in registers while they add up.
private struct ConvolutionTile {
  static let channels = 3
  static let bins = 16

  private typealias Vector = SIMD8<Double>
  private typealias Row = (Vector, Vector)
  private var rows: (Row, Row, Row) = ((.zero, .zero), (.zero, .zero), (.zero, .zero))

  /// Adds Σ_m taps[c, m]·n[k-m] for the sixteen bins k from `counts` on, in the order of m in each.
  @inline(__always)
  mutating func add(
    _ counts: UnsafePointer<Double>, _ taps: UnsafePointer<Double>, of channels: Range<Int>, lags: Int
  ) {
    // Rows that are not wanted repeat the last channel.
    let last = channels.upperBound - 1
    let (x, y, z) = (
      taps + channels.lowerBound * lags, taps + min(channels.lowerBound + 1, last) * lags, taps + last * lags
    )
    var (a, b, c) = rows
    for lag in 0..<lags {
      let bins = UnsafeRawPointer(counts - lag)
      let n = (
        bins.loadUnaligned(as: Vector.self),
        bins.loadUnaligned(fromByteOffset: MemoryLayout<Vector>.size, as: Vector.self)
      )
      a.0 += x[lag] * n.0
      a.1 += x[lag] * n.1
      b.0 += y[lag] * n.0
      b.1 += y[lag] * n.1
      c.0 += z[lag] * n.0
      c.1 += z[lag] * n.1
    }
    rows = (a, b, c)
  }

  /// Stores the first `count` bins of the channels in rows of `bins` values.
  @inline(__always)
  func store(_ channels: Range<Int>, to values: UnsafeMutablePointer<Double>, bins: Int, count: Int) {
    withUnsafeBytes(of: rows) { rows in
      for (index, channel) in channels.enumerated() {
        let row = UnsafeMutableRawPointer(values + channel * bins)
        row.copyMemory(
          from: rows.baseAddress! + index * MemoryLayout<Row>.size,
          byteCount: count * MemoryLayout<Double>.stride)
      }
    }
  }
}
