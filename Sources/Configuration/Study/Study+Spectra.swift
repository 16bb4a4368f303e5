import FieldPotential
import RandomStreams
import SpectralAnalysis

extension Study {
  /// The places of the channels, in µm: those of the contacts, or between them where neighbours are subtracted.
  public var channels: [Contact] {
    configuration.measurement.reference.channels(between: configuration.kernel.contacts)
  }

  /// Welch spectra of what is recorded of an LFP, [channel][frequency] in mV²/Hz.
  ///
  /// - Parameter key: Names the noise of the recording, usually the sample's.
  public func spectra(of lfp: ChannelSeries, key: StreamKey) throws -> [Double] {
    let measurement = Measurement(configuration.measurement, contacts: lfp.channelCount, key: key)
    return try spectra(
      of: measurement.recorded(lfp.values, samplingRate: Self.samplingRate),
      channels: configuration.measurement.reference.channels(of: lfp.channelCount))
  }

  /// Welch spectra of signals [channel][sample], [channel][frequency] in mV²/Hz.
  package func spectra(of signals: [Double], channels: Int) throws -> [Double] {
    let count = signals.count / channels
    return try signals.withUnsafeBufferPointer { signals in
      try (0..<channels).flatMap {
        try welch.powerSpectralDensity(
          of: UnsafeBufferPointer(rebasing: signals[$0 * count..<($0 + 1) * count]))
      }
    }
  }
}

extension Reference {
  /// The places of the channels of some contacts, in µm.
  package func channels(between contacts: [Contact]) -> [Contact] {
    guard self == .bipolar else { return contacts }
    return zip(contacts, contacts.dropFirst()).map {
      Contact(x: ($0.x + $1.x) / 2, y: ($0.y + $1.y) / 2, z: ($0.z + $1.z) / 2)
    }
  }
}
