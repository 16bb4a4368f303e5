import FieldPotential
import Foundation
import ParameterEstimation
import RandomStreams
import SpectralAnalysis
import SpikingNetwork

/// The version of the program.
public let softwareVersion = "0.1.0"

/// A configuration turned into what the modules take: everything that can be wrong with it is found here, before
/// any work is done.
public struct Study: Sendable {
  /// The configuration, complete with defaults.
  public let configuration: StudyConfiguration
  /// The sampled parameters.
  public let box: ParameterBox
  /// The parameters that a model estimates, with the ranges that its errors are relative to.
  public let targetBox: ParameterBox
  /// Spectral estimation of LFPs sampled once per millisecond.
  public let welch: Welch
  /// Cells that LFPs are computed for.
  public let excitatoryMorphology, inhibitoryMorphology: CellMorphology
  /// Hashes of the files that cells were read from.
  private let morphologyHashes: [String]

  /// Checks a configuration; SWC files are found relative to `folder`.
  ///
  /// - Throws: `MorphologyError` or ``FileError`` for SWC files, or any error of the modules.
  public init(_ configuration: StudyConfiguration, folder: URL) throws {
    self.configuration = configuration.replacingMorphologyPaths {
      URL(fileURLWithPath: $0, relativeTo: folder).standardizedFileURL.path
    }
    box = ParameterBox(configuration.sampling.parameters)
    let targets = configuration.training.targetBox
    targetBox = ParameterBox(
      ParameterRanges(
        configuration.sampling.parameters.names.compactMap { name in
          targets[name].map { .init(name, $0) }
        }))
    welch = try Welch(
      segmentLength: configuration.spectra.segment, samplingRate: 1000, overlap: configuration.spectra.overlap
    )
    let kernel = configuration.kernel
    (excitatoryMorphology, inhibitoryMorphology) = (
      try Self.morphology(kernel.excitatoryMorphology, folder),
      try Self.morphology(kernel.inhibitoryMorphology, folder)
    )
    morphologyHashes = try [kernel.excitatoryMorphology, kernel.inhibitoryMorphology].compactMap {
      try $0.file(relativeTo: folder).map { try SHA256.hash(fileAt: $0.path) }
    }
    _ = try simulation(parameters: box.dimensions.map { ($0.lower + $0.upper) / 2 })
  }

  private static func morphology(_ source: MorphologySource, _ folder: URL) throws -> CellMorphology {
    switch source {
    case .stickPyramid: .stickPyramid
    case .stickInterneuron: .stickInterneuron
    case .swc: try CellMorphology(contentsOf: source.file(relativeTo: folder)!)
    }
  }

  /// Hash of what histograms and rates depend on: a data-set folder belongs to one of these.
  public var simulationIdentity: String {
    SHA256.hash(identityText(of: [.seed, .network, .simulation, .sampling]))
  }

  /// Hash of what spectra depend on.
  public var spectraIdentity: String {
    let text = identityText(of: [.kernel, .spectra])
    return SHA256.hash(([simulationIdentity, text] + morphologyHashes).joined(separator: "\n"))
  }

  /// Sections of the configuration as text in which files are named without their folders.
  func identityText(of sections: [StudyConfiguration.Section]) -> String {
    configuration.replacingMorphologyPaths(FilePath.name).canonicalText(of: sections)
  }

  /// The stream key of everything that is not a sample: weights, shuffles, single simulations.
  public var key: StreamKey { StreamKey(seed: configuration.seed) }
}

extension StudyConfiguration {
  /// The same with other paths of SWC files.
  func replacingMorphologyPaths(_ replacement: (String) -> String) -> StudyConfiguration {
    var result = self
    for source in [\KernelConfiguration.excitatoryMorphology, \.inhibitoryMorphology] {
      if case .swc(let path) = kernel[keyPath: source] {
        result.kernel[keyPath: source] = .swc(path: replacement(path))
      }
    }
    return result
  }
}

extension ParameterBox {
  init(_ ranges: ParameterRanges) {
    self.init(ranges.entries.map { .init(key: $0.name, lower: $0.range.lower, upper: $0.range.upper) })
  }
}
