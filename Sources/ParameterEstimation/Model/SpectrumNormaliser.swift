import Configuration
import Foundation

/// Turns spectra into inputs of the network, [sample][channel][frequency] → [sample][frequency][channel].
public enum SpectrumNormaliser: Sendable, Equatable {
  /// Each channel divided by the mean over the training samples of its power summed over frequencies (Skaar et al.
  /// 2020, "Estimation of network parameters"). Divisors in mV²/Hz, [channel].
  case channelPower(scale: [Double])
  /// Decadic logarithms of densities in mV²/Hz, less their mean over the training samples, divided by their standard
  /// deviation, both [channel][frequency]. A floor in mV²/Hz is added to all densities first, so that what lies below it
  /// makes no difference.
  case logarithm(mean: [Double], standardDeviation: [Double], floor: Double = 0)
  /// Decadic logarithms of the first channel's density, and of the ratio of each other channel to the one before, less
  /// their mean over the training samples, divided by their standard deviation, both [channel][frequency]. Neighbouring
  /// contacts see nearly the same, so that what tells them apart is small beside what they share.
  case logarithmicRatio(mean: [Double], standardDeviation: [Double], floor: Double = 0)

  /// Densities below this count as this much where there is no floor, in mV²/Hz; a network that fires is far above.
  package static let leastDensity: Float = 1e-30

  /// What is added to densities before logarithms, in mV²/Hz.
  var floor: Double {
    switch self {
    case .channelPower: 0
    case .logarithm(_, _, let floor), .logarithmicRatio(_, _, let floor): floor
    }
  }

  /// Fits to training spectra, [sample][channel][frequency]; there must be at least one sample.
  public init(
    _ input: SpectrumInput, floor: Double = 0, fittedTo spectra: [Float], channels: Int, frequencies: Int
  ) {
    self.init(
      input, floor: floor, fittedTo: spectra.count / (channels * frequencies), channels: channels,
      frequencies: frequencies
    ) { $0(spectra) }
  }

  /// Fits to spectra that need not be in memory together, with the bits of a fit to all at once.
  ///
  /// - Parameters:
  ///   - floor: What is added to densities before logarithms, in mV²/Hz.
  ///   - samples: Number of samples, at least one.
  ///   - forEachBlock: Calls what it is given with [sample][channel][frequency] of all samples, some at a time; each
  ///     time it is called, the same.
  public init<Failure>(
    _ input: SpectrumInput, floor: Double = 0, fittedTo samples: Int, channels: Int, frequencies: Int,
    forEachBlock: @escaping (_ body: ([Float]) -> Void) throws(Failure) -> Void
  ) throws(Failure) {
    precondition(samples > 0, "at least one sample")
    let stride = channels * frequencies
    func forEach(_ body: (ArraySlice<Float>) -> Void) throws(Failure) {
      var rest = samples
      try forEachBlock { block in
        precondition(block.count % stride == 0, "whole samples")
        for first in Swift.stride(from: 0, to: block.count, by: stride) {
          body(block[first..<first + stride])
        }
        rest -= block.count / stride
      }
      precondition(rest == 0, "as many samples as announced")
    }
    switch input {
    case .power:
      var scale = [Double](repeating: 0, count: channels)
      try forEach { spectrum in
        for channel in 0..<channels {
          let first = spectrum.startIndex + channel * frequencies
          for value in spectrum[first..<first + frequencies] { scale[channel] += Double(value) }
        }
      }
      self = .channelPower(scale: scale.map { $0 / Double(samples) })
    case .logarithm:
      let (mean, deviation) = try Self.moments(of: samples, stride: stride, forEach) {
        Self.logarithm($0, $1, floor)
      }
      self = .logarithm(mean: mean, standardDeviation: deviation, floor: floor)
    case .logarithmicRatio:
      let (mean, deviation) = try Self.moments(of: samples, stride: stride, forEach) {
        Self.logarithmicRatio($0, $1, frequencies: frequencies, floor)
      }
      self = .logarithmicRatio(mean: mean, standardDeviation: deviation, floor: floor)
    }
  }

  /// Means and standard deviations over the samples of each of the `stride` values that `value` takes from a spectrum.
  private static func moments<Failure>(
    of samples: Int, stride: Int,
    _ forEach: @escaping ((ArraySlice<Float>) -> Void) throws(Failure) -> Void,
    _ value: (ArraySlice<Float>, Int) -> Double
  ) throws(Failure) -> (mean: [Double], standardDeviation: [Double]) {
    var mean = [Double](repeating: 0, count: stride)
    var square = mean
    try forEach { spectrum in
      for i in 0..<stride { mean[i] += value(spectrum, i) / Double(samples) }
    }
    try forEach { spectrum in
      for i in 0..<stride {
        let difference = value(spectrum, i) - mean[i]
        square[i] += difference * difference / Double(samples)
      }
    }
    // Where all samples agree there is nothing to scale.
    return (mean, square.map { $0 > 1e-12 ? $0.squareRoot() : 1 })
  }

  /// The network's inputs from spectra of `channels` channels with `frequencies` densities each.
  public func inputs(_ spectra: [Float], channels: Int, frequencies: Int) -> [Float] {
    let stride = channels * frequencies
    precondition(spectra.count % stride == 0, "whole samples")
    var inputs = [Float](repeating: 0, count: spectra.count)
    for sample in 0..<(spectra.count / stride) {
      let spectrum = spectra[sample * stride..<(sample + 1) * stride]
      for channel in 0..<channels {
        for frequency in 0..<frequencies {
          let position = channel * frequencies + frequency
          inputs[sample * stride + frequency * channels + channel] =
            switch self {
            case .channelPower(let scale): spectrum[spectrum.startIndex + position] / Float(scale[channel])
            case .logarithm(let mean, let standardDeviation, let floor):
              Float(
                (Self.logarithm(spectrum, position, floor) - mean[position]) / standardDeviation[position])
            case .logarithmicRatio(let mean, let standardDeviation, let floor):
              Float(
                (Self.logarithmicRatio(spectrum, position, frequencies: frequencies, floor) - mean[position])
                  / standardDeviation[position])
            }
        }
      }
    }
    return inputs
  }

  /// How the inputs [frequency][channel] change when all densities are multiplied by 10^`decades`; only of
  /// logarithms can it be asked for.
  public func inputChange(decades: Double, channels: Int) -> [Float] {
    switch self {
    case .channelPower: preconditionFailure("these inputs do not change by a constant")
    case .logarithm(_, let deviation, _), .logarithmicRatio(_, let deviation, _):
      let frequencies = deviation.count / channels
      return (0..<deviation.count).map { index in
        let (frequency, channel) = (index / channels, index % channels)
        if case .logarithmicRatio = self, channel > 0 { return 0 }
        return Float(decades / deviation[channel * frequencies + frequency])
      }
    }
  }

  private static func logarithmicRatio(
    _ spectrum: ArraySlice<Float>, _ position: Int, frequencies: Int, _ floor: Double
  ) -> Double {
    let value = logarithm(spectrum, position, floor)
    return position < frequencies ? value : value - logarithm(spectrum, position - frequencies, floor)
  }

  private static func logarithm(_ spectrum: ArraySlice<Float>, _ position: Int, _ floor: Double) -> Double {
    let density = spectrum[spectrum.startIndex + position]
    return log10(floor > 0 ? Double(density) + floor : Double(max(density, leastDensity)))
  }
}
