import Configuration
import DurableFiles
import FieldPotential
import Figures
import HDF5Storage
import SimulationData
import StudyFigures

/// Computes the LFP kernels of a study and stores them.
package struct ComputeKernels {
  /// What was computed.
  package struct Summary: Sendable, Codable {
    /// Number of contacts.
    package let channels: Int
    /// Largest potential per excitatory spike at J = 1 mV by channel, with its sign, in nV.
    package let peakExcitatory: [Double]
    /// Largest potential per inhibitory spike at g·J = 1 mV by channel, with its sign, in nV.
    package let peakInhibitory: [Double]
    /// Seconds taken.
    package let seconds: Double
    /// What a user should know about the cells.
    package let notices: [String]

    enum CodingKeys: String, CodingKey {
      case channels
      case peakExcitatory = "peak_E_nV"
      case peakInhibitory = "peak_I_nV"
      case seconds, notices
    }
  }

  /// Writes `kernels.h5` and, on request, a figure; throws if they exist.
  package static func run(_ study: Study, output: String, figure: String?) throws -> Summary {
    for path in [output, figure].compactMap({ $0 }) { try AtomicFile.requireCreatable(path) }
    let clock = ContinuousClock.now
    let kernels = try study.completeKernels()
    let seconds = (ContinuousClock.now - clock).seconds
    Interruption.letWorkFinish()
    try AtomicFile.write(to: output) { try KernelFile.write(kernels, of: study, to: $0) }
    if let figure { try AtomicFile.write(self.figure(kernels).svg, to: figure) }
    return Summary(
      channels: kernels.channelCount, peakExcitatory: peaks(kernels.fineExcitatory),
      peakInhibitory: peaks(kernels.fineInhibitory), seconds: seconds, notices: study.notices(kernels))
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
