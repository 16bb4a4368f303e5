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
  ///   - transient: Bins at the start whose potentials are not wanted; their spikes count.
  /// - Returns: Potentials in mV, [channel][bin], in the middle of every bin from `transient` on; the same kernels and
  ///   counts give the same bits on every machine.
  public func fieldPotential(
    excitatory: [UInt32], inhibitory: [UInt32], efficacy: Double, relativeInhibition: Double,
    after transient: Int = 0
  ) -> ChannelSeries {
    precondition(excitatory.count == inhibitory.count, "both histograms have the same bins")
    precondition(transient >= 0, "a transient is not negative")
    // One row per population: zeros before the first bin, for all lags, and after the last, for a whole tile.
    let row = lagCount + excitatory.count + ConvolutionTile.bins
    var counts = [Double](repeating: 0, count: 2 * row)
    for bin in excitatory.indices {
      counts[lagCount + bin] = Double(excitatory[bin])
      counts[row + lagCount + bin] = Double(inhibitory[bin])
    }
    let taps =
      self.excitatory.values.map { efficacy * $0 }
      + self.inhibitory.values.map { relativeInhibition * efficacy * $0 }
    let bins = max(0, excitatory.count - transient)
    let values = [Double](unsafeUninitializedCapacity: channelCount * bins) { values, count in
      counts.withUnsafeBufferPointer { counts in
        taps.withUnsafeBufferPointer { taps in
          for first in stride(from: 0, to: channelCount, by: ConvolutionTile.channels) {
            let channels = first..<min(first + ConvolutionTile.channels, channelCount)
            for start in stride(from: 0, to: bins, by: ConvolutionTile.bins) {
              var tile = ConvolutionTile()
              for population in 0..<2 {
                tile.add(
                  counts.baseAddress! + population * row + lagCount + transient + start,
                  taps.baseAddress! + population * channelCount * lagCount, of: channels, lags: lagCount)
              }
              tile.store(
                channels, to: values.baseAddress! + start, bins: bins,
                count: min(ConvolutionTile.bins, bins - start))
            }
          }
        }
      }
      count = channelCount * bins
    }
    return ChannelSeries(channelCount: channelCount, sampleCount: bins, values: values)
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
