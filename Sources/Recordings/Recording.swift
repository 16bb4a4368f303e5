import FieldPotential
import SpectralAnalysis

/// Potentials of several channels at equal intervals, as a file holds them.
public struct Recording: Sendable {
  /// Potentials in mV, [channel][sample].
  public var values: [Double]
  /// Number of channels.
  public let channels: Int
  /// When the samples were taken.
  public let time: TimeAxis
  /// Where the channels are.
  public let placement: Placement
  /// What channels are measured against.
  public let reference: Reference
  /// The channels' numbers in the file, counted from 0.
  public let numbers: [Int]
  /// What a user should know of how the file was read.
  public let notes: [String]
  /// The file and what of it holds the potentials, for messages.
  public let file, place: String

  /// All parts; the channels are the file's first, unless they are numbered.
  public init(
    values: [Double], channels: Int, time: TimeAxis, placement: Placement = .unknown,
    reference: Reference = .none, numbers: [Int]? = nil, notes: [String] = [], file: String, place: String
  ) {
    precondition(values.count % max(channels, 1) == 0, "as many samples in each channel")
    (self.values, self.channels, self.time) = (values, channels, time)
    (self.placement, self.reference, self.numbers) = (placement, reference, numbers ?? Array(0..<channels))
    (self.notes, self.file, self.place) = (notes, file, place)
  }

  /// All coordinates of the contacts; nil if they are not known.
  public var contacts: [Contact]? {
    if case .contacts(let contacts) = placement { contacts } else { nil }
  }

  /// Samples per channel.
  public var samples: Int { values.count / max(channels, 1) }

  /// Throws ``RecordingError`` for samples that are not finite, and for channels that never change.
  public func check() throws(RecordingError) {
    if let index = values.firstIndex(where: { !$0.isFinite }) {
      let (channel, sample) = index.quotientAndRemainder(dividingBy: samples)
      throw problem(
        "channel \(numbers[channel]), counted from 0, is not finite at \(time.start + Double(sample) * 1000 / time.samplingRate) ms"
      )
    }
    let dead = (0..<channels).filter { channel in
      let signal = values[channel * samples..<(channel + 1) * samples]
      return signal.allSatisfy { $0 == signal.first }
    }
    if dead.count == channels {
      throw problem("no channel ever changes: a silent network, or no recording")
    }
    if !dead.isEmpty {
      throw problem(
        "channel\(dead.count > 1 ? "s" : "") \(dead.map { "\(numbers[$0])" }.joined(separator: ", ")), counted from 0, never"
          + " change\(dead.count > 1 ? "" : "s"): not connected?")
    }
  }

  /// The same at another sampling rate in Hz; a clock that is off by less than 100 ppm counts as that of the rate.
  public func resampled(to rate: Double) -> Recording {
    if abs(time.samplingRate / rate - 1) < 1e-4 {
      return replacing(values, channels: channels, time: TimeAxis(start: time.start, samplingRate: rate))
    }
    let resampler = Resampler(from: time.samplingRate, to: rate)
    let resampled = values.withUnsafeBufferPointer { values in
      (0..<channels).flatMap {
        resampler.resampled(UnsafeBufferPointer(rebasing: values[$0 * samples..<($0 + 1) * samples]))
      }
    }
    return replacing(
      resampled, channels: channels,
      time: TimeAxis(start: time.start + 1000 * resampler.reach, samplingRate: rate))
  }

  /// The same with channels measured against something else than a distant electrode.
  public func measured(against reference: Reference) -> Recording {
    replacing(
      reference.applied(to: values, contacts: channels), channels: reference.channels(of: channels),
      time: time, reference: reference)
  }

  /// An error about the potentials.
  public func problem(_ text: String) -> RecordingError { RecordingError(file: file, place, text) }

  private func replacing(
    _ values: [Double], channels: Int, time: TimeAxis, reference: Reference? = nil
  ) -> Recording {
    Recording(
      values: values, channels: channels, time: time, placement: placement,
      reference: reference ?? self.reference, numbers: channels == numbers.count ? numbers : nil,
      notes: notes, file: file, place: place)
  }
}
