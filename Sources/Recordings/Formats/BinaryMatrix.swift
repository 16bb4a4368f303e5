import FieldPotential
import Foundation

/// Numbers of one type in a file, as a matrix of channels and samples of which parts are read.
struct BinaryMatrix {
  /// The file, and where in it the numbers begin.
  let bytes: FileBytes
  let offset: Int
  let number: NumberFormat
  /// Extents.
  let channels, samples: Int
  /// Whether a sample's channels lie side by side, not a channel's samples.
  let isInterleaved: Bool

  /// About as many bytes are in memory beside the numbers that are wanted.
  private static let blockSize = 1 << 23

  /// Numbers, [channel][sample], of some channels and samples, each multiplied with a factor.
  ///
  /// - Throws: `FileError`.
  func values(channels wanted: [Int], samples range: Range<Int>, factor: Double) throws -> [Double] {
    var values = [Double](repeating: 0, count: wanted.count * range.count)
    try values.withUnsafeMutableBufferPointer { values in
      // Bytes from one sample of a channel to the next.
      let stride = (isInterleaved ? channels : 1) * number.size
      let length = max(1, Self.blockSize / stride)
      for first in Swift.stride(from: range.lowerBound, to: range.upperBound, by: length) {
        let block = first..<min(first + length, range.upperBound)
        func row(_ index: Int) -> UnsafeMutableBufferPointer<Double> {
          let start = index * range.count + block.lowerBound - range.lowerBound
          return UnsafeMutableBufferPointer(rebasing: values[start..<start + block.count])
        }
        if isInterleaved {
          try bytes.read(at: offset + block.lowerBound * stride, count: block.count * stride) { bytes in
            for (index, channel) in wanted.enumerated() {
              number.read(bytes, at: channel * number.size, stride: stride, into: row(index))
            }
          }
        } else {
          for (index, channel) in wanted.enumerated() {
            let start = offset + (channel * samples + block.lowerBound) * stride
            try bytes.read(at: start, count: block.count * stride) { bytes in
              number.read(bytes, at: 0, stride: stride, into: row(index))
            }
          }
        }
      }
      if factor != 1 { for index in values.indices { values[index] *= factor } }
    }
    return values
  }

  /// A series of potentials of which the options tell rate and unit.
  ///
  /// - Throws: ``RecordingError`` for what they lack.
  func series(_ options: RecordingOptions, place: String) throws(RecordingError) -> RecordingSeries {
    let file = bytes.path
    let factor = try options.factor(isInteger: number.isInteger, file: file, place: place)
    let rate = try options.rate(file: file, place: place)
    return RecordingSeries(
      file: file, place: place, channels: channels, samples: samples,
      time: TimeAxis(start: 0, samplingRate: rate),
      read: { try values(channels: $0, samples: $1, factor: factor) })
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
