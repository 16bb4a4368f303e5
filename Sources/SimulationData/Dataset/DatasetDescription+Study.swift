import Configuration
import FieldPotential

extension Study {
  /// What all samples of the study's data set have in common.
  public func datasetDescription(_ kernels: FieldKernels) -> DatasetDescription {
    func referenced(_ kernel: ChannelSeries) -> [Double] {
      configuration.measurement.reference.applied(to: kernel.values, contacts: kernel.channelCount)
    }
    return DatasetDescription(
      box: box, contacts: channels, frequencies: welch.frequencies,
      duration: configuration.simulation.duration, transient: configuration.simulation.transient,
      timeStep: configuration.simulation.timeStep, bin: configuration.simulation.bin,
      excitatoryKernel: referenced(kernels.excitatory),
      inhibitoryKernel: referenced(kernels.inhibitory), configuration: StoredConfiguration(configuration),
      softwareVersion: softwareVersion, simulationIdentity: simulationIdentity,
      spectraIdentity: spectraIdentity)
  }
}
