import Configuration
import ConvolutionalNetwork
import FieldPotential
import ParameterSampling
import SpectralAnalysis

/// Estimates network parameters from LFP spectra: trained networks with what surrounds them.
public struct Estimator: Sendable, Equatable {
  /// The networks with their best weights, all of one architecture; estimates are means over them.
  public let networks: [Network]
  /// What the networks' outputs are.
  public let prediction: Prediction
  /// What is made of predicted distributions, so that they fit samples which the networks were not trained on.
  public internal(set) var shape: PredictionShape
  /// The same where the parameters predicted are those of some state of the network; ``shape`` counts for all others.
  public package(set) var stateShapes: [ActivityState: PredictionShape] = [:]
  /// How typical spectra are of those of the training; nil if the model does not know.
  public internal(set) var typicality: Typicality?
  /// Scaling of the spectra.
  public let normaliser: SpectrumNormaliser
  /// What the unit cube of the estimates stands for.
  public let targetBox: ParameterBox
  /// Contact of each channel in µm that the networks were trained with.
  public let contacts: [Contact]
  /// Frequencies in Hz that the networks see: all of the training's spectra, or those of a band.
  public let frequencies: [Double]

  /// All parts; the networks, at least one, must have the channels, frequencies and parameters given.
  public init(
    networks: [Network], prediction: Prediction = .point, shape: PredictionShape? = nil,
    normaliser: SpectrumNormaliser, targetBox: ParameterBox, contacts: [Contact],
    frequencies: [Double], typicality: Typicality? = nil
  ) {
    precondition(!networks.isEmpty, "an estimator has a network")
    for architecture in networks.map(\.architecture) {
      precondition(architecture == networks[0].architecture)
      precondition(architecture.input.channels == contacts.count)
      precondition(architecture.input.positions == frequencies.count)
      precondition(prediction.isPossible(outputs: architecture.output.count, targets: targetBox.count))
    }
    self.networks = networks
    self.prediction = prediction
    self.shape = shape ?? .unchanged(parameters: targetBox.count)
    precondition(self.shape.widths.count == targetBox.count)
    self.normaliser = normaliser
    self.targetBox = targetBox
    self.contacts = contacts
    self.frequencies = frequencies
    self.typicality = typicality
  }

  /// The architecture of the networks.
  public var architecture: NetworkArchitecture { networks[0].architecture }

  /// Estimates [sample][parameter], in the parameters' units, from spectra [sample][channel][frequency] in mV²/Hz: the
  /// means of the distributions, if such are predicted.
  ///
  /// - Throws: `SampleError` where a spectrum is not finite, ``EstimatorError/noDistribution(spectrum:)``.
  public func estimates(from spectra: [Float], threads: Int = 1) throws -> [Double] {
    if let posteriors = try posteriors(from: spectra, threads: threads) { return posteriors.flatMap(\.mean) }
    let outputs = try outputs(for: spectra, threads: threads)
    let (count, stride) = (targetBox.count, architecture.output.count)
    return (0..<(outputs[0].count / stride)).flatMap { sample in
      targetBox.denormalised(
        (0..<count).map { p in
          outputs.reduce(0) { $0 + Double($1[sample * stride + p]) } / Double(outputs.count)
        })
    }
  }

  /// [network][sample · output].
  func outputs(for spectra: [Float], threads: Int) throws(SampleError) -> [[Float]] {
    let inputs = normaliser.inputs(spectra, channels: contacts.count, frequencies: frequencies.count)
    var outputs: [[Float]] = []
    for network in networks { outputs.append(try network.outputs(for: inputs, threads: threads)) }
    return outputs
  }

  /// Throws ``EstimatorError`` unless the spectra of a file have the channels of the training, and its frequencies among
  /// theirs.
  ///
  /// - Returns: Where each of the estimator's ``frequencies`` is among `frequencies`.
  @discardableResult
  public func requireMatching(contacts: [Contact], frequencies: [Double], file: String)
    throws(EstimatorError) -> [Int]
  {
    try EstimatorError.require(contacts, self.contacts, file: file)
    var next = 0
    let positions = self.frequencies.compactMap { wanted -> Int? in
      guard let position = frequencies[next...].firstIndex(where: { wanted.isClose(to: $0) }) else {
        return nil
      }
      next = position + 1
      return position
    }
    guard positions.count == self.frequencies.count else {
      throw .otherFrequencies(
        file: file, expected: Self.summary(self.frequencies), actual: Self.summary(frequencies))
    }
    return positions
  }

