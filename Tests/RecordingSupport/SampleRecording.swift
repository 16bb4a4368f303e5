import Foundation
import Recordings

/// Potentials that are written to a file of any format and read from it.
package struct SampleRecording: Sendable {
  /// In mV, [channel][sample].
  package var values: [Double]
  /// In µm.
  package let depths: [Double]
  /// In Hz.
  package let samplingRate: Double

  package var channels: Int { depths.count }
  package var samples: Int { values.count / channels }

  package init(values: [Double], depths: [Double], samplingRate: Double) {
    (self.values, self.depths, self.samplingRate) = (values, depths, samplingRate)
  }

  /// Sums of oscillations, others in each channel.
  package init(depths: [Double], samples: Int = 800, samplingRate: Double = 1000) {
    let values = depths.indices.flatMap { channel in
      (0..<samples).map { sample in
        let time = Double(sample) / samplingRate
        return (1...40).reduce(0.0) { sum, k in
          sum + sin(2 * .pi * Double(k * 11) * time + Double(k * k * (channel + 1)))
        } * 0.01 * Double(channel + 1)
      }
    }
    self.init(values: values, depths: depths, samplingRate: samplingRate)
  }

  /// [sample][channel].
  package var interleaved: [Double] {
    (0..<samples).flatMap { sample in (0..<channels).map { values[$0 * samples + sample] } }
  }
}

/// Little- or big-endian bytes of numbers.
package func bytes<Number: FixedWidthInteger>(_ numbers: [Number], bigEndian: Bool = false) -> Data {
  var data = Data()
  for number in numbers {
    withUnsafeBytes(of: bigEndian ? number.bigEndian : number.littleEndian) { data.append(contentsOf: $0) }
  }
  return data
}
