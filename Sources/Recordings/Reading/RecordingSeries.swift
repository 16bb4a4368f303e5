import Foundation
import SpectralAnalysis

/// What a file says of potentials in it, before they are read.
public struct RecordingSeries {
  /// The file and what of it holds the potentials, for messages.
  public let file, place: String
  /// How many of each the file has.
  public let channels, samples: Int
  /// When the samples were taken.
  public let time: TimeAxis
  /// Where the channels are.
  public let placement: Placement
  /// What channels are measured against.
  public let reference: Reference
  /// Time in ms before which a simulation has not settled; nil for others.
  public let settled: Double?
  /// What a user should know of how the file was read.
  public let notes: [String]
  /// More than probes have; a damaged file may claim any number.
  private static let mostChannels = 1 << 16
  /// Reads potentials in mV, [channel][sample], of channels by number and of some samples.
  let read: (_ channels: [Int], _ samples: Range<Int>) throws -> [Double]

  init(
    file: String, place: String, channels: Int, samples: Int, time: TimeAxis, placement: Placement = .unknown,
    reference: Reference = .none, settled: Double? = nil, notes: [String] = [],
    read: @escaping (_ channels: [Int], _ samples: Range<Int>) throws -> [Double]
  ) {
    (self.file, self.place, self.channels, self.samples) = (file, place, channels, samples)
    (self.time, self.placement, self.reference) = (time, placement, reference)
    (self.settled, self.notes, self.read) = (settled, notes, read)
  }

  /// The channels and the time that are wanted.
  ///
  /// - Throws: ``RecordingError`` for channels, times or depths that the file does not have.
  public func selection(_ options: RecordingOptions) throws(RecordingError) -> RecordingSelection {
    guard channels <= Self.mostChannels else {
      throw problem("has \(channels) channels, more than the \(Self.mostChannels) that can be: damaged?")
    }
    let numbers = options.channels ?? Array(0..<channels)
    if let number = numbers.first(where: { $0 >= channels }) {
      throw problem("has channels 0 to \(channels - 1), --channels asks for \(number)")
    }
    return RecordingSelection(
      series: self, numbers: numbers, samples: try samples(options),
      placement: try placement.of(numbers).agreeing(
        with: options.depths, channels: numbers.count, file: file, place: place))
  }

  /// The samples between the wanted times, without what a simulation needs to settle.
  private func samples(_ options: RecordingOptions) throws(RecordingError) -> Range<Int> {
    let interval = 1000 / time.samplingRate
    let end = time.start + Double(samples) * interval
    for (name, limit) in [("--from", options.from), ("--to", options.to)] {
      guard let limit, !(time.start - interval...end + interval).contains(limit * 1000) else { continue }
      throw problem(
        String(format: "lasts from %g to %g s, \(name) asks for %g s", time.start / 1000, end / 1000, limit))
    }
    func first(notBefore milliseconds: Double) -> Int {
      let index = ((milliseconds - time.start) / interval - 1e-6).rounded(.up)
      return index > 0 ? Int(min(index, Double(samples))) : 0
    }
    let lower = max(
      first(notBefore: settled ?? time.start), options.from.map { first(notBefore: $0 * 1000) } ?? 0)
    let upper = options.to.map { first(notBefore: $0 * 1000) } ?? samples
    if lower >= upper, options.from != nil || options.to != nil {
      throw problem(
        String(
          format: "has no usable samples in the wanted time (it lasts from %g to %g s)",
          (settled ?? time.start) / 1000, end / 1000))
    }
    return lower..<max(lower, upper)
  }

  private func problem(_ text: String) -> RecordingError { RecordingError(file: file, place, text) }
}
