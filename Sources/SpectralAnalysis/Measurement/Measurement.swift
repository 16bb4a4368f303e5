import Foundation
import RandomStreams

/// One recording: the values that it has of what differs between recordings.
public struct Measurement: Sendable {
  /// What it is one of.
  public let parameters: MeasurementParameters
  /// White noise, rms in mV, but for what depends on the signal.
  public let noise: Double
  /// Background, rms in mV.
  public let background: Double
  /// Amplitude of the mains' fundamental, in mV.
  public let mains: Double
  /// Factor that each contact's signal is amplified by.
  public let gains: [Double]
  /// Names the streams of noise.
  private let key: StreamKey

  /// The recording with the streams of `key`, usually that of a sample.
  public init(_ parameters: MeasurementParameters, contacts: Int, key: StreamKey) {
    self.parameters = parameters
    let key = key.derived(.measurement, UInt64(parameters.realisation))
    self.key = key
    var levels = key.derived(.levels).generator()
    noise = parameters.noise.value(at: levels.uniform()) * 1e-3
    background = parameters.background.value(at: levels.uniform()) * 1e-3
    mains = parameters.mains.value(at: levels.uniform()) * 1e-3
    let common = parameters.gain * (2 * levels.uniform() - 1)
    gains = (0..<contacts).map { _ in
      let decibels = common + parameters.channelGain * (2 * levels.uniform() - 1)
      return decibels == 0 ? 1 : pow(10, decibels / 20)
    }
  }

  /// The recorded signals, [channel][sample] in mV, of potentials [contact][sample] in mV, both row-major.
  public func recorded(_ potentials: [Double], samplingRate: Double) -> [Double] {
    parameters.reference.applied(
      to: unreferenced(potentials, samplingRate: samplingRate), contacts: gains.count)
  }

  /// The signals before they are referenced, [contact][sample].
  public func unreferenced(_ potentials: [Double], samplingRate: Double) -> [Double] {
    let count = potentials.count / gains.count
    if parameters.isClean { return potentials }
    var noise = noise
    if parameters.relativeNoise > 0 {
      let variance = gains.indices.reduce(0) {
        $0 + Self.variance(potentials[$1 * count..<($1 + 1) * count]) / Double(gains.count)
      }
      noise = (noise * noise + variance * parameters.relativeNoise * parameters.relativeNoise).squareRoot()
    }
    var interference = key.derived(.mains).generator()
    let tones = (1...parameters.mainsHarmonics).map { n in
      (
        cycles: parameters.mainsFrequency * Double(n) / samplingRate, amplitude: mains / Double(n),
        phase: 2 * Double.pi * interference.uniform()
      )
    }.filter { $0.cycles < 0.5 }
    let filters = CascadedFilter(parameters, samplingRate: samplingRate)
    var recorded: [Double] = []
    for contact in gains.indices {
      var signal = Array(potentials[contact * count..<(contact + 1) * count])
      if noise > 0 {
        var normal = NormalStream(key: key.derived(.whiteNoise, UInt64(contact)))
        for i in signal.indices { signal[i] += noise * normal() }
      }
      if background > 0 {
        var source = BackgroundNoise(
          rms: background, samplingRate: samplingRate, key: key.derived(.background, UInt64(contact)))
        for i in signal.indices { signal[i] += source.next() }
      }
      if mains > 0 {
        for tone in tones {
          for i in signal.indices {
            signal[i] += tone.amplitude * sin(2 * .pi * tone.cycles * Double(i) + tone.phase)
          }
        }
      }
      signal = filters.applied(to: signal.map { gains[contact] * $0 })
      if parameters.converterStep > 0 {
        let step = parameters.converterStep * 1e-3
        signal = signal.map { ($0 / step).rounded() * step }
      }
      recorded += signal
    }
    return recorded
  }

  private static func variance(_ values: ArraySlice<Double>) -> Double {
    let mean = values.reduce(0, +) / Double(values.count)
    return values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(values.count)
  }
}

extension StreamPurpose {
  static let measurement = StreamPurpose("measurement")
  fileprivate static let levels = StreamPurpose("measurement levels")
  fileprivate static let whiteNoise = StreamPurpose("white noise")
  fileprivate static let background = StreamPurpose("background noise")
  fileprivate static let mains = StreamPurpose("mains")
}
