import ConvolutionalNetwork
import ParameterSampling
import SimulationData

/// What training takes from a data set: finite spectra of networks that fired, with targets in the unit cube.
public struct TrainingSamples: Sendable {
  /// Spectra [sample][channel][frequency] in mV²/Hz.
  public private(set) var spectra: [Float] = []
  /// Targets [sample][parameter] in the unit cube of the target box.
  public private(set) var targets: [Float] = []
  /// Parameters [sample][parameter] in their units.
  public private(set) var parameters: [Double] = []
  /// Index of each sample in its study.
  public private(set) var indices: [UInt64] = []
  /// Samples left out because they fired no spike after the transient.
  public private(set) var silent = 0
  /// Samples left out because a model has seen them.
  package private(set) var leftOut = 0
  /// Number of samples.
  public private(set) var count = 0

  /// No samples.
  package init() {}

  /// Takes the rows of one part, or of all, of a data set, without those of some indices.
  ///
  /// - Throws: ``DatasetError/notFinite(file:dataset:sample:)``.
  public init(
    _ rows: DatasetRows, split: DatasetSplit?, leavingOut isLeftOut: ((UInt64) -> Bool)? = nil,
    description: DatasetDescription, targetBox: ParameterBox, file: String
  ) throws {
    let actual = description.box.dimensions.map(\.key)
    let expected = targetBox.dimensions.map(\.key)
    let order = expected.compactMap { actual.firstIndex(of: $0) }
    guard order.count == expected.count else {
      throw EstimatorError.otherParameters(file: file, expected: expected, actual: actual)
    }
    let stride = description.spectrumCount
    for row in 0..<rows.count where split == nil || rows.split[row] == split?.rawValue {
      if isLeftOut?(rows.sampleIndex[row]) == true {
        leftOut += 1
        continue
      }
      if rows.isSilent(row) {
        silent += 1
        continue
      }
      let spectrum = rows.spectra[(row * stride)..<((row + 1) * stride)]
      guard spectrum.allSatisfy(\.isFinite) else {
        throw DatasetError.notFinite(file: file, dataset: "/psd", sample: rows.sampleIndex[row])
      }
      let values = order.map { rows.parameters[row * actual.count + $0] }
      guard values.allSatisfy(\.isFinite) else {
        throw DatasetError.notFinite(file: file, dataset: "/parameters", sample: rows.sampleIndex[row])
      }
      spectra += spectrum
      parameters += values
      targets += targetBox.normalised(values).map(Float.init)
      indices.append(rows.sampleIndex[row])
      count += 1
    }
  }

  /// The samples as a network that is trained on `loss` takes them.
  public func sampleSet(
    _ normaliser: SpectrumNormaliser, architecture: NetworkArchitecture, loss: Loss = .squaredError
  ) throws(SampleError) -> SampleSet {
    try SampleSet(
      architecture: architecture, loss: loss,
      inputs: normaliser.inputs(
        spectra, channels: architecture.input.channels, frequencies: architecture.input.positions),
      targets: targets)
  }
}

extension TrainingSamples {
  /// Adds the samples of another part.
  public mutating func append(_ other: TrainingSamples) {
    spectra += other.spectra
    targets += other.targets
    parameters += other.parameters
    indices += other.indices
    silent += other.silent
    leftOut += other.leftOut
    count += other.count
  }

  /// The same without spectra, which take most of the memory.
  package var withoutSpectra: TrainingSamples {
    var result = self
    result.spectra = []
    return result
  }

  /// The same with other spectra.
  package func replacingSpectra(_ spectra: [Float]) -> TrainingSamples {
    var result = self
    result.spectra = spectra
    return result
  }

  /// Keeps some of the `all` frequencies of the spectra.
  mutating func keep(_ frequencies: [Int], ofFrequencies all: Int) {
    guard frequencies != Array(0..<all) else { return }
    spectra = stride(from: 0, to: spectra.count, by: all).flatMap { row in
      frequencies.map { spectra[row + $0] }
    }
  }

  /// Keeps the first `limit` samples, of which there must be as many.
  public mutating func keepFirst(_ limit: Int) {
    precondition(limit <= count, "no more samples than there are")
    guard count > 0 else { return }
    spectra.removeLast(spectra.count / count * (count - limit))
    targets.removeLast(targets.count / count * (count - limit))
    parameters.removeLast(parameters.count / count * (count - limit))
    indices.removeLast(count - limit)
    count = limit
  }
}
