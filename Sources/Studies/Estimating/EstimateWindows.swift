import Foundation
import Recordings

extension Estimate {
  /// For which times of a recording there are to be estimates.
  package struct Windows: Sendable {
    /// Duration of each window in s; nil for the whole recording.
    package var length: Double?
    /// From the beginning of a window to that of the next one in s; nil for windows that follow one another.
    package var step: Double?
    /// Whether recordings may be shorter than the simulations that the model was trained on.
    package var allowsShort: Bool

    /// By default one estimate from the whole recording.
    package init(length: Double? = nil, step: Double? = nil, allowsShort: Bool = false) {
      (self.length, self.step, self.allowsShort) = (length, step, allowsShort)
    }
  }

  /// How a recording is cut: into windows, and each of these into pieces as long as the simulations that the model was
  /// trained on, since spectra of other lengths have other fluctuations.
  struct Cuts {
    /// Samples of each window.
    let windows: [Range<Int>]
    /// Pieces of each window.
    let pieces: Int
    /// Samples of a piece.
    let pieceLength: Int
    /// Whether pieces are shorter than those of the training.
    let isShort: Bool

    /// How much shorter than the training's a piece may be without a word: filters take some milliseconds.
    private static let tolerance = 0.05

    /// - Parameters:
    ///   - trained: Samples of the training's simulations.
    ///   - segment: Samples of a Welch segment.
    /// - Throws: `RecordingError` for a recording that is too short.
    init(
      _ wanted: Windows, of signal: ResampledSelection, trained: Int, segment: Int
    ) throws(RecordingError) {
      let rate = signal.time.samplingRate
      func seconds(_ samples: Int) -> String { String(format: "%.4g s", Double(samples) / rate) }
      let length = wanted.length.map { Int(($0 * rate).rounded()) } ?? signal.count
      let name = wanted.length == nil ? "lasts" : "is to be read in windows of"
      guard signal.count >= length else {
        throw signal.source.problem(
          "lasts \(seconds(signal.count)) after transient and filter, expected at least one window of \(seconds(length))"
        )
      }
      guard length >= segment else {
        throw signal.source.problem(
          "\(name) \(seconds(length)) after transient and filter, expected one Welch segment of \(segment) ms at least"
        )
      }
      isShort = Double(length) < (1 - Self.tolerance) * Double(trained)
      guard !isShort || wanted.allowsShort else {
        throw signal.source.problem(
          "\(name) \(seconds(length)) after transient and filter, expected \(seconds(trained)) as in the model's training;"
            + " --allow-short estimates nevertheless, with intervals that are too narrow")
      }
      pieces = max(1, length / trained)
      pieceLength = min(length, trained)
      let step = wanted.step.map { max(1, Int(($0 * rate).rounded())) } ?? length
      windows = stride(from: 0, through: signal.count - length, by: step).map { $0..<$0 + length }
    }

    /// Samples of the pieces of a window.
    func pieces(of window: Range<Int>) -> [Range<Int>] {
      (0..<pieces).map {
        let start = window.lowerBound + $0 * pieceLength
        return start..<start + pieceLength
      }
    }

    /// When a window is.
    func time(of window: Range<Int>, _ time: TimeAxis) -> Row.Window {
      Row.Window(
        start: time.time(of: window.lowerBound) / 1000, end: time.time(of: window.upperBound) / 1000,
        pieces: pieces)
    }

    /// How windows are made of pieces, for people; nothing where each is one and most of it is used.
    func notes(of signal: ResampledSelection) -> [String] {
      let rate = signal.time.samplingRate
      let unused = (windows.first?.count ?? 0) - pieces * pieceLength
      guard pieces > 1 || Double(unused) > 0.1 * Double(pieceLength) else { return [] }
      let what = windows.count > 1 ? "each window is" : "estimates are"
      let parts =
        pieces > 1
        ? "\(what) combined from \(pieces) pieces of %.4g s, as long as the model's training"
        : "\(what) from one piece of %.4g s, as long as the model's training"
      return [
        "\(signal.source.file): "
          + String(format: parts, Double(pieceLength) / rate)
          + (unused > 0 ? String(format: "; the last %.3g s are not used", Double(unused) / rate) : "")
      ]
    }
  }
}
