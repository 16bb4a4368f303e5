import Configuration
import DurableFiles
import FieldPotential
import Foundation
import ParameterEstimation
import ParameterSampling
import RandomStreams
import Recordings

/// Applies a model to spectra, or to potentials, in a file.
package struct Estimate {
  /// The estimates from each spectrum, or from each window of a recording.
  package let rows: [Row]
  /// What a user should know of how the file was read.
  package let notes: [String]
  /// The parameters with the ranges that the model was trained for.
  package let box: ParameterBox
  /// The file.
  let input: String
  /// Number of channels, and the frequencies in Hz, that the model sees.
  let channels: Int
  let frequencies: [Double]
  /// Names the random numbers of draws from the estimates.
  let key: StreamKey

  /// Reads a recording in any of the formats of ``RecordingFormats``, and estimates. Files of this package may have spectra
  /// instead: `/psd` ([channel, frequency] or [sample, channel, frequency] in mV²/Hz, with `/frequency` in Hz).
  ///
  /// - Parameters:
  ///   - options: What the file does not say of itself, or what of it is wanted.
  ///   - windows: For which times there are to be estimates.
  ///   - simulations: How many simulations each estimate is to be compared with, if any.
  package init(
    model path: String, input: String, options: RecordingOptions = .init(), windows: Windows = .init(),
    simulations: Int? = nil, threads: Int, isQuiet: Bool = true
  ) throws {
    let model = try TrainedModel(path: path)
    box = model.estimator.targetBox
    self.input = input
    let state = try ChecksummedFile.requireUnaltered(input)
    let (rows, notes): ([Row], [String])
    let format = try RecordingFormats.open(input, options: options, isTrusted: state == .intact)
    if let own = format as? BrunelFile, try !own.hasPotentials {
      guard try own.hasSpectra else {
        throw RecordingError(
          file: own.path, "/", "has neither /lfp nor /psd, expected a recording or spectra")
      }
      guard windows.length == nil else {
        throw RecordingError(file: own.path, "/psd", "holds spectra, for which --window has no meaning")
      }
      let spectra = try Self.storedSpectra(in: own, options, for: model)
      let domain = TrainingDomain(model)
      let size = model.estimator.contacts.count * model.estimator.frequencies.count
      rows = try Self.predictions(model.estimator, spectra, threads: threads).enumerated().map {
        let own = simulations == nil ? nil : spectra[$0 * size..<($0 + 1) * size]
        return Row(row: $0, window: nil, pieces: [$1], domain: domain, isShort: false, spectra: own)
      }
      notes = []
    } else {
      let source = try RecordedSpectra(format, options, for: model, keepsSpectra: simulations != nil)
      (rows, notes) = try source.estimates(windows, threads: threads, isQuiet: isQuiet)
    }
    self.rows =
      try simulations.map { simulations in
        try SimulationCheck(
          model, path: path, simulations: simulations, duration: rows.lazy.compactMap(\.shortDuration).first
        ).checked(rows, threads: threads, isQuiet: isQuiet)
      } ?? rows
    self.notes = notes
    channels = model.estimator.contacts.count
    frequencies = model.estimator.frequencies
    key = StreamKey(seed: model.configuration.values.seed).derived(.posteriorDraws)
  }

  /// What a model says of one spectrum.
  struct Prediction {
    /// [parameter].
    let values: [Double]
    /// Nil if values only are predicted.
    let posterior: Posterior?
    /// Nil if the model does not know what is typical.
    let assessment: Typicality.Assessment?
  }

  /// What the model predicts from spectra [spectrum][channel][frequency].
  static func predictions(
    _ estimator: Estimator, _ spectra: [Float], threads: Int
  ) throws -> [Prediction] {
    let (values, posteriors) = try estimator.predictions(from: spectra, threads: threads)
    let assessments = try estimator.assessments(of: spectra, threads: threads)
    let count = estimator.targetBox.count
    return (0..<values.count / count).map {
      Prediction(
        values: Array(values[$0 * count..<($0 + 1) * count]), posterior: posteriors?[$0],
        assessment: assessments?[$0])
    }
  }

  /// The spectra that a file of this package holds.
  private static func storedSpectra(
    in file: BrunelFile, _ options: RecordingOptions, for model: TrainedModel
  ) throws -> [Float] {
    if let option = options.given.map(\.rawValue).min() {
      throw RecordingError(file: file.path, "/psd", "holds spectra, for which \(option) has no meaning")
    }
    let wanted = model.configuration.values.measurement.reference
    if let bin = try file.bin { try model.requireSameFolding(bin, file: file.path) }
    guard file.reference == wanted else {
      throw EstimatorError.otherReference(file: file.path, expected: wanted, actual: file.reference)
    }
    // Of files with depths alone nothing else is compared.
    let contacts = try file.contacts(assuming: model.estimator.contacts)
    let frequencies = try file.frequencies()
    let positions = try model.estimator.requireMatching(
      contacts: contacts, frequencies: frequencies, file: file.path)
    return try file.spectra(channels: contacts.count).keeping(positions, of: frequencies.count)
  }
}

extension [Double] {
  /// The values at some positions of every row of `count`.
  func keeping(_ positions: [Int], of count: Int) -> [Float] {
    stride(from: 0, to: self.count, by: count).flatMap { row in positions.map { Float(self[row + $0]) } }
  }
}
