/// Spectra of sums of filtered counts, y[c] = Σ_p h[c, p] ∗ (a[p]·n[p]), by Welch's method.
///
/// Filters are applied by Fourier transforms of overlapping blocks (overlap-save), to eight sets of counts side by side.
/// Sets do not see each other: each gives the same bits beside any others and on every instruction set. Signals before the
/// first count are zero.
///
/// One value may be used from several threads at once.
public struct FilteredSpectra: Sendable {
  /// Counts n at equal intervals, and a factor a.
  public struct ScaledCounts {
    let counts: UnsafeBufferPointer<UInt32>
    let scale: Double

    /// The pointer must stay valid.
    public init(_ counts: UnsafeBufferPointer<UInt32>, scale: Double) {
      self.counts = counts
      self.scale = scale
    }
  }

  /// Estimates the spectra.
  public let welch: Welch
  /// Counts in a set's signals.
  public let sampleCount: Int
  /// Samples of y at the start that the spectra leave out.
  public let transient: Int
  /// Channels c.
  public var channelCount: Int { filters.count }

  private let lags: Int
  private let used: Int
  private let transform: LaneFourierTransform
  /// The filters' coefficients divided by the length of a block, [channel][input][frequency].
  private let filters: [[[Complex]]]

  /// Prepares filters.
  ///
  /// - Parameters:
  ///   - filters: h, [channel][input][lag], all with the same number of inputs and lags.
  ///   - sampleCount: Number of counts.
  ///   - transient: Samples of y that the spectra leave out.
  ///   - welch: Estimates the spectra.
  /// - Throws: ``WelchError/signalTooShort(samples:segmentLength:)``.
  public init(
    _ filters: [[[Double]]], sampleCount: Int, transient: Int, welch: Welch
  ) throws(WelchError) {
    self.welch = welch
    self.sampleCount = sampleCount
    self.transient = transient
    used = try welch.usedSamples(of: sampleCount - transient)
    lags = filters.first?.first?.count ?? 1
    let length = Self.blockLength(lags: lags, samples: used)
    let transform = LaneFourierTransform(length: length)
    self.transform = transform
    self.filters = filters.map { channel in
      channel.map { filter in
        var z = [LaneComplex](repeating: .zero, count: length)
        for (lag, tap) in filter.enumerated() { z[lag].real = Lanes(repeating: tap / Double(length)) }
        z.withUnsafeMutableBufferPointer { transform.transform($0.baseAddress!) }
        return transform.positions.map { Complex(real: z[$0].real[0], imaginary: z[$0].imaginary[0]) }
      }
    }
  }

  /// The length of blocks that takes least time: short ones repeat more of the last one, long ones fit in no cache.
  private static func blockLength(lags: Int, samples: Int) -> Int {
    let lengths = (max(16, 2 * lags)...max(32, 8 * lags)).filter { length in
      var rest = length
      for prime in [2, 3, 5] { while rest % prime == 0 { rest /= prime } }
      return rest == 1
    }
    func work(_ length: Int) -> Int {
      let pair = 2 * (length - lags + 1)
      return (samples + pair - 1) / pair * length
    }
    return lengths.min { work($0) < work($1) }!
  }

  /// Samples of y that one block gives.
  private var blockStep: Int { transform.length - lags + 1 }

  /// One-sided densities, [channel][frequency], of each of any number of sets of counts, [set][input].
  public func densities(of sets: [[ScaledCounts]]) -> [[Double]] {
    let pairs = (used + 2 * blockStep - 1) / (2 * blockStep)
    let inputs = filters.first?.count ?? 0
    let rowLength = 2 * pairs * blockStep
    var results: [[Double]] = []
    withUnsafeTemporaryAllocation(of: LaneComplex.self, capacity: (inputs + 1) * transform.length) { blocks in
      withUnsafeTemporaryAllocation(of: Lanes.self, capacity: channelCount * rowLength) { potentials in
        let product = blocks.baseAddress! + inputs * transform.length
        for first in stride(from: 0, to: sets.count, by: Lanes.scalarCount) {
          let lanes = sets[first..<min(first + Lanes.scalarCount, sets.count)]
          for pair in 0..<pairs {
            let start = 2 * pair * blockStep
            for input in 0..<inputs {
              let z = blocks.baseAddress! + input * transform.length
              load(lanes.map { $0[input] }, from: transient + start - lags + 1, into: z)
              transform.transform(z)
            }
            for channel in 0..<channelCount {
              multiply(blocks.baseAddress!, filters[channel], into: product)
              transform.transform(product)
              store(product, at: potentials.baseAddress! + channel * rowLength + start)
            }
          }
          let spectra = (0..<channelCount).flatMap { densities(of: potentials.baseAddress! + $0 * rowLength) }
          for lane in lanes.indices { results.append(spectra.map { $0[lane - first] }) }
        }
      }
    }
    return results
  }

  private func densities(of row: UnsafePointer<Lanes>) -> [Lanes] {
    do {
      return try welch.densities(sampleCount: used) { start, values in
        for n in 0..<welch.segmentLength { values[2 * n] = row[start + n] }
      }
    } catch { preconditionFailure("the number of samples was checked") }
  }

  /// Takes a block from `start` and the next one as real and imaginary parts: a real filter keeps them apart.
  private func load(_ sets: [ScaledCounts], from start: Int, into z: UnsafeMutablePointer<LaneComplex>) {
    z.update(repeating: .zero, count: transform.length)
    let values = UnsafeMutableRawPointer(z).assumingMemoryBound(to: Double.self)
    for (lane, set) in sets.enumerated() {
      precondition(set.counts.count == sampleCount, "every signal has the same number of counts")
      for part in 0..<2 {
        let first = start + part * blockStep
        let target = values + part * Lanes.scalarCount + lane
        for n in max(0, -first)..<max(0, -first, min(transform.length, sampleCount - first)) {
          target[n * 2 * Lanes.scalarCount] = set.scale * Double(set.counts[first + n])
        }
      }
    }
  }

  /// The conjugate of Σ_p h[p]·x[p], so that another transform goes back.
  private func multiply(
    _ spectra: UnsafePointer<LaneComplex>, _ filters: [[Complex]],
    into product: UnsafeMutablePointer<LaneComplex>
  ) {
    transform.positions.withUnsafeBufferPointer { positions in
      for (input, filter) in filters.enumerated() {
        let spectrum = spectra + input * transform.length
        filter.withUnsafeBufferPointer { filter in
          for k in 0..<positions.count {
            let term = (spectrum[positions[k]] * filter[k]).conjugate
            product[k] = input == 0 ? term : product[k] + term
          }
        }
      }
    }
  }

  /// Puts what is valid of two filtered blocks in order.
  private func store(_ product: UnsafePointer<LaneComplex>, at row: UnsafeMutablePointer<Lanes>) {
    transform.positions.withUnsafeBufferPointer { positions in
      for n in 0..<blockStep {
        let z = product[positions[n + lags - 1]]
        row[n] = z.real
        row[n + blockStep] = -z.imaginary
      }
    }
  }
}
