import Configuration
import FieldPotential
import Foundation
import ParameterSampling
import SimulationData
import SpikingNetwork

/// From a sample's index to its row in the data set: parameters → spikes → LFP → spectra.
///
/// A row depends on the study and the index only.
final class SampleSimulator: Sendable {
  let study: Study
  private let spectra: SampleSpectra
  private let memories = MemoryPool()

  /// `kernels` are those of the configured delay.
  init(_ study: Study, kernels: FieldKernels) {
    self.study = study
    spectra = SampleSpectra(study, kernels: kernels)
  }

  /// What is simulated for a sample.
  func simulation(of sample: SampleIdentity) throws -> Simulation {
    try study.simulation(parameters: study.parameters(of: sample))
  }

  /// Simulates one sample, with other parameters than its own if such are given.
  func row(of sample: SampleIdentity, parameters: [Double]? = nil) throws -> DatasetRows {
    let parameters = parameters ?? study.parameters(of: sample)
    let simulation = try study.simulation(parameters: parameters)
    let memory = memories.take()
    let result = simulation.run(key: sample.key, memory: memory)
    memories.give(memory)
    var row = DatasetRows()
    row.sampleIndex = [UInt64(sample.index)]
    row.seedKey = [sample.key.fingerprint]
    row.split = [sample.part(of: study.configuration.split).rawValue]
    row.parameters = parameters
    row.excitatoryHistogram = result.excitatoryHistogram
    row.inhibitoryHistogram = result.inhibitoryHistogram
    row.excitatoryRate = [Float(result.activity.excitatoryRate)]
    row.inhibitoryRate = [Float(result.activity.inhibitoryRate)]
    row.coefficientOfVariation = [Float(result.activity.coefficientOfVariation)]
    row.spectra = try spectra.spectra(of: row)
    return row
  }

  /// What a sample's simulation time depends on.
  func costFeatures(of sample: SampleIdentity) throws -> [Double] {
    CostModel.features(of: try simulation(of: sample))
  }

  /// Tries a sample for `duration` ms: seconds of simulating, and seconds that do not depend on the duration.
  func probe(_ sample: SampleIdentity, duration: Int) throws -> (simulation: Double, fixed: Double) {
    var timing = study.configuration.simulation
    (timing.duration, timing.transient) = (duration, 0)
    let short = try Simulation(try simulation(of: sample).network, timing: timing)
    let memory = memories.take()
    let result = short.run(key: sample.key, memory: memory)
    memories.give(memory)
    var silentRow = DatasetRows()
    silentRow.sampleIndex = [UInt64(sample.index)]
    silentRow.parameters = study.parameters(of: sample)
    silentRow.excitatoryHistogram = Array(repeating: 0, count: study.configuration.simulation.binCount)
    silentRow.inhibitoryHistogram = silentRow.excitatoryHistogram
    let clock = ContinuousClock()
    let fixed = try clock.measure { _ = try spectra.spectra(of: silentRow) }
    return (result.simulateSeconds, result.buildSeconds + fixed.seconds)
  }
}

/// Memory of finished simulations, for those that follow on any thread.
private final class MemoryPool: @unchecked Sendable {
  private let lock = NSLock()
  private var free: [SimulationMemory] = []

  func take() -> SimulationMemory { lock.withLock { free.popLast() } ?? SimulationMemory() }
  func give(_ memory: SimulationMemory) { lock.withLock { free.append(memory) } }
}
