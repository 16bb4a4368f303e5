import ConvolutionalNetwork

/// Estimates network parameters from LFP spectra: a trained network with what surrounds it.
public struct Estimator: Sendable, Equatable {
  /// The network with its best weights.
  public let network: Network
  /// Scaling of the spectra.
  public let normaliser: SpectrumNormaliser
  /// What the network's outputs, mapped from the unit cube, stand for.
  public let targetBox: ParameterBox
  /// Depth of each channel in µm that the network was trained with.
  public let channelDepths: [Double]
  /// Frequencies in Hz that the network was trained with.
  public let frequencies: [Double]

  /// All parts; the network must have the channels, frequencies and parameters given.
  public init(
    network: Network, normaliser: SpectrumNormaliser, targetBox: ParameterBox, channelDepths: [Double],
    frequencies: [Double]
  ) {
    precondition(network.architecture.input.channels == channelDepths.count)
    precondition(network.architecture.input.positions == frequencies.count)
    precondition(network.architecture.output.count == targetBox.count)
    self.network = network
    self.normaliser = normaliser
    self.targetBox = targetBox
    self.channelDepths = channelDepths
    self.frequencies = frequencies
  }

  /// Estimates [sample][parameter], in the parameters' units, from spectra [sample][channel][frequency] in mV²/Hz.
  ///
  /// - Throws: `SampleError` where a spectrum is not finite.
  public func estimates(from spectra: [Float], threads: Int = 1) throws -> [Double] {
    let outputs = try network.outputs(
      for: normaliser.inputs(spectra, channels: channelDepths.count, frequencies: frequencies.count),
      threads: threads)
    let count = targetBox.count
    return (0..<(outputs.count / count)).flatMap { sample in
      targetBox.denormalised(outputs[(sample * count)..<((sample + 1) * count)].map(Double.init))
    }
  }

  /// Throws ``EstimatorError`` unless the spectra of a file have the channels and frequencies of the training.
  public func requireMatching(channelDepths: [Double], frequencies: [Double], file: String)
    throws(EstimatorError)
  {
    guard close(channelDepths, self.channelDepths) else {
      throw .otherChannels(file: file, expected: self.channelDepths, actual: channelDepths)
    }
    guard close(frequencies, self.frequencies) else {
      throw .otherFrequencies(
        file: file, expected: Self.summary(self.frequencies), actual: Self.summary(frequencies))
    }
  }

  private func close(_ a: [Double], _ b: [Double]) -> Bool {
    a.count == b.count && zip(a, b).allSatisfy { abs($0 - $1) <= 1e-6 * max(1, abs($0)) }
  }

  private static func summary(_ frequencies: [Double]) -> String {
    "\(frequencies.count) from \(frequencies.first ?? .nan) to \(frequencies.last ?? .nan) Hz"
  }
}

/// Why an estimator cannot be applied or made.
public enum EstimatorError: Error, Sendable, Equatable, CustomStringConvertible {
  /// The contacts lie elsewhere than those of the training.
  case otherChannels(file: String, expected: [Double], actual: [Double])
  /// The spectra have other frequencies than those of the training.
  case otherFrequencies(file: String, expected: String, actual: String)
  /// The data set lacks a parameter, or the model estimates others.
  case otherParameters(file: String, expected: [String], actual: [String])
  /// The data set has the samples of the training, but divides them differently.
  case otherSplit(file: String)
  /// A part of the data set that is needed has no usable samples.
  case noSamples(file: String, split: String)
  /// There are fewer usable training samples than asked for.
  case tooFewSamples(file: String, needed: Int, actual: Int)

  /// One line with what was found and expected.
  public var description: String {
    switch self {
    case .otherChannels(let file, let expected, let actual):
      "\(file): channels at depths \(actual) µm, the model was trained on \(expected) µm"
    case .otherFrequencies(let file, let expected, let actual):
      "\(file): frequencies \(actual), the model was trained on \(expected)"
    case .otherParameters(let file, let expected, let actual):
      "\(file): parameters \(actual.joined(separator: ", ")), expected \(expected.joined(separator: ", "))"
    case .otherSplit(let file):
      "\(file): has the samples of the training in another split; its test samples may have been trained on"
    case .noSamples(let file, let split): "\(file): no usable \(split) samples"
    case .tooFewSamples(let file, let needed, let actual):
      "\(file): has \(actual) usable training samples, training.samples asks for \(needed)"
    }
  }
}
