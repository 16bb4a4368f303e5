import Configuration
import HDF5Storage
import SimulationData
import SpectralAnalysis

/// Potentials of several channels at equal intervals.
struct Recording {
  private let values: [Double]
  private let channels: Int
  /// Samples per second.
  private let samplingRate: Double
  private let path: String

  /// Reads `/lfp` [channel, time] in mV and `/time` in ms; from a simulation the transient is left out.
  init(_ root: HDF5Group, channels: Int, path: String) throws {
    let lfp = try root.dataset("lfp")
    let shape = try lfp.shape
    let time: [Double] = try root.dataset("time").read()
    guard shape == [channels, time.count], time.count > 1, let first = time.first, let last = time.last,
      last > first
    else {
      throw DatasetError.inconsistent(
        file: path,
        reason: "/lfp has shape \(shape), expected [\(channels) channels, \(time.count) increasing times]")
    }
    samplingRate = 1000 * Double(time.count - 1) / (last - first)
    let transient =
      try root.attributes.contains("transient_ms") ? root.attributes.read("transient_ms", as: Double.self) : 0
    let skipped = time.prefix { $0 - first < transient }.count
    let all: [Double] = try lfp.read()
    values = (0..<channels).flatMap { all[($0 * time.count + skipped)..<(($0 + 1) * time.count)] }
    self.channels = channels
    self.path = path
    if let index = values.firstIndex(where: { !$0.isFinite }) {
      let (channel, sample) = index.quotientAndRemainder(dividingBy: values.count / channels)
      throw DatasetError.inconsistent(
        file: path,
        reason: "/lfp: channel \(channel), counted from 0, is not finite at \(time[skipped + sample]) ms"
      )
    }
  }

  private init(values: [Double], channels: Int, samplingRate: Double, path: String) {
    (self.values, self.channels, self.samplingRate, self.path) = (values, channels, samplingRate, path)
  }

  /// The same with channels measured against something else than a distant electrode.
  func measured(against reference: Reference) -> Recording {
    Recording(
      values: reference.applied(to: values, contacts: channels), channels: reference.channels(of: channels),
      samplingRate: samplingRate, path: path)
  }

  /// Welch spectra with segments as long, in ms, as configured: frequencies in Hz up to `highest`, and densities
  /// [channel][frequency]. A recording may be sampled faster than the model's training data.
  func spectra(
    _ configuration: WelchParameters, upTo highest: Double
  ) throws -> (frequencies: [Double], spectra: [Float]) {
    let length = values.count / channels
    let duration = 1000 * Double(length) / samplingRate
    guard duration >= Double(configuration.segment) * (1 - 1e-9) else {
      throw DatasetError.inconsistent(
        file: path,
        reason:
          "/lfp lasts \(duration) ms by /time (in ms) after the transient, expected one Welch segment of "
          + "\(configuration.segment) ms at least")
    }
    let welch = try Welch(configuration, samplingRate: samplingRate)
    let frequencies = Array(welch.frequencies.prefix { $0 <= highest * (1 + 1e-9) })
    let densities = try (0..<channels).flatMap { channel in
      try welch.powerSpectralDensity(of: Array(values[(channel * length)..<((channel + 1) * length)]))
        .prefix(frequencies.count)
    }
    return (frequencies, densities.map(Float.init))
  }
}
