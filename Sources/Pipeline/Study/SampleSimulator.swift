import FieldPotential
import Foundation
import ParameterEstimation
import SpectralAnalysis
import SpikingNetwork
import Synchronization

/// From a sample's index to its row in the data set: parameters → spikes → LFP → spectra.
///
/// A row depends on the study and the index only.
final class SampleSimulator: Sendable {
  let study: Study
  private let kernelCache: Mutex<[Double: FieldKernels]>
  private let memories = MemoryPool()

  /// `kernels` are those of the configured delay.
  init(_ study: Study, kernels: FieldKernels) {
    self.study = study
    kernelCache = Mutex([study.configuration.network.delay: kernels])
  }

  /// The parameters of a sample, in the order of the study's box.
  func parameters(of sample: SampleIdentity) -> [Double] {
    zip(study.box.dimensions, study.points.parameters(of: sample)).map {
      study.configuration.nearestAdmissible($1, of: $0.key)
    }
  }

  /// What is simulated for a sample.
  func simulation(of sample: SampleIdentity) throws -> Simulation {
    try study.simulation(parameters: parameters(of: sample))
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
    let lfp = try fieldPotential(of: result, simulation.parameters)
    row.spectra = try study.spectra(of: lfp).map(Float.init)
    return row
  }

  /// What a sample's simulation time depends on.
  func costFeatures(of sample: SampleIdentity) throws -> [Double] {
    CostModel.features(of: try simulation(of: sample).parameters)
  }

  /// Tries a sample for `duration` ms: seconds of simulating, and seconds that do not depend on the duration.
  func probe(_ sample: SampleIdentity, duration: Int) throws -> (simulation: Double, fixed: Double) {
    let network = try simulation(of: sample).parameters
    let short = try Simulation(parameters: network, duration: Double(duration), transient: 0)
    let memory = memories.take()
    let result = short.run(key: sample.key, memory: memory)
    memories.give(memory)
    let silence = [UInt32](repeating: 0, count: study.configuration.simulation.duration)
    let clock = ContinuousClock()
    let fixed = try clock.measure {
      let lfp = try kernels(delay: network.delay).fieldPotential(
        excitatory: silence, inhibitory: silence, efficacy: 1, relativeInhibition: 1)
      _ = try study.spectra(of: lfp)
    }
    return (result.simulateSeconds, result.buildSeconds + fixed.seconds)
  }

  /// The LFP of a simulation in mV over the whole duration.
  func fieldPotential(of result: SimulationResult, _ network: NetworkParameters) throws -> ChannelSeries {
    try fieldPotential(
      excitatory: result.excitatoryHistogram, inhibitory: result.inhibitoryHistogram, network)
  }

  /// The LFP in mV that follows from spikes per bin.
  func fieldPotential(
    excitatory: [UInt32], inhibitory: [UInt32], _ network: NetworkParameters
  ) throws -> ChannelSeries {
    try kernels(delay: network.delay).fieldPotential(
      excitatory: excitatory, inhibitory: inhibitory, efficacy: network.efficacy,
      relativeInhibition: network.g)
  }

  private func kernels(delay: Double) throws -> FieldKernels {
    try kernelCache.withLock { cache in
      if let kernels = cache[delay] { return kernels }
      let kernels = try study.kernels(delay: delay)
      cache[delay] = kernels
      return kernels
    }
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
  /// Welch spectra of an LFP after the transient, [channel][frequency] in mV²/Hz.
  func spectra(of lfp: ChannelSeries) throws -> [Double] {
    try (0..<lfp.channelCount).flatMap { channel in
      try welch.powerSpectralDensity(
        of: Array(lfp[channel: channel].dropFirst(configuration.simulation.transient)))
    }
  }

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
