import FieldPotential
import Foundation
import HDF5Storage
import SimulationData
import SpectralAnalysis

/// A recording in this package's HDF5 layout: `/lfp` [channel, time] with `/time` or a sampling rate, or `/psd` with
/// `/frequency`, and the contacts' `/channel_depth`.
public struct BrunelFile: RecordingFormat {
  /// What messages call it.
  public static let name = "an HDF5 file of this program"
  /// Unit and rate, which must not contradict the file.
  public static let options: Set<RecordingOption> = [.samplingRate, .unit]

  private let root: HDF5Group
  /// Path of the file.
  public let path: String
  /// What the channels are measured against, as the file says; a distant electrode, if it says nothing.
  public let reference: Reference

  /// Any HDF5 file: what it lacks is said where it is missed.
  public static func recognises(_ source: RecordingSource, options: RecordingOptions) -> Bool {
    source.hdf5 != nil
  }

  /// The file of a source.
  ///
  /// - Throws: `HDF5Error`, ``RecordingError`` for a reference of no known name.
  public init(_ source: RecordingSource) throws {
    guard let file = source.hdf5 else { throw HDF5Error.notHDF5(file: source.path) }
    try self.init(file)
  }

  /// An open file.
  ///
  /// - Throws: `HDF5Error`, ``RecordingError`` for a reference of no known name.
  public init(_ file: HDF5File) throws {
    root = file.root
    path = file.path
    guard try root.attributes.contains("reference") else {
      reference = .none
      return
    }
    let name = try root.attributes.read("reference", as: String.self)
    guard let known = Reference(rawValue: name) else {
      throw RecordingError(
        file: path, "/@reference", "is \"\(name)\", expected one of none, average, bipolar")
    }
    reference = known
  }

  /// The bins that the spikes of a simulation were counted in, in ms; nil if the file does not say.
  public var bin: Double? {
    get throws {
      guard try root.attributes.contains("bin_ms") else { return nil }
      return try root.attributes.read("bin_ms", as: Double.self)
    }
  }

  /// Whether there are potentials.
  public var hasPotentials: Bool { get throws { try root.contains("lfp") } }
  /// Whether there are spectra.
  public var hasSpectra: Bool { get throws { try root.contains("psd") } }

  /// The contacts; x and y are those of `known`, if the file has as many depths and nothing else.
  public func contacts(assuming known: [Contact]) throws -> [Contact] {
    var contacts = try root.contacts(assuming: known)
    for (name, component) in [
      ("channel_depth", \Contact.z), ("channel_x", \.x), ("channel_y", \.y),
    ] where try root.contains(name) {
      let values = try root.dataset(name).physicalValues(.length, file: path)
      for (index, value) in values.enumerated() where index < contacts.count {
        contacts[index][keyPath: component] = value
      }
    }
    return contacts
  }

  /// The potentials, without what a simulation needs to settle.
  public func series(_ options: RecordingOptions, expecting known: [Contact]) throws -> RecordingSeries {
    let contacts = try contacts(assuming: known)
    let dataset = try root.dataset("lfp")
    let shape = try dataset.shape
    guard shape.count == 2, shape.contains(contacts.count) else {
      throw RecordingError(
        file: path, "/lfp",
        "has shape \(shape), expected [\(contacts.count) channels, time] as there are \(contacts.count) depths"
      )
    }
    if case .integer = try dataset.elementType, options.unit == nil,
      try !["units", "unit", "scale_factor"].contains(where: dataset.attributes.contains)
    {
      throw RecordingError(
        file: path, "/lfp", "holds integers, expected attributes units and scale_factor, or --unit")
    }
    let orientation = shape[0] == contacts.count ? Orientation.channelsFirst : .samplesFirst
    let time = try timeAxis(of: dataset, samples: orientation == .channelsFirst ? shape[1] : shape[0])
    try time.requireAgreeing(with: options.samplingRate, file: path, place: "/lfp")
    let matrix = try HDF5Matrix(
      dataset, orientation, scaling: dataset.scaling(.potential, named: options.unit, file: path))
    return RecordingSeries(
      file: path, place: "/lfp", channels: contacts.count, samples: matrix.samples, time: time,
      placement: .contacts(contacts), reference: reference, settled: try settlingTime,
      read: { try matrix.values(channels: $0, samples: $1) })
  }

