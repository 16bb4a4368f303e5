import Configuration
import FieldPotential
import HDF5Storage

/// The file `kernels.h5`: the LFP kernels of a study, by bins and on the fine grid.
package enum KernelFile {
  /// Writes a new file; throws `HDF5Error`, also if it exists.
  package static func write(_ kernels: FieldKernels, of study: Study, to path: String) throws {
    let file = try HDF5File.create(path, isSealed: true)
    let root = file.root
    try root.attributes.writeHeader(
      format: "brunel-lfp kernels", configuration: study.configuration.yaml, softwareVersion: softwareVersion)
    try root.attributes.write(study.excitatoryMorphology.name, named: "morphology_E")
    try root.attributes.write(study.inhibitoryMorphology.name, named: "morphology_I")
    try root.attributes.write(kernels.parameters.currentPerMillivolt * 1000, named: "current_pA_per_mV")
    let channel = try root.createChannels(kernels.parameters.contacts)
    func lags(_ name: String, count: Int, step: Double) throws -> HDF5Dataset {
      try root.createCoordinate(name, (0..<count).map { Double($0) * step }, units: "ms")
    }
    let coarse = try lags("time", count: kernels.lagCount, step: kernels.parameters.binWidth)
    let fineStep = kernels.parameters.binWidth / Double(kernels.parameters.stepsPerBin)
    let fine = try lags("time_0p1ms", count: kernels.fineExcitatory.sampleCount, step: fineStep)
    for (name, series, time) in [
      ("E", kernels.excitatory, coarse), ("I", kernels.inhibitory, coarse),
      ("E_0p1ms", kernels.fineExcitatory, fine), ("I_0p1ms", kernels.fineInhibitory, fine),
    ] {
      let dataset = try root.createDataset(
        name, series.values, shape: [series.channelCount, series.sampleCount])
      try dataset.attributes.write("mV", named: "units")
      try dataset.attributes.write(HDF5Group.channelCoordinates, named: "coordinates")
      try dataset.attachScales([channel, time])
    }
    try file.close()
  }
}
