import Configuration
import DurableFiles
import FieldPotential
import Foundation
import ParameterEstimation
import Recordings
import SimulationData
import SpectralAnalysis

/// Applies a model to spectra, or to potentials, in a file.
package struct Estimate {
  /// The estimates from each spectrum.
  package let rows: [Row]
  /// What a user should know of how the file was read.
  package let notes: [String]

  /// Reads a recording in any of the formats of ``RecordingFormats``, and estimates. Files of this package may have spectra
  /// instead: `/psd` ([channel, frequency] or [sample, channel, frequency] in mV²/Hz, with `/frequency` in Hz).
  ///
  /// - Parameter options: What the file does not say of itself, or what of it is wanted.
  package init(model path: String, input: String, options: RecordingOptions = .init(), threads: Int) throws {
    let model = try TrainedModel(path: path)
    let estimator = model.estimator
    try ChecksummedFile.requireUnaltered(input)
    let (spectra, notes) = try Self.spectra(of: input, options, for: model)
    self.notes = notes
    let box = estimator.targetBox.dimensions
    let (values, posteriors) = try estimator.predictions(from: spectra, threads: threads)
    rows = (0..<(values.count / box.count)).map { row in
      let deviations = posteriors?[row].standardDeviations
      return Row(
        row: row,
        parameters: box.enumerated().map { p, dimension in
          let value = values[row * box.count + p]
          return .init(
            name: dimension.name, estimate: value, standardDeviation: deviations?[p],
            isOutside: value < dimension.lower || value > dimension.upper)
        }, correlations: posteriors?[row].correlations)
    }
  }

  /// Spectra of the frequencies that the model sees: of potentials, if there are any, or those that the file holds; and notes
  /// about the file.
  private static func spectra(
    of input: String, _ options: RecordingOptions, for model: TrainedModel
  ) throws -> (spectra: [Float], notes: [String]) {
    let format = try RecordingFormats.open(input, options: options)
    let own = format as? BrunelFile
    if let own, try !own.hasPotentials { return (try storedSpectra(in: own, options, for: model), []) }
    let estimator = model.estimator
    let wanted = model.configuration.values.measurement.reference
    let known =
      own.map { $0.reference == .none } ?? true
      ? model.configuration.values.kernel.contacts : estimator.contacts
    let found = try format.recording(options, expecting: known)
    try found.check()
    let recording = try found.matched(to: known)
    let (contacts, frequencies, spectra) = try recording.spectra(for: model)
    if let own, try own.hasSpectra, own.reference == wanted, options.given.isEmpty {
      let stored = try own.spectra(channels: contacts.count)
      if try own.frequencies() == frequencies, stored.count == spectra.count {
        try own.requireSame(stored, as: spectra)
      }
    }
    let positions = try estimator.requireMatching(contacts: contacts, frequencies: frequencies, file: input)
    return (keep(positions, of: frequencies.count, spectra), recording.notes)
  }

  /// The spectra that a file of this package holds.
  private static func storedSpectra(
    in file: BrunelFile, _ options: RecordingOptions, for model: TrainedModel
  ) throws -> [Float] {
    if let option = options.given.map(\.rawValue).min() {
      throw RecordingError(file: file.path, "/psd", "holds spectra, for which \(option) has no meaning")
    }
    let wanted = model.configuration.values.measurement.reference
    guard file.reference == wanted else {
      throw EstimatorError.otherReference(file: file.path, expected: wanted, actual: file.reference)
    }
    // Of files with depths alone nothing else is compared.
    let contacts = try file.contacts(assuming: model.estimator.contacts)
    let frequencies = try file.frequencies()
    let positions = try model.estimator.requireMatching(
      contacts: contacts, frequencies: frequencies, file: file.path)
    return keep(positions, of: frequencies.count, try file.spectra(channels: contacts.count))
  }

  /// The densities at some of `count` frequencies.
  private static func keep(_ positions: [Int], of count: Int, _ spectra: [Double]) -> [Float] {
    stride(from: 0, to: spectra.count, by: count).flatMap { row in positions.map { Float(spectra[row + $0]) }
    }
  }
}

extension Recording {
  /// Welch spectra as a model's data set has them: channels against the model's reference, at its sampling rate.
  fileprivate func spectra(
    for model: TrainedModel
  ) throws -> (contacts: [Contact], frequencies: [Double], spectra: [Double]) {
    let study = model.configuration.values
    let wanted = study.measurement.reference
    guard reference == .none || reference == wanted else {
      throw EstimatorError.otherReference(file: file, expected: wanted, actual: reference)
    }
    let highest = model.estimator.frequencies.last ?? 0
    // The filter of resampling is flat to 0.4 of the lower rate.
    guard time.samplingRate >= Study.samplingRate * (1 - 1e-4) || 0.4 * time.samplingRate >= highest else {
      throw problem(
        "is sampled at \(time.samplingRate) Hz, expected at least \(min(2.5 * highest, Study.samplingRate)) Hz for a model"
          + " that sees frequencies up to \(highest) Hz")
    }
    let contacts = contacts ?? []
    let channels = reference == .none ? wanted.channels(between: contacts) : contacts
    let measured = resampled(to: Study.samplingRate).measured(against: reference == .none ? wanted : .none)
    if wanted != .none { try measured.check() }
    let duration = Double(measured.samples) * 1000 / Study.samplingRate
    guard duration >= Double(study.spectra.segment) else {
      throw problem(
        "lasts \(duration) ms after transient and filter, expected one Welch segment of \(study.spectra.segment) ms at least"
      )
    }
    let welch = try Welch(study.spectra, samplingRate: Study.samplingRate)
    let spectra = try (0..<measured.channels).flatMap { channel in
      try welch.powerSpectralDensity(
        of: Array(measured.values[channel * measured.samples..<(channel + 1) * measured.samples]))
    }
    return (channels, welch.frequencies, spectra)
  }
}