  /// When a simulation's transient has passed: potentials lag by the filter before sampling.
  private var settlingTime: Double? {
    get throws {
      guard try root.attributes.contains("transient_ms") else { return nil }
      let transient: Double = try root.attributes.read("transient_ms")
      let delay: Double =
        try root.attributes.contains("filter_delay_ms") ? root.attributes.read("filter_delay_ms") : 0
      return transient - delay
    }
  }

  private func timeAxis(of lfp: HDF5Dataset, samples: Int) throws -> TimeAxis {
    for attributes in [lfp.attributes, root.attributes] where try attributes.contains("sampling_rate_Hz") {
      let rate: Double = try attributes.read("sampling_rate_Hz")
      guard rate > 0, rate.isFinite else {
        throw RecordingError(file: path, "@sampling_rate_Hz", "is \(rate), expected a positive number")
      }
      return TimeAxis(start: 0, samplingRate: rate)
    }
    let times = try root.dataset("time").physicalValues(.time, file: path)
    guard times.count == samples else {
      throw RecordingError(
        file: path, "/time", "has \(times.count) times, expected one for each of \(samples) samples of /lfp")
    }
    return try TimeAxis(times, file: path, place: "/time")
  }

  /// Frequencies in Hz.
  public func frequencies() throws -> [Double] {
    try root.dataset("frequency").physicalValues(.frequency, file: path)
  }

  /// Densities in mV²/Hz, [spectrum][channel][frequency], of one spectrum or several.
  public func spectra(channels: Int) throws -> [Double] {
    let dataset = try root.dataset("psd")
    let shape = try dataset.shape
    let frequencies = try frequencies().count
    guard shape.count == 2 || shape.count == 3, Array(shape.suffix(2)) == [channels, frequencies] else {
      throw RecordingError(
        file: path, "/psd",
        "has shape \(shape), expected [\(channels), \(frequencies)] or [samples, \(channels), \(frequencies)]"
      )
    }
    let spectra = try dataset.physicalValues(.density, file: path)
    func place(_ index: Int) -> String {
      let sample = shape.count == 3 ? "sample \(index / (channels * frequencies)), " : ""
      return
        "\(sample)channel \(index / frequencies % channels), frequency \(index % frequencies), counted from 0,"
    }
    if let index = spectra.firstIndex(where: { !($0 >= 0 && $0.isFinite) }) {
      let hint = spectra[index] < 0 ? "; decibels have to become densities in mV²/Hz first" : ""
      throw RecordingError(
        file: path, "/psd",
        "\(place(index)) is \(spectra[index]), expected a density that is finite and not negative\(hint)")
    }
    for start in stride(from: 0, to: spectra.count, by: frequencies)
    where spectra[start..<start + frequencies].allSatisfy({ $0 == 0 }) {
      throw RecordingError(
        file: path, "/psd", "\(place(start)) and all others of its channel are 0: no signal")
    }
    return spectra
  }

  /// Throws ``RecordingError`` unless densities [channel][frequency] are those of the file's potentials, computed here.
  public func requireSame(_ stored: [Double], as computed: [Double]) throws(RecordingError) {
    let largest = computed.max() ?? 0
    for (index, pair) in zip(stored, computed).enumerated()
    where abs(pair.0 - pair.1) > 1e-3 * pair.1 + 1e-9 * largest {
      throw RecordingError(
        file: path, "/psd",
        "is not the spectrum of /lfp (value \(index), counted from 0, is \(pair.0), computed \(pair.1)); remove the one that"
          + " is out of date")
    }
  }
}
