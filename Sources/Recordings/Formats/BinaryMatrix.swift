import FieldPotential
import Foundation

/// Numbers of one type in a file, as a matrix of channels and samples.
struct BinaryMatrix {
  /// The file's bytes, and where among them the numbers begin.
  let bytes: Data
  let offset: Int
  let number: NumberFormat
  /// Extents.
  let channels, samples: Int
  /// Numbers from one channel to the next, and from one sample to the next.
  let channelStride, sampleStride: Int

  /// Numbers, [channel][sample], of some channels and samples, each multiplied with a factor.
  func values(channels wanted: [Int], samples range: Range<Int>, factor: Double) -> [Double] {
    var values = [Double](repeating: 0, count: wanted.count * range.count)
    bytes.withUnsafeBytes { bytes in
      values.withUnsafeMutableBufferPointer { values in
        for (index, channel) in wanted.enumerated() {
          let first = channel * channelStride + range.lowerBound * sampleStride
          let row = index * range.count..<(index + 1) * range.count
          number.read(
            bytes, at: offset + first * number.size, stride: sampleStride * number.size,
            into: UnsafeMutableBufferPointer(rebasing: values[row]))
        }
      }
    }
    if factor != 1 { for index in values.indices { values[index] *= factor } }
    return values
  }

  /// A series of potentials of which the options tell rate and unit.
  ///
  /// - Throws: ``RecordingError`` for what they lack.
  func series(_ options: RecordingOptions, file: String, place: String) throws(RecordingError)
    -> RecordingSeries
  {
    let factor = try options.factor(isInteger: number.isInteger, file: file, place: place)
    let rate = try options.rate(file: file, place: place)
    return RecordingSeries(
      file: file, place: place, channels: channels, samples: samples,
      time: TimeAxis(start: 0, samplingRate: rate),
      read: { values(channels: $0, samples: $1, factor: factor) })
  }
}

/// Options that formats need which say nothing of themselves.
extension RecordingOptions {
  /// The sampling rate in Hz.
  ///
  /// - Throws: ``RecordingError`` if it was not given.
  func rate(file: String, place: String) throws(RecordingError) -> Double {
    guard let samplingRate else {
      throw RecordingError(file: file, place, "tells no sampling rate, --sampling-rate has to (in Hz)")
    }
    return samplingRate
  }

  /// What numbers are multiplied with to be in mV.
  ///
  /// - Parameter isInteger: Whether they are counts, of which a scale has to be known.
  /// - Throws: ``RecordingError`` if the unit, or the scale of counts, was not given.
  func factor(isInteger: Bool, file: String, place: String) throws(RecordingError) -> Double {
    guard let unit = unit.flatMap({ PhysicalUnit.factor($0, .potential) }) else {
      throw RecordingError(
        file: file, place, "tells no unit, --unit has to (\(PhysicalUnit.Quantity.potential.examples))")
    }
    if isInteger, scale == nil {
      throw RecordingError(
        file: file, place,
        "holds integers, --scale has to tell what a count is in the unit (1 if they are in the unit themselves)"
      )
    }
    return unit * (scale ?? 1)
  }

  /// How many channels a file is expected to have.
  func channels(expecting known: [Contact]) -> Int? { channels == nil ? known.count : nil }
}
