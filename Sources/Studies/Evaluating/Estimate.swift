import Configuration
import DurableFiles
import Foundation
import HDF5Storage
import ParameterEstimation
import SimulationData

/// Applies a model to spectra, or to potentials, in an HDF5 file.
package struct Estimate {
  /// The estimates from one spectrum.
  package struct Row: Sendable, Codable, Equatable {
    /// Position in the file, from 0.
    package let row: Int
    /// Estimates by parameter name, in the parameters' units.
    package let estimates: [String: Double]
    /// Names of parameters whose estimate lies outside the range that the model was trained for.
    package let outside: [String]
    /// Standard deviations by parameter name, in the parameters' units; nil unless the model predicts distributions.
    package let standardDeviations: [String: Double]?
    /// Correlation of each pair of parameters, such as `eta,g`; nil unless the model predicts distributions.
    package let correlations: [String: Double]?

    enum CodingKeys: String, CodingKey {
      case row, estimates, outside
      case standardDeviations = "standard_deviations"
      case correlations
    }
  }

  /// Reads `/psd` ([channel, frequency] or [sample, channel, frequency] in mV²/Hz, with `/channel_depth` and
  /// `/frequency`), or else `/lfp` ([channel, time] in mV, with `/channel_depth` in µm and `/time` in ms), and estimates.
  package static func run(model path: String, input: String, threads: Int) throws -> [Row] {
    let model = try TrainedModel(path: path)
    let estimator = model.estimator
    try ChecksummedFile.requireUnaltered(input)
    let file = try HDF5File.open(input)
    let spectra = try self.spectra(in: file, for: model)
    try file.close()
    let box = estimator.targetBox.dimensions
    let posteriors = try estimator.posteriors(from: spectra, threads: threads)
    let values = try posteriors?.flatMap(\.mean) ?? estimator.estimates(from: spectra, threads: threads)
    return (0..<(values.count / box.count)).map { row in
      var estimates: [String: Double] = [:]
      var outside: [String] = []
      for (p, dimension) in box.enumerated() {
        let value = values[row * box.count + p]
        estimates[dimension.name] = value
        if value < dimension.lower || value > dimension.upper { outside.append(dimension.name) }
      }
      let posterior = posteriors?[row]
      return Row(
        row: row, estimates: estimates, outside: outside,
        standardDeviations: posterior.map {
          Dictionary(uniqueKeysWithValues: zip(box.map(\.name), $0.standardDeviations))
        },
        correlations: posterior.map { pairs($0.correlations, names: box.map(\.name)) })
    }
  }

  /// The entries above the diagonal of a symmetric matrix, by the names of row and column.
  private static func pairs(_ matrix: [Double], names: [String]) -> [String: Double] {
    var pairs: [String: Double] = [:]
    for i in names.indices {
      for j in names.indices where i < j { pairs["\(names[i]),\(names[j])"] = matrix[i * names.count + j] }
    }
    return pairs
  }

  private static func spectra(in file: HDF5File, for model: TrainedModel) throws -> [Float] {
    let root = file.root
    let estimator = model.estimator
    let depths: [Double] = try root.dataset("channel_depth").read()
    guard try root.contains("psd") else {
      let configuration = try StudyConfiguration(yaml: model.configuration)
      let recording = try Recording(root, channels: depths.count, path: file.path)
      let (frequencies, spectra) = try recording.spectra(
        configuration.spectra, upTo: estimator.frequencies.last ?? 0)
      try estimator.requireMatching(channelDepths: depths, frequencies: frequencies, file: file.path)
      return spectra
    }
    try estimator.requireMatching(
      channelDepths: depths, frequencies: try root.dataset("frequency").read(), file: file.path)
    let dataset = try root.dataset("psd")
    let shape = try dataset.shape
    let expected = [depths.count, estimator.frequencies.count]
    guard Array(shape.suffix(2)) == expected, shape.count == 2 || shape.count == 3 else {
      throw DatasetError.inconsistent(
        file: file.path, reason: "/psd has shape \(shape), expected \(expected)")
    }
    return try dataset.read()
  }
}
