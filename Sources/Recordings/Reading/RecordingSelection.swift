import FieldPotential
import SpectralAnalysis

/// Some channels of a recording for some time, which are read in parts.
public struct RecordingSelection {
  private let series: RecordingSeries
  /// The channels' numbers in the file, counted from 0.
  public let numbers: [Int]
  /// The samples in the file.
  private let samples: Range<Int>
  /// Where the channels are.
  public let placement: Placement
  /// What a user should know of how the file was read.
  public let notes: [String]

  /// - Parameter notes: By default those of the series.
  init(
    series: RecordingSeries, numbers: [Int], samples: Range<Int>, placement: Placement, notes: [String]? = nil
  ) {
    (self.series, self.numbers, self.samples) = (series, numbers, samples)
    (self.placement, self.notes) = (placement, notes ?? series.notes)
  }

  /// The same channels in another order, at these contacts.
  func reordered(_ order: [Int], _ contacts: [Contact], note: String?) -> RecordingSelection {
    RecordingSelection(
      series: series, numbers: order.map { numbers[$0] }, samples: samples, placement: .contacts(contacts),
      notes: notes + (note.map { [$0] } ?? []))
  }

  /// The file and what of it holds the potentials, for messages.
  public var file: String { series.file }
  /// What of the file holds the potentials.
  public var place: String { series.place }
  /// What channels are measured against.
  public var reference: Reference { series.reference }
  /// Number of channels.
  public var channels: Int { numbers.count }
  /// Samples per channel.
  public var count: Int { samples.count }
  /// When the samples were taken.
  public var time: TimeAxis { time(from: 0) }
  /// All coordinates of the contacts; nil if they are not known.
  public var contacts: [Contact]? {
    if case .contacts(let contacts) = placement { contacts } else { nil }
  }

  /// Reads some samples, counted from the first of the selection.
  ///
  /// - Throws: Whatever the format's reader does: `HDF5Error`, `FileError`.
  public func recording(_ part: Range<Int>) throws -> Recording {
    let wanted = samples.lowerBound + part.lowerBound..<samples.lowerBound + part.upperBound
    return Recording(
      values: try series.read(numbers, wanted), channels: channels, time: time(from: part.lowerBound),
      numbers: numbers, file: file, place: place)
  }

  /// Reads everything.
  ///
  /// - Throws: As ``recording(_:)`` does.
  public func recording() throws -> Recording { try recording(0..<count) }

  /// An error about the potentials.
  public func problem(_ text: String) -> RecordingError { RecordingError(file: file, place, text) }

  /// The time from a sample of the selection on.
  func time(from sample: Int) -> TimeAxis { series.time.from(samples.lowerBound + sample) }
}
