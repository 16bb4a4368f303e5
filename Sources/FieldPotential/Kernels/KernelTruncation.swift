/// What kernels lose because they are cut off after a number of lags.
public struct KernelTruncation: Sendable, Equatable {
  /// The share of a kernel that may be left out, as the integral of its magnitude.
  public static let tolerance = 0.01

  /// Shares that are left out, the least and the greatest over channels and populations.
  public let lost: ClosedRange<Double>
  /// Lags, in bins, with which no share exceeds the tolerance.
  public let sufficientLags: Int

  /// Whether a share exceeds the tolerance.
  public var isSevere: Bool { lost.upperBound > Self.tolerance }

  /// - Parameters:
  ///   - kernels: of both populations, on the fine grid.
  ///   - tails: how they would go on, by bins.
  init(_ kernels: [ChannelSeries], tails: [ChannelSeries], parameters: KernelParameters) {
    var shares: [Double] = []
    var needed = 1
    for (kernel, tail) in zip(kernels, tails) {
      for channel in 0..<kernel.channelCount {
        let fine = kernel[channel: channel].map { abs($0) / Double(parameters.stepsPerBin) }
        let bins =
          stride(from: 0, to: fine.count, by: parameters.stepsPerBin).map {
            fine[$0..<$0 + parameters.stepsPerBin].reduce(0, +)
          } + tail[channel: channel].map { abs($0) }
        let total = bins.reduce(0, +)
        // A population that is left out loses nothing.
        guard total > 0 else { continue }
        shares.append(bins.dropFirst(kernel.sampleCount / parameters.stepsPerBin).reduce(0, +) / total)
        var rest = 0.0
        let firstNeeded = bins.lastIndex {
          rest += $0
          return rest > Self.tolerance * total
        }
        needed = max(needed, (firstNeeded ?? 0) + 1)
      }
    }
    lost = (shares.min() ?? 0)...(shares.max() ?? 0)
    sufficientLags = needed
  }
}
