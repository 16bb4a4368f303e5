import FieldPotential
import Figures
import HDF5Storage

/// Computes the LFP kernels of a study and stores them.
public struct ComputeKernels {
  /// What was computed.
  public struct Summary: Sendable, Codable {
    /// Number of contacts.
    public let channels: Int
    /// Largest potential per excitatory spike at J = 1 mV by channel, with its sign, in nV.
    public let peakExcitatory: [Double]
    /// Largest potential per inhibitory spike at g·J = 1 mV by channel, with its sign, in nV.
    public let peakInhibitory: [Double]
    /// Seconds taken.
    public let seconds: Double
    /// What a user should know about the cells.
    public let notices: [String]

    enum CodingKeys: String, CodingKey {
      case channels
      case peakExcitatory = "peak_E_nV"
      case peakInhibitory = "peak_I_nV"
      case seconds, notices
    }
  }

  /// Writes `kernels.h5` and, on request, a figure; throws if they exist.
  public static func run(_ study: Study, output: String, figure: String?) throws -> Summary {
    for path in [output, figure].compactMap({ $0 }) { try AtomicFile.requireCreatable(path) }
    let clock = ContinuousClock.now
    let kernels = try study.kernels()
    let seconds = (ContinuousClock.now - clock).seconds
    try AtomicFile.write(to: output) { try write(kernels, study, to: $0) }
    if let figure { try AtomicFile.write(self.figure(kernels).svg, to: figure) }
    return Summary(
      channels: kernels.channelCount, peakExcitatory: peaks(kernels.fineExcitatory),
      peakInhibitory: peaks(kernels.fineInhibitory), seconds: seconds, notices: study.notices(kernels))
  }

  private static func write(_ kernels: FieldKernels, _ study: Study, to path: String) throws {
    let file = try HDF5File.create(path)
    let root = file.root
    try root.attributes.write("brunel-lfp kernels", named: "format")
    try root.attributes.write(Int64(1), named: "schema_version")
    try root.attributes.write(study.configuration.yaml, named: "configuration")
    try root.attributes.write(softwareVersion, named: "software_version")
    try root.attributes.write(study.excitatoryMorphology.name, named: "morphology_E")
    try root.attributes.write(study.inhibitoryMorphology.name, named: "morphology_I")
    try root.attributes.write(kernels.parameters.currentPerMillivolt * 1000, named: "current_pA_per_mV")
    let channel = try root.createDimension("channel", count: kernels.channelCount)
    let depth = try root.createDataset("channel_depth", kernels.parameters.contacts.map(\.z))
    try depth.attributes.write("um", named: "units")
    try depth.attachScales([channel])
    func coordinate(_ name: String, count: Int, step: Double) throws -> HDF5Dataset {
      let dataset = try root.createDataset(name, (0..<count).map { Double($0) * step })
      try dataset.attributes.write("ms", named: "units")
      try dataset.makeScale()
      return dataset
    }
    let coarse = try coordinate("time", count: kernels.lagCount, step: kernels.parameters.binWidth)
    let fineStep = kernels.parameters.binWidth / Double(kernels.parameters.stepsPerBin)
    let fine = try coordinate("time_0p1ms", count: kernels.fineExcitatory.sampleCount, step: fineStep)
    for (name, series, time) in [
      ("E", kernels.excitatory, coarse), ("I", kernels.inhibitory, coarse),
      ("E_0p1ms", kernels.fineExcitatory, fine), ("I_0p1ms", kernels.fineInhibitory, fine),
    ] {
      let dataset = try root.createDataset(
        name, series.values, shape: [series.channelCount, series.sampleCount])
      try dataset.attributes.write("mV", named: "units")
      try dataset.attributes.write("channel_depth", named: "coordinates")
      try dataset.attachScales([channel, time])
    }
    try file.close()
  }

  private static func figure(_ kernels: FieldKernels) -> Figure {
    let step = kernels.parameters.binWidth / Double(kernels.parameters.stepsPerBin)
    func channels(_ series: ChannelSeries) -> [[Double]] {
      (0..<series.channelCount).map { Array(series[channel: $0]) }
    }
    return KernelFigure(
      lag: (0..<kernels.fineExcitatory.sampleCount).map { Double($0) * step },
      kernelE: channels(kernels.fineExcitatory), kernelI: channels(kernels.fineInhibitory),
      depths: kernels.parameters.contacts.map(\.z)
    ).figure
  }

  private static func peaks(_ series: ChannelSeries) -> [Double] {
    (0..<series.channelCount).map { channel in
      (series[channel: channel].max { abs($0) < abs($1) } ?? 0) * 1e6
    }
  }
}
