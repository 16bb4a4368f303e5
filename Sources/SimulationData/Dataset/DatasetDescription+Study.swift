import Configuration
import FieldPotential

extension Study {
  /// What all samples of the study's data set have in common.
  public func datasetDescription(_ kernels: FieldKernels) -> DatasetDescription {
    DatasetDescription(
      box: box, channelDepths: configuration.kernel.contacts.map(\.z), frequencies: welch.frequencies,
      duration: configuration.simulation.duration, transient: configuration.simulation.transient,
      timeStep: configuration.simulation.timeStep, excitatoryKernel: kernels.excitatory.values,
      inhibitoryKernel: kernels.inhibitory.values, configuration: configuration.yaml,
      softwareVersion: softwareVersion, simulationIdentity: simulationIdentity,
      spectraIdentity: spectraIdentity)
  }
}
