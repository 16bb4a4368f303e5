import SpikingNetwork

/// The points of time that spikes are counted at.
struct SpikeGrid {
  /// Where a time lies.
  enum Place: Equatable {
    /// At a grid point, counted from 0.
    case on(UInt32)
    /// After a grid point and before the next one.
    case after(UInt32)
    /// At the end or later.
    case late
    /// Negative or not finite.
    case impossible
    /// At a grid point, but rounding does not tell which.
    case blurred
  }

  /// Distance of the points in ms.
  let step: Double
  private let end: Double
  /// Points in a millisecond.
  private let perMillisecond: Double

  /// How far from a grid point, in steps, a time may be that is meant to be there.
  private static let tolerance = 0.01

  /// The grid of a simulation, without its end.
  ///
  /// - Throws: ``RecordingError`` about `file` if there are more points than can be counted.
  init(_ timing: SimulationTiming, file: String) throws(RecordingError) {
    guard timing.steps <= Int(UInt32.max) else {
      throw RecordingError(
        file: file, "", "cannot be counted in \(timing.steps) time steps, expected \(UInt32.max) at most")
    }
    (step, end) = (timing.timeStep, Double(timing.steps))
    perMillisecond = (Double(timing.steps) / Double(timing.duration)).rounded()
  }

  /// Where a time in ms lies.
  ///
  /// - Parameter rounding: How far it may be from what is meant, relative to it.
  func place(of time: Double, rounding: Double) -> Place {
    guard time.isFinite else { return .impossible }
    let position = time * perMillisecond
    let tolerance = max(Self.tolerance, rounding * position)
    let nearest = position.rounded()
    let isOn = abs(position - nearest) <= tolerance
    let point = isOn ? nearest : position.rounded(.down)
    if point < 0 { return .impossible }
    if point >= end { return .late }
    if tolerance >= 0.5 { return .blurred }
    return isOn ? .on(UInt32(point)) : .after(UInt32(point))
  }

  // MARK: Spikes as numbers, in order of time, then of neuron

  /// A spike as one number.
  static func key(_ time: UInt32, _ neuron: Int) -> UInt64 { UInt64(time) << 32 | UInt64(neuron) }
  /// Its grid point.
  static func time(_ key: UInt64) -> UInt32 { UInt32(key >> 32) }
  /// Its neuron.
  static func neuron(_ key: UInt64) -> UInt32 { UInt32(truncatingIfNeeded: key) }

  /// Its time in ms and its neuron.
  func spike(_ key: UInt64) -> (time: Double, neuron: Int) {
    (Double(Self.time(key)) / perMillisecond, Int(Self.neuron(key)))
  }
}
