import Configuration
import DurableFiles
import Foundation
import HDF5Storage
import ParameterEstimation
import SimulationData
import SpectralAnalysis

/// Applies a model to spectra, or to potentials, in an HDF5 file.
package struct Estimate {
  /// Reads `/psd` ([channel, frequency] or [sample, channel, frequency] in mV²/Hz, with `/frequency` in Hz), or else
  /// `/lfp` ([channel, time] in mV, with `/time` in ms), and `/channel_depth` in µm, with `/channel_x` and `/channel_y` if
  /// the file has them, and estimates.
  package static func run(model path: String, input: String, threads: Int) throws -> [Row] {
    let model = try TrainedModel(path: path)
    let estimator = model.estimator
    try ChecksummedFile.requireUnaltered(input)
    let file = try HDF5File.open(input)
    let spectra = try self.spectra(in: file, for: model)
    try file.close()
    let box = estimator.targetBox.dimensions
    let (values, posteriors) = try estimator.predictions(from: spectra, threads: threads)
    return (0..<(values.count / box.count)).map { row in
      let deviations = posteriors?[row].standardDeviations
      return Row(
        row: row,
        parameters: box.enumerated().map { p, dimension in
          let value = values[row * box.count + p]
          return .init(
            name: dimension.name, estimate: value, standardDeviation: deviations?[p],
            isOutside: value < dimension.lower || value > dimension.upper)
        }, correlations: posteriors?[row].correlations)
    }
  }

  private static func spectra(in file: HDF5File, for model: TrainedModel) throws -> [Float] {
    let root = file.root
    let estimator = model.estimator
    let study = model.configuration.values
    let reference = try self.reference(of: root, path: file.path)
    guard try root.contains("psd"), try reference == study.measurement.reference || !root.contains("lfp")
    else {
      guard reference == .none || reference == study.measurement.reference else {
        throw EstimatorError.otherReference(
          file: file.path, expected: study.measurement.reference, actual: reference)
      }
      // Of files with depths alone nothing else is compared.
      let contacts = try root.contacts(
        assuming: reference == .none ? study.kernel.contacts : estimator.contacts)
      let recording = try Recording(root, channels: contacts.count, path: file.path)
        .measured(against: reference == .none ? study.measurement.reference : .none)
      let (frequencies, spectra) = try recording.spectra(
        study.spectra, upTo: estimator.frequencies.last ?? 0)
      let positions = try estimator.requireMatching(
        contacts: reference == .none ? study.measurement.reference.channels(between: contacts) : contacts,
        frequencies: frequencies, file: file.path)
      return keep(positions, of: frequencies.count, spectra)
    }
    guard reference == study.measurement.reference else {
      throw EstimatorError.otherReference(
        file: file.path, expected: study.measurement.reference, actual: reference)
    }
    let contacts = try root.contacts(assuming: estimator.contacts)
    let frequencies: [Double] = try root.dataset("frequency").read()
    let positions = try estimator.requireMatching(
      contacts: contacts, frequencies: frequencies, file: file.path)
    let dataset = try root.dataset("psd")
    let shape = try dataset.shape
    let expected = [contacts.count, frequencies.count]
    guard Array(shape.suffix(2)) == expected, shape.count == 2 || shape.count == 3 else {
      throw DatasetError.inconsistent(
        file: file.path, reason: "/psd has shape \(shape), expected \(expected)")
    }
    let spectra: [Float] = try dataset.read()
    if let index = spectra.firstIndex(where: { !($0 >= 0 && $0.isFinite) }) {
      let (channel, frequency) = (index / expected[1] % expected[0], index % expected[1])
      let sample = shape.count == 3 ? "sample \(index / (expected[0] * expected[1])), " : ""
      throw DatasetError.inconsistent(
        file: file.path,
        reason: "/psd: \(sample)channel \(channel), frequency \(frequency), counted from 0, is "
          + "\(spectra[index]), expected a density that is finite and not negative")
    }
    return keep(positions, of: frequencies.count, spectra)
  }

  /// The densities at some of `count` frequencies.
  private static func keep(_ positions: [Int], of count: Int, _ spectra: [Float]) -> [Float] {
    stride(from: 0, to: spectra.count, by: count).flatMap { row in positions.map { spectra[row + $0] } }
  }

  /// What a file says that its channels are measured against; a distant electrode, if nothing.
  private static func reference(of root: HDF5Group, path: String) throws -> Reference {
    guard try root.attributes.contains("reference") else { return .none }
    let name = try root.attributes.read("reference", as: String.self)
    guard let reference = Reference(rawValue: name) else {
      throw DatasetError.inconsistent(
        file: path,
        reason: "the attribute reference is \(name), expected one of none, average, bipolar")
    }
    return reference
  }
}
