import Configuration
import FieldPotential
import ParameterEstimation
import Recordings
import SpectralAnalysis

/// Spectra of a recording as a model's data set has them: of channels in the order of its contacts, against its reference, at
/// its sampling rate.
struct RecordedSpectra {
  private let model: TrainedModel
  /// What the channels, as read, have to be measured against yet.
  private let wanted: Reference
  private var signal: ResampledSelection
  private let welch: Welch
  /// Where the frequencies that the model sees are among those of the spectra.
  private let positions: [Int]
  private let notes: [String]
  /// Whether estimates keep the spectra that they were made from.
  private let keepsSpectra: Bool

  /// Spectra that are estimated from together.
  private static let batch = 256

  /// - Throws: `RecordingError`, `EstimatorError` for a recording that is none of the model's kind.
  init(
    _ format: any RecordingFormat, _ options: RecordingOptions, for model: TrainedModel, keepsSpectra: Bool
  ) throws {
    self.keepsSpectra = keepsSpectra
    let (study, estimator) = (model.configuration.values, model.estimator)
    let own = format as? BrunelFile
    if let bin = try own?.bin, let own { try model.requireSameFolding(bin, file: own.path) }
    let known = own.map { $0.reference == .none } ?? true ? study.kernel.contacts : estimator.contacts
    let selection = try format.selection(options, expecting: known).matched(to: known)
    // Of the file's own contacts, before differences of them are taken.
    if own != nil { try EstimatorError.require(selection.contacts ?? [], known, file: selection.file) }
    let target = study.measurement.reference
    guard selection.reference == .none || selection.reference == target else {
      throw EstimatorError.otherReference(
        file: selection.file, expected: target, actual: selection.reference)
    }
    let (rate, highest) = (selection.time.samplingRate, estimator.frequencies.last ?? 0)
    // The filter of resampling is flat to 0.4 of the lower rate.
    guard rate >= Study.samplingRate * (1 - ResampledSelection.tolerance) || 0.4 * rate >= highest else {
      throw selection.problem(
        "is sampled at \(rate) Hz, expected at least \(min(2.5 * highest, Study.samplingRate)) Hz for a model that sees"
          + " frequencies up to \(highest) Hz")
    }
    self.model = model
    wanted = selection.reference == .none ? target : .none
    signal = ResampledSelection(selection, rate: Study.samplingRate)
    welch = try Welch(study.spectra, samplingRate: Study.samplingRate)
    notes = selection.notes
    let contacts = selection.contacts ?? []
    positions = try estimator.requireMatching(
      contacts: wanted.channels(between: contacts), frequencies: welch.frequencies, file: selection.file)
    if let own, options.given.isEmpty, try own.hasSpectra, own.reference == target {
      try requireStoredSpectra(own, channels: wanted.channels(between: contacts).count)
    }
  }

  /// Throws if the file's spectra are not those of its potentials.
  private func requireStoredSpectra(_ file: BrunelFile, channels: Int) throws {
    guard try file.frequencies() == welch.frequencies, signal.count >= welch.segmentLength else { return }
    let stored = try file.spectra(channels: channels)
    guard stored.count == channels * welch.frequencies.count else { return }
    var whole = signal
    try file.requireSame(stored, as: Self.spectra(of: whole.recording(0..<whole.count), wanted, welch))
  }

  /// The estimates for some times.
  ///
  /// - Throws: `RecordingError` for a recording that is too short, or of which nothing is a signal; in windows, potentials that
  ///   are no signals leave only their window without an estimate.
  func estimates(
    _ windows: Estimate.Windows, threads: Int, isQuiet: Bool
  ) throws -> (rows: [Estimate.Row], notes: [String]) {
    let timing = model.configuration.values.simulation
    let cuts = try Estimate.Cuts(
      windows, of: signal, trained: timing.duration - timing.transient, segment: welch.segmentLength)
    let total = cuts.windows.count * cuts.pieces
    let progress = Progress(
      "estimate", total: total, unit: cuts.pieces > 1 ? "pieces" : "windows",
      isQuiet: isQuiet || total < Self.batch)
    Interruption.letWorkFinish()
    var signal = signal
    var rows: [Estimate.Row] = []
    var waiting: [(window: Range<Int>, spectra: [Float])] = []
    func estimateWaiting() throws {
      rows += try self.rows(waiting, cuts, signal.time, first: rows.count, threads: threads)
      waiting = []
    }
    for window in cuts.windows {
      do {
        waiting.append((window, try spectra(of: cuts.pieces(of: window), &signal, progress)))
      } catch let error as RecordingError where windows.length != nil {
        try estimateWaiting()
        rows.append(
          .init(row: rows.count, window: cuts.time(of: window, signal.time), problem: error.problem))
      }
      if waiting.count * cuts.pieces >= Self.batch { try estimateWaiting() }
    }
    try estimateWaiting()
    progress.finish()
    if let problem = rows.first?.problem, rows.allSatisfy({ $0.problem != nil }) {
      throw signal.source.problem("\(problem), and no other window has a signal either")
    }
    return (rows, notes + cuts.notes(of: signal))
  }

  private func rows(
    _ waiting: [(window: Range<Int>, spectra: [Float])], _ cuts: Estimate.Cuts, _ time: TimeAxis,
    first: Int, threads: Int
  ) throws -> [Estimate.Row] {
    if waiting.isEmpty { return [] }
    let predictions = try Estimate.predictions(
      model.estimator, waiting.flatMap(\.spectra), threads: threads)
    let domain = Estimate.TrainingDomain(model)
    return waiting.enumerated().map { index, element in
      Estimate.Row(
        row: first + index, window: cuts.time(of: element.window, time),
        pieces: Array(predictions[index * cuts.pieces..<(index + 1) * cuts.pieces]), domain: domain,
        isShort: cuts.isShort, spectra: keepsSpectra ? element.spectra[...] : nil)
    }
  }

  /// Spectra of pieces, as the model sees them, [piece][channel][frequency].
  private func spectra(
    of pieces: [Range<Int>], _ signal: inout ResampledSelection, _ progress: Progress
  ) throws -> [Float] {
    var spectra: [Float] = []
    for piece in pieces {
      try Interruption.check("stopped; nothing was written")
      defer { progress.advance() }
      do {
        let recording = try signal.recording(piece)
        spectra += try Self.spectra(of: recording, wanted, welch)
          .keeping(positions, of: welch.frequencies.count)
      } catch let error as RecordingError where pieces.count > 1 {
        let (start, end) = (signal.time.time(of: piece.lowerBound), signal.time.time(of: piece.upperBound))
        throw RecordingError(
          file: error.file, error.place,
          String(format: "from %.6g to %.6g s: %@", start / 1000, end / 1000, error.problem))
      }
    }
    return spectra
  }

  /// Welch spectra of potentials, once they are measured against a reference.
  private static func spectra(of recording: Recording, _ reference: Reference, _ welch: Welch) throws
    -> [Double]
  {
    let measured = recording.measured(against: reference)
    // The differences of contacts that are alike are no signals either.
    if reference != .none {
      do { try measured.check() } catch let error {
        let what =
          reference == .bipolar ? "differences of neighbouring contacts" : "differences from the mean"
        throw RecordingError(file: error.file, error.place, "\(what): \(error.problem)")
      }
    }
    return try (0..<measured.channels).flatMap { channel in
      try welch.powerSpectralDensity(
        of: Array(measured.values[channel * measured.samples..<(channel + 1) * measured.samples]))
    }
  }
}
