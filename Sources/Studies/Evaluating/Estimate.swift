import Configuration
import DurableFiles
import FieldPotential
import Foundation
import HDF5Storage
import ParameterEstimation
import Recordings
import SimulationData
import SpectralAnalysis

/// Applies a model to spectra, or to potentials, in an HDF5 file.
package struct Estimate {
  /// Reads `/psd` ([channel, frequency] or [sample, channel, frequency] in mV²/Hz, with `/frequency` in Hz), or else
  /// `/lfp` ([channel, time] in mV, with `/time` in ms), and `/channel_depth` in µm, with `/channel_x` and `/channel_y` if
  /// the file has them, and estimates.
  package static func run(model path: String, input: String, threads: Int) throws -> [Row] {
    let model = try TrainedModel(path: path)
    let estimator = model.estimator
    try ChecksummedFile.requireUnaltered(input)
    let file = try HDF5File.open(input)
    let spectra = try self.spectra(in: file, for: model)
    try file.close()
    let box = estimator.targetBox.dimensions
    let (values, posteriors) = try estimator.predictions(from: spectra, threads: threads)
    return (0..<(values.count / box.count)).map { row in
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

  /// Spectra of the frequencies that the model sees: of potentials, if there are any, or those that the file holds.
  private static func spectra(in file: HDF5File, for model: TrainedModel) throws -> [Float] {
    let source = try RecordingFile(file)
    let wanted = model.configuration.values.measurement.reference
    if try !source.hasPotentials {
      guard source.reference == wanted else {
        throw EstimatorError.otherReference(file: file.path, expected: wanted, actual: source.reference)
      }
      // Of files with depths alone nothing else is compared.
      let contacts = try source.contacts(assuming: model.estimator.contacts)
      let frequencies = try source.frequencies()
      let positions = try model.estimator.requireMatching(
        contacts: contacts, frequencies: frequencies, file: file.path)
      return keep(positions, of: frequencies.count, try source.spectra(channels: contacts.count))
    }
    let known =
      source.reference == .none ? model.configuration.values.kernel.contacts : model.estimator.contacts
    let recording = try source.recording(assuming: known)
    try recording.check()
    let (contacts, frequencies, spectra) = try recording.spectra(for: model)
    if try source.hasSpectra, source.reference == wanted {
      let stored = try source.spectra(channels: contacts.count)
      if try source.frequencies() == frequencies, stored.count == spectra.count {
        try source.requireSame(stored, as: spectra)
      }
    }
    let positions = try model.estimator.requireMatching(
      contacts: contacts, frequencies: frequencies, file: file.path)
    return keep(positions, of: frequencies.count, spectra)
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
