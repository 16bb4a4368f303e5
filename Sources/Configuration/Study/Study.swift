import DurableFiles
import FieldPotential
import Foundation
import ParameterChecks
import ParameterSampling
import RandomStreams
import SpectralAnalysis
import SpikingNetwork

/// The version of the program.
public let softwareVersion = "0.1.0"

/// A configuration with the files that it names: cells, samples and identities.
public struct Study: Sendable {
  /// The configuration, complete with defaults, naming files by absolute paths.
  public let configuration: StudyConfiguration
  /// Spectral estimation of LFPs sampled once per millisecond.
  public let welch: Welch
  /// Samples of LFPs per second.
  public static let samplingRate = 1000.0
  /// Cells that LFPs are computed for.
  public let excitatoryMorphology, inhibitoryMorphology: CellMorphology
  /// The pairs of cells that samples have instead; empty if all have these.
  let cells: [(excitatory: CellMorphology, inhibitory: CellMorphology)]
  /// Parameters of all samples.
  private let points: SampledPoints
  /// Hashes of the files that cells were read from.
  private let morphologyHashes: [String]
  /// Hash of the file that samples were read from.
  private let pointListHash: String?

  /// Reads the files that a configuration names, found relative to `folder`.
  ///
  /// - Throws: `MorphologyError`, `PointListError` or an error of reading for these files.
  public init(_ configuration: StudyConfiguration, folder: URL) throws {
    self.configuration = configuration.resolved.replacingPaths {
      URL(fileURLWithPath: $0, relativeTo: folder).standardizedFileURL.path
    }
    welch = try Welch(configuration.spectra, samplingRate: Self.samplingRate)
    let cells = [configuration.kernel.excitatoryMorphology, configuration.kernel.inhibitoryMorphology]
    excitatoryMorphology = configuration.kernel.excitatoryRotation.applied(
      to: try cells[0].morphology(relativeTo: folder))
    inhibitoryMorphology = configuration.kernel.inhibitoryRotation.applied(
      to: try cells[1].morphology(relativeTo: folder))
    let pairs = configuration.kernel.nuisance.cells
    self.cells = try pairs.map {
      (try $0[0].morphology(relativeTo: folder), try $0[1].morphology(relativeTo: folder))
    }
    morphologyHashes = try (cells + pairs.flatMap { $0 }).compactMap {
      try $0.file(relativeTo: folder).map { try SHA256.hash(fileAt: $0.path) }
    }
    pointListHash = try configuration.sampling.design.file(relativeTo: folder).map {
      try SHA256.hash(fileAt: $0.path)
    }
    points = try SampledPoints(configuration.sampling, seed: configuration.seed, folder: folder)
  }

  /// The sampled parameters, those to be estimated first.
  public var box: ParameterBox { configuration.sampling.drawn }

  /// The parameters of a sample, in the order of the box.
  public func parameters(of sample: SampleIdentity) -> [Double] {
    zip(box.keys, points.parameters(of: sample)).map { configuration.nearestAdmissible($1, of: $0) }
  }

  /// The simulation of a sample with these parameters, in the order of the box.
  public func simulation(parameters: [Double]) throws(ParameterError) -> Simulation {
    try Simulation(configuration.network(with: parameters), timing: configuration.simulation)
  }

  /// Hash of what histograms and rates depend on: a data-set folder belongs to one of these.
  public var simulationIdentity: String {
    let text = identityText(of: [.seed, .network, .simulation, .sampling])
    return SHA256.hash(([text] + [pointListHash].compactMap { $0 }).joined(separator: "\n"))
  }

  /// Hash of what spectra depend on.
  public var spectraIdentity: String {
    let text = identityText(of: [.kernel, .measurement, .spectra])
    return SHA256.hash(([simulationIdentity, text] + morphologyHashes).joined(separator: "\n"))
  }

  /// Sections of the configuration as text in which files are named without their folders.
  package func identityText(of sections: [StudyConfiguration.Section]) -> String {
    configuration.replacingPaths(FilePath.name).identityText(of: sections)
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
    for source in [\KernelParameters.excitatoryMorphology, \.inhibitoryMorphology] {
      if case .swc(let path) = kernel[keyPath: source] {
        result.kernel[keyPath: source] = .swc(path: replacement(path))
      }
    }
    result.kernel.nuisance.cells = kernel.nuisance.cells.map { pair in
      pair.map { source in
        if case .swc(let path) = source { .swc(path: replacement(path)) } else { source }
      }
    }
    if case .file(let path) = sampling.design { result.sampling.design = .file(path: replacement(path)) }
    return result
  }
}
