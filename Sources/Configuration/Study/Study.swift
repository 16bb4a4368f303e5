import DurableFiles
import FieldPotential
import Foundation
import ParameterSampling
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
  /// Parameters of all samples.
  package let points: SampledPoints
  /// Hashes of the files that cells were read from.
  private let morphologyHashes: [String]
  /// Hash of the file that samples were read from.
  private let pointListHash: String?

  /// Checks a configuration; files that it names are found relative to `folder`.
  ///
  /// - Throws: `MorphologyError`, `PointListError` or ``FileError`` for these files, or any error of the modules.
  public init(_ configuration: StudyConfiguration, folder: URL) throws {
    self.configuration = configuration.replacingPaths {
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
    let pointList = configuration.sampling.design.file(relativeTo: folder)
    pointListHash = try pointList.map { try SHA256.hash(fileAt: $0.path) }
    points = SampledPoints(
      try SamplingDesign(configuration.sampling, in: box, pointList), of: configuration.sampling.samples,
      in: box,
      seed: configuration.seed)
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
    let text = identityText(of: [.seed, .network, .simulation, .sampling])
    return SHA256.hash(([text] + [pointListHash].compactMap { $0 }).joined(separator: "\n"))
  }

  /// Hash of what spectra depend on.
  public var spectraIdentity: String {
    let text = identityText(of: [.kernel, .spectra])
    return SHA256.hash(([simulationIdentity, text] + morphologyHashes).joined(separator: "\n"))
  }

  /// Sections of the configuration as text in which files are named without their folders.
  package func identityText(of sections: [StudyConfiguration.Section]) -> String {
    configuration.replacingPaths(FilePath.name).canonicalText(of: sections)
  }

  /// Paths of the files that the configuration names, which have different names.
  package var files: [String] {
    var paths: [String] = []
    _ = configuration.replacingPaths {
      paths.append($0)
      return $0
    }
    return paths
  }

  /// The stream key of everything that is not a sample: weights, shuffles, single simulations.
  public var key: StreamKey { StreamKey(seed: configuration.seed) }
}

extension StudyConfiguration {
  /// The same with other paths of the files that it names.
  package func replacingPaths(_ replacement: (String) -> String) -> StudyConfiguration {
    var result = self
    for source in [\KernelConfiguration.excitatoryMorphology, \.inhibitoryMorphology] {
      if case .swc(let path) = kernel[keyPath: source] {
        result.kernel[keyPath: source] = .swc(path: replacement(path))
      }
    }
    if case .file(let path) = sampling.design { result.sampling.design = .file(path: replacement(path)) }
    return result
  }
}

extension ParameterBox {
  package init(_ ranges: ParameterRanges) {
    self.init(ranges.entries.map { .init(key: $0.name, lower: $0.range.lower, upper: $0.range.upper) })
  }
}

extension SamplingDesign {
  /// The configured design; `pointList` is the file of samples, if it has one.
  package init(_ sampling: SamplingConfiguration, in box: ParameterBox, _ pointList: URL?) throws {
    switch sampling.design {
    case .random: self = .random
    case .grid: self = .grid(points: sampling.gridPoints)
    case .latinHypercube: self = .latinHypercube
    case .sobol: self = .sobol
    case .file:
      let path = pointList!.path
      guard let text = try? String(contentsOfFile: path, encoding: .utf8) else {
        throw FileError.last("read", path)
      }
      let rows = try PointList.read(text, file: path, in: box)
      guard rows.count == sampling.samples else {
        throw PointListError(
          file: path, line: nil,
          reason: "has \(rows.count) samples, expected as many as sampling.samples = \(sampling.samples)")
      }
      self = .list(rows)
    }
  }
}
