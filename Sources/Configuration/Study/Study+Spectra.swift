import FieldPotential

extension Study {
  /// Welch spectra of an LFP from sample `transient` on, [channel][frequency] in mV²/Hz.
  public func spectra(of lfp: ChannelSeries, after transient: Int = 0) throws -> [Double] {
    try (0..<lfp.channelCount).flatMap {
      try welch.powerSpectralDensity(of: Array(lfp[channel: $0].dropFirst(transient)))
    }
  }
}
