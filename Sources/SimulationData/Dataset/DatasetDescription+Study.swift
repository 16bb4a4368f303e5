import Configuration
import FieldPotential

extension Study {
  /// What all samples of the study's data set have in common.
  public func datasetDescription(_ kernels: FieldKernels) -> DatasetDescription {
    DatasetDescription(
      box: box, contacts: kernels.parameters.contacts, frequencies: welch.frequencies,
      duration: configuration.simulation.duration, transient: configuration.simulation.transient,
      timeStep: configuration.simulation.timeStep, bin: configuration.simulation.bin,
      excitatoryKernel: kernels.excitatory.values,
      inhibitoryKernel: kernels.inhibitory.values, configuration: StoredConfiguration(configuration),
      softwareVersion: softwareVersion, simulationIdentity: simulationIdentity,
      spectraIdentity: spectraIdentity)
  }
}
