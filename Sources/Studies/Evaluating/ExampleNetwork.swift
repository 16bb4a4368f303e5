import Configuration
import DurableFiles
import Figures
import Foundation
import ParameterSampling
import SimulationData
import SpikingNetwork

/// One network of a data set, simulated again to be looked at.
struct ExampleNetwork {
  /// Raster, rates, LFP and spectra.
  let figure: Figure
  /// Which network it is.
  let caption: String

  /// The first network of a data set that fired; nil if none did.
  ///
  /// - Parameter rows: The data set's samples.
  /// - Throws: An error of reading the cells that the data set names.
  init?(_ rows: DatasetRows, of dataset: DatasetReader, threads: Int) throws {
    guard let row = (0..<rows.count).first(where: { !rows.isSilent($0) }) else { return nil }
    let stored = dataset.description.configuration.values
    let count = dataset.description.box.count
    var configuration = stored
    configuration.network = stored.network(with: Array(rows.parameters[row * count..<(row + 1) * count]))
    // A list of samples need not be there any more.
    configuration.sampling = SamplingParameters()
    let study = try Study(
      configuration, folder: URL(fileURLWithPath: FilePath.folder(dataset.path), isDirectory: true))
    let key = SampleIdentity(seed: stored.seed, index: Int(clamping: rows.sampleIndex[row])).key
    let simulation = try Simulation(configuration.network, timing: configuration.simulation)
    let result = simulation.run(key: key, keepsSpikes: true, threads: threads) { _ in }
    figure = try SimulatedRun(study, configuration.network, result, study.completeKernels(), key: key).figure
    caption =
      "Sample \(rows.sampleIndex[row]), simulated again: spikes of some neurons, rates of both populations, LFP by depth,"
      + " against a distant electrode, and spectra."
  }
}
