/// Convolutions of the spikes of up to eight networks, one in each lane of a vector.
///
/// Lanes do not see each other: a network's potential has the same bits in every lane and beside any others.
struct LaneConvolution {
  typealias Lanes = SIMD8<Double>

  /// One network: spikes per bin of each population, and what each adds to the potential, [channel][lag].
  struct Network {
    let counts: [ArraySlice<UInt32>]
    let taps: [[Double]]
  }

  /// Bins whose sums are in registers at a time.
  private static let tile = 4

  private let bins: Int
  private let lags: Int
  /// [population][bin], with zeros for all lags before the first bin and for a tile after the last.
  private let counts: [Lanes]
  private let rowLength: Int
  /// [channel][population][lag].
  private let taps: [Lanes]
  private let populations: Int

  /// Networks with as many bins, populations, channels and lags.
  init(_ networks: [Network], bins: Int, lags: Int) {
    precondition((1...Lanes.scalarCount).contains(networks.count), "one network per lane")
    populations = networks[0].counts.count
    let rowLength = lags + bins + Self.tile
    var counts = [Lanes](repeating: .zero, count: populations * rowLength)
    var taps = [Lanes](repeating: .zero, count: networks[0].taps.reduce(0) { $0 + $1.count })
    for (lane, network) in networks.enumerated() {
      counts.withUnsafeMutableBytes { counts in
        let values = counts.bindMemory(to: Double.self)
        for (population, spikes) in network.counts.enumerated() {
          precondition(spikes.count == bins, "one count per bin")
          var index = (population * rowLength + lags) * Lanes.scalarCount + lane
          for count in spikes {
            values[index] = Double(count)
            index += Lanes.scalarCount
          }
        }
      }
      for (population, kernel) in network.taps.enumerated() {
        for (index, tap) in kernel.enumerated() {
          let (channel, lag) = index.quotientAndRemainder(dividingBy: lags)
          taps[(channel * populations + population) * lags + lag][lane] = tap
        }
      }
    }
    (self.bins, self.lags, self.counts, self.rowLength, self.taps) = (bins, lags, counts, rowLength, taps)
  }

  /// Potentials of two channels from a bin on, Σ_p Σ_m taps[c, p, m]·n[p, k-m] in this order.
  func potentials(of channels: (Int, Int), from start: Int) -> ([Lanes], [Lanes]) {
    let count = bins - start
    let padded = (count + Self.tile - 1) / Self.tile * Self.tile
    var second: [Lanes] = []
    let first = [Lanes](unsafeUninitializedCapacity: padded) { first, firstCount in
      second = [Lanes](unsafeUninitializedCapacity: padded) { second, secondCount in
        counts.withUnsafeBufferPointer { counts in
          taps.withUnsafeBufferPointer { taps in
            for bin in stride(from: 0, to: count, by: Self.tile) {
              addTile(
                counts.baseAddress! + lags + start + bin,
                (taps.baseAddress! + channels.0 * populations * lags, taps.baseAddress! + channels.1 * populations * lags),
                to: (first.baseAddress! + bin, second.baseAddress! + bin))
            }
          }
        }
        secondCount = count
      }
      firstCount = count
    }
    return (first, second)
  }

  /// Potentials of two channels in four bins.
  @inline(__always)
  private func addTile(
    _ counts: UnsafePointer<Lanes>, _ taps: (UnsafePointer<Lanes>, UnsafePointer<Lanes>),
    to values: (UnsafeMutablePointer<Lanes>, UnsafeMutablePointer<Lanes>)
  ) {
    var (a0, a1, a2, a3) = (Lanes.zero, Lanes.zero, Lanes.zero, Lanes.zero)
    var (b0, b1, b2, b3) = (Lanes.zero, Lanes.zero, Lanes.zero, Lanes.zero)
    for population in 0..<populations {
      let n = counts + population * rowLength
      let (a, b) = (taps.0 + population * lags, taps.1 + population * lags)
      for lag in 0..<lags {
        let (n0, n1, n2, n3) = (n[-lag], n[1 - lag], n[2 - lag], n[3 - lag])
        a0 += a[lag] * n0
        a1 += a[lag] * n1
        a2 += a[lag] * n2
        a3 += a[lag] * n3
        b0 += b[lag] * n0
        b1 += b[lag] * n1
        b2 += b[lag] * n2
        b3 += b[lag] * n3
      }
    }
    (values.0[0], values.0[1], values.0[2], values.0[3]) = (a0, a1, a2, a3)
    (values.1[0], values.1[1], values.1[2], values.1[3]) = (b0, b1, b2, b3)
  }
}
