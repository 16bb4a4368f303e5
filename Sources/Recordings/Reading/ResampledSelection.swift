import SpectralAnalysis

/// A recording at another sampling rate, of which parts are made as they are wanted. Where parts overlap, the file is not
/// read again.
public struct ResampledSelection {
  /// What the file has.
  public let source: RecordingSelection
  /// Samples per channel at the new rate.
  public let count: Int
  /// When the samples at the new rate were taken: a clock that is off by a little keeps its own time.
  public let time: TimeAxis
  /// Nil where the rates are the same.
  private let resampler: Resampler?
  private var lastRead: (samples: Range<Int>, values: [Double]) = (0..<0, [])

  /// How far a clock may be off and still count as that of a rate.
  public static let tolerance = 1e-4

  /// - Parameter rate: The wanted sampling rate in Hz; a clock that is off by less than ``tolerance`` counts as its.
  public init(_ source: RecordingSelection, rate: Double) {
    self.source = source
    if abs(source.time.samplingRate / rate - 1) < Self.tolerance {
      (resampler, count, time) = (nil, source.count, source.time)
    } else {
      let resampler = Resampler(from: source.time.samplingRate, to: rate)
      (self.resampler, count) = (resampler, resampler.count(of: source.count))
      time = TimeAxis(start: source.time.start + 1000 * resampler.reach, samplingRate: rate)
    }
  }

  /// Some samples at the new rate.
  ///
  /// - Throws: ``RecordingError`` for potentials that are no signals, see ``Recording/check()``; whatever the format's
  ///   reader throws.
  public mutating func recording(_ outputs: Range<Int>) throws -> Recording {
    let inputs = resampler?.inputs(for: outputs, of: source.count) ?? outputs
    let recorded = try read(inputs)
    try recorded.check()
    guard let resampler else { return recorded }
    return Recording(
      values: resampler.resampled(
        recorded.values, channels: recorded.channels, startingAt: inputs.lowerBound, of: source.count,
        outputs: outputs),
      channels: recorded.channels,
      time: time.from(outputs.lowerBound),
      numbers: recorded.numbers, file: recorded.file, place: recorded.place)
  }

  /// Reads what has not just been read.
  private mutating func read(_ inputs: Range<Int>) throws -> Recording {
    let (known, values) = lastRead
    guard known.contains(inputs.lowerBound), inputs.upperBound >= known.upperBound else {
      let recording = try source.recording(inputs)
      lastRead = (inputs, recording.values)
      return recording
    }
    let fresh = try source.recording(known.upperBound..<inputs.upperBound)
    var joined: [Double] = []
    joined.reserveCapacity(source.channels * inputs.count)
    for channel in 0..<source.channels {
      let row = values[channel * known.count..<(channel + 1) * known.count]
      joined += row[(row.startIndex + inputs.lowerBound - known.lowerBound)...]
      joined += fresh.values[channel * fresh.samples..<(channel + 1) * fresh.samples]
    }
    lastRead = (inputs, joined)
    return Recording(
      values: joined, channels: source.channels, time: source.time(from: inputs.lowerBound),
      numbers: source.numbers, file: source.file, place: source.place)
  }
}