  private static func summary(_ frequencies: [Double]) -> String {
    "\(frequencies.count) from \(frequencies.first ?? .nan) to \(frequencies.last ?? .nan) Hz"
  }
}

extension Double {
  /// Whether this is the same number, up to rounding.
  fileprivate func isClose(to other: Double) -> Bool { abs(self - other) <= 1e-6 * max(1, abs(self)) }
}

extension EstimatorError {
  /// Throws unless the contacts of a file are those that are expected.
  package static func require(
    _ contacts: [Contact], _ expected: [Contact], file: String
  ) throws(EstimatorError) {
    guard contacts.count == expected.count,
      zip(contacts, expected).allSatisfy({
        $0.x.isClose(to: $1.x) && $0.y.isClose(to: $1.y) && $0.z.isClose(to: $1.z)
      })
    else { throw .otherChannels(file: file, expected: expected, actual: contacts) }
  }
}

/// Why an estimator cannot be applied or made.
public enum EstimatorError: Error, Sendable, Equatable, CustomStringConvertible {
  /// The contacts lie elsewhere than those of the training.
  case otherChannels(file: String, expected: [Contact], actual: [Contact])
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
  /// The channels are measured against something else than those of the training.
  case otherReference(file: String, expected: Reference, actual: Reference)
  /// Spikes were counted in other bins than in training, one of both with frequencies folded back; widths in ms.
  case otherBins(file: String, expected: Double, actual: Double)
  /// The configured band leaves fewer of the data set's frequencies than the network needs.
  case tooFewFrequencies(file: String, actual: Int)
  /// A network's outputs are too extreme for a distribution; spectra are counted from 0.
  case noDistribution(spectrum: Int)

  /// One line with what was found and expected.
  public var description: String {
    switch self {
    case .otherChannels(let file, let expected, let actual):
      "\(file): channels at \(Self.summary(actual)), the model was trained on \(Self.summary(expected))"
    case .otherFrequencies(let file, let expected, let actual):
      "\(file): frequencies \(actual), the model was trained on \(expected)"
    case .otherParameters(let file, let expected, let actual):
      "\(file): parameters \(actual.joined(separator: ", ")), expected \(expected.joined(separator: ", "))"
    case .otherSplit(let file):
      "\(file): has the samples of the training in another split; its test samples may have been trained on"
    case .noSamples(let file, let split): "\(file): no usable \(split) samples"
    case .tooFewSamples(let file, let needed, let actual):
      "\(file): has \(actual) usable training samples, training.samples asks for \(needed)"
    case .tooFewFrequencies(let file, let actual):
      "\(file): training.frequencies_Hz and exclude_frequencies_Hz leave \(actual) of its frequencies, fewer than the network needs"
    case .otherReference(let file, let expected, let actual):
      "\(file): channels are measured against \(Self.words(actual)), the model was trained on channels against "
        + Self.words(expected)
    case .otherBins(let file, let expected, let actual):
      "\(file): potentials of spikes in bins of \(actual) ms, the model was trained on those of \(expected) ms: in bins of 1 ms"
        + " what oscillates above 500 Hz appears at lower frequencies (simulation.bin_ms)"
    case .noDistribution(let spectrum):
      "spectrum \(spectrum): the predicted covariance is not positive definite"
    }
  }

  private static func words(_ reference: Reference) -> String {
    switch reference {
    case .none: "a distant electrode"
    case .average: "the mean of all"
    case .bipolar: "their neighbours"
    }
  }

  /// Depths alone of contacts on the axis.
  private static func summary(_ contacts: [Contact]) -> String {
    contacts.allSatisfy { $0.x == 0 && $0.y == 0 }
      ? "depths \(contacts.map(\.z)) µm" : "(x, y, z) = \(contacts.map { [$0.x, $0.y, $0.z] }) µm"
  }
}
