import FieldPotential
import Foundation
import ParameterEstimation
import SpikingNetwork

/// From a sample's index to its row in the data set: parameters → spikes → LFP → spectra.
///
/// A row depends on the study and the index only.
final class SampleSimulator: Sendable {
  private let study: Study
  private let spectra: SampleSpectra
  private let memories = MemoryPool()

  /// `kernels` are those of the configured delay.
  init(_ study: Study, kernels: FieldKernels) {
    self.study = study
    spectra = SampleSpectra(study, kernels: kernels)
  }

  /// The parameters of a sample, in the order of the study's box.
  func parameters(of sample: SampleIdentity) -> [Double] {
    zip(study.box.dimensions, sample.uniformParameters(in: study.box)).map {
      study.configuration.nearestAdmissible($1, of: $0.key)
    }
  }

  /// Simulates one sample.
  func row(of sample: SampleIdentity) throws -> DatasetRows {
    let parameters = parameters(of: sample)
    let simulation = try study.simulation(parameters: parameters)
    let memory = memories.take()
    let result = simulation.run(key: sample.key, memory: memory)
    memories.give(memory)
    let split = study.configuration.split
    var row = DatasetRows()
    row.sampleIndex = [UInt64(sample.index)]
    row.seedKey = [sample.key.fingerprint]
    row.split = [
      sample.split(testFraction: split.testFraction, validationFraction: split.validationFraction).rawValue
    ]
    row.parameters = parameters
    row.excitatoryHistogram = result.excitatoryHistogram
    row.inhibitoryHistogram = result.inhibitoryHistogram
    row.excitatoryRate = [Float(result.activity.excitatoryRate)]
    row.inhibitoryRate = [Float(result.activity.inhibitoryRate)]
    row.irregularity = [Float(result.activity.coefficientOfVariation)]
    row.spectra = try spectra.spectra(of: row)
    return row
  }
}

/// Memory of finished simulations, for those that follow on any thread.
private final class MemoryPool: @unchecked Sendable {
  private let lock = NSLock()
  private var free: [SimulationMemory] = []

  func take() -> SimulationMemory { lock.withLock { free.popLast() } ?? SimulationMemory() }
  func give(_ memory: SimulationMemory) { lock.withLock { free.append(memory) } }
}

extension Study {
  /// What all samples of the study's data set have in common.
  func datasetDescription(_ kernels: FieldKernels) -> DatasetDescription {
    DatasetDescription(
      box: box, channelDepths: configuration.kernel.contacts.map(\.z), frequencies: welch.frequencies,
      duration: configuration.simulation.duration, transient: configuration.simulation.transient,
      timeStep: configuration.simulation.timeStep, excitatoryKernel: kernels.excitatory.values,
      inhibitoryKernel: kernels.inhibitory.values, configuration: configuration.yaml,
      softwareVersion: softwareVersion, simulationIdentity: simulationIdentity,
      spectraIdentity: spectraIdentity)
  }
}
