import Foundation

/// Times of samples, which have to follow one another at equal intervals.
public struct TimeAxis: Sendable, Equatable {
  /// Time of the first sample in ms.
  public let start: Double
  /// Samples per second.
  public let samplingRate: Double

  /// How far a sample may lie from where it should, in intervals: jitter of stamps, or their rounding.
  private static let tolerance = 0.3

  /// A clock that ticks.
  public init(start: Double, samplingRate: Double) {
    (self.start, self.samplingRate) = (start, samplingRate)
  }

  /// The time of a sample in ms, counted from 0.
  public func time(of sample: Int) -> Double { start + Double(sample) * 1000 / samplingRate }

  /// The same clock from a sample on.
  public func from(_ sample: Int) -> TimeAxis {
    TimeAxis(start: time(of: sample), samplingRate: samplingRate)
  }

  /// Times in ms.
  ///
  /// - Parameters:
  ///   - file, place: Where the times stand, for messages.
  /// - Throws: ``RecordingError`` naming the first time that does not fit.
  public init(_ times: [Double], file: String, place: String) throws(RecordingError) {
    func problem(_ text: String) -> RecordingError { RecordingError(file: file, place, text) }
    guard times.count > 1 else {
      throw problem("has \(times.count) times, expected two at least")
    }
    if let index = times.firstIndex(where: { !$0.isFinite }) {
      throw problem("time \(index), counted from 0, is \(times[index]), expected a finite number")
    }
    if let index = (1..<times.count).first(where: { times[$0] <= times[$0 - 1] }) {
      throw problem(
        "goes back from \(times[index - 1]) to \(times[index]) ms at time \(index), counted from 0, expected times that"
          + " increase")
    }
    let steps = zip(times.dropFirst(), times).map { $0 - $1 }
    let interval = steps.sorted()[steps.count / 2]
    for (index, step) in steps.enumerated() where abs(step - interval) > Self.tolerance * interval {
      throw problem(
        Self.format(
          "has an interval of %g ms at %g ms, expected %g ms as elsewhere", step, times[index], interval))
    }
    let mean = (times[times.count - 1] - times[0]) / Double(times.count - 1)
    for (index, time) in times.enumerated() {
      let expected = times[0] + Double(index) * mean
      guard abs(time - expected) <= max(1, 1e-4 * Double(index)) * interval else {
        throw problem(
          Self.format("is not at equal intervals: %g ms where a steady clock has %g ms", time, expected))
      }
    }
    (start, samplingRate) = (times[0], 1000 / mean)
  }

  /// Throws ``RecordingError`` if a sampling rate in Hz that a user names is another one.
  func requireAgreeing(with named: Double?, file: String, place: String) throws(RecordingError) {
    guard let named, abs(named / samplingRate - 1) > 1e-4 else { return }
    throw RecordingError(
      file: file, place,
      Self.format("has a sampling rate of %g Hz, which contradicts --sampling-rate %g", samplingRate, named))
  }

  private static func format(_ text: String, _ values: Double...) -> String {
    String(format: text, arguments: values)
  }
}
