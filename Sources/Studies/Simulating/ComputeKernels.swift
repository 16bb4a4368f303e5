import Configuration
import DurableFiles
import FieldPotential
import Figures
import HDF5Storage
import SimulationData
import StudyFigures

/// Computes the LFP kernels of a study and stores them.
package struct ComputeKernels {
  /// A cell as it was read.
  package struct Cell: Sendable, Codable {
    /// Its population.
    package let population: String
    /// Its name.
    package let name: String
    /// Membrane of the soma in µm².
    package let somaArea: Double
    /// Membrane of the dendrites in µm².
    package let dendriteArea: Double
    /// Length of the dendrites in µm.
    package let dendriteLength: Double
    /// Segments of the cable.
    package let segments: Int
    /// Smallest and largest x, y and z about the soma, in µm.
    package let extent: [[Double]]

    enum CodingKeys: String, CodingKey {
      case population, name, segments
      case somaArea = "soma_area_um2"
      case dendriteArea = "dendrite_area_um2"
      case dendriteLength = "dendrite_length_um"
      case extent = "extent_um"
    }

    init(_ population: String, _ cell: CellMorphology, _ parameters: KernelParameters) throws {
      self.population = population
      name = cell.name
      somaArea = cell.area(of: [.soma])
      dendriteArea = cell.area(of: [.basalDendrite, .apicalDendrite])
      dendriteLength = cell.length(of: [.basalDendrite, .apicalDendrite])
      segments = try CableDiscretisation(cell, parameters: parameters).segments.count
      extent = (0..<3).map { [cell.extent.lower[$0], cell.extent.upper[$0]] }
    }

    /// For people, on one line.
    package var text: String {
      func range(_ axis: Int) -> String { String(format: "%.0f … %.0f", extent[axis][0], extent[axis][1]) }
      return String(
        format: "%@: soma %.1f µm², dendrites %.1f µm and %.1f µm², %d segments, z %@ µm, x %@ µm, y %@ µm",
        "\(population)  \(name)", somaArea, dendriteLength, dendriteArea, segments, range(2), range(0),
        range(1))
    }
  }

  /// What was computed.
  package struct Summary: Sendable, Codable {
    /// The cells.
    package let cells: [Cell]
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
      case cells, channels
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
      cells: [
        try Cell("E", study.excitatoryMorphology, kernels.parameters),
        try Cell("I", study.inhibitoryMorphology, kernels.parameters),
      ],
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
