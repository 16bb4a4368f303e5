import Configuration
import DurableFiles
import Foundation
import ParameterChecks
import ParameterSampling
import SimulationData
import SpikingNetwork

/// Maps of activity over a grid of η, g and J, as in Fig. 6 of Skaar et al. 2020.
package struct ActivitySurvey: Sendable {
  /// Values along the axes of the maps.
  let eta, g, efficacy: [Double]
  /// What was simulated, [J][η][g].
  let measured: [ActivityMeasures]
  /// The highest stationary rate in Hz in theory, [J][η][g]; nil unless it was asked for.
  let theoreticalRates: [Double]?
  /// The network of all points.
  let network: NetworkParameters

  /// What the theory that was asked for leaves out.
  package var notices: [String] {
    theoreticalRates == nil ? [] : NetworkTheory.simplifications(of: network)
  }

  /// Number of networks.
  package var count: Int { measured.count }

  /// Simulates all points of a study's grid into a folder, `shards` and `dataset.h5`, and measures them; what is there already is
  /// not made again.
  ///
  /// - Parameters:
  ///   - axes: Those of the study.
  ///   - folder: Exists.
  /// - Throws: ``SurveyError``, and what simulating, reading and writing throw.
  package init(
    _ study: Study, _ axes: GridAxes, folder: String, workers: Int, withTheory: Bool, isQuiet: Bool
  ) throws {
    (eta, g, efficacy) = (axes.eta, axes.g, axes.efficacy ?? [study.configuration.network.efficacy])
    network = study.configuration.network
    _ = try Generate(
      study, output: folder + "/shards", selection: .all, workers: workers, isQuiet: isQuiet
    ).run()
    let path = folder + "/dataset.h5"
    if !FileManager.default.fileExists(atPath: path) {
      _ = try Merge.run(folder: folder + "/shards", output: path, allowsMissing: false, isQuiet: isQuiet)
    }
    let reader = try DatasetReader(checked: path)
    guard reader.description.spectraIdentity == study.spectraIdentity else {
      throw SurveyError.otherDataset(path: path)
    }
    let found = try Self.measures(reader, study, workers: workers, isQuiet: isQuiet)
    measured = axes.positions.map { found[$0] }
    theoreticalRates =
      withTheory
      ? try Self.theory(network, eta: eta, g: g, efficacy: efficacy, workers: workers, isQuiet: isQuiet) : nil
  }

  /// In the order of the samples.
  private static func measures(
    _ reader: DatasetReader, _ study: Study, workers: Int, isQuiet: Bool
  ) throws -> [ActivityMeasures] {
    let spectra = SampleSpectra(study, kernels: try study.kernels())
    let neurons = (
      Double(study.configuration.network.excitatoryNeurons),
      Double(study.configuration.network.inhibitoryNeurons)
    )
    let frequencies = reader.description.frequencies.count
    let progress = Progress("survey", total: reader.count, unit: "networks", isQuiet: isQuiet)
    defer { progress.finish() }
    return try WorkerPool.map(
      Array(0..<reader.count), workers: workers, stopped: "stopped; the same command continues"
    ) { row in
      let rows = try reader.rows(row..<row + 1, histograms: true, spectra: true)
      progress.advance()
      return ActivityMeasures(
        rate: (Double(rows.excitatoryRate[0]) * neurons.0 + Double(rows.inhibitoryRate[0]) * neurons.1)
          / (neurons.0 + neurons.1),
        coefficientOfVariation: Double(rows.coefficientOfVariation[0]),
        potential: try spectra.potential(of: 0, in: rows),
        spectrum: rows.spectra.prefix(frequencies).map(Double.init))
    }
  }

  private static func theory(
    _ network: NetworkParameters, eta: [Double], g: [Double], efficacy: [Double], workers: Int, isQuiet: Bool
  ) throws -> [Double] {
    let points = efficacy.flatMap { efficacy in
      eta.flatMap { eta in
        g.map { g in
          var network = network
          (network.eta, network.g, network.efficacy) = (eta, g, efficacy)
          return network
        }
      }
    }
    let progress = Progress("theory", total: points.count, unit: "networks", isQuiet: isQuiet)
    defer { progress.finish() }
    return try WorkerPool.map(points, workers: workers, stopped: "stopped; the same command continues") {
      progress.advance()
      return MeanField($0).rate
    }
  }
}

/// Why a study cannot be surveyed.
enum SurveyError: Error, Equatable, CustomStringConvertible {
  /// The data set in the folder is of another study.
  case otherDataset(path: String)

  var description: String {
    switch self {
    case .otherDataset(let path): "\(path): is not of this configuration; move it away"
    }
  }
}

/// The values of a grid over η, g and perhaps J.
package struct GridAxes {
  let eta, g: [Double]
  /// Nil if all have the same.
  let efficacy: [Double]?
  /// The sample of each point, [J][η][g].
  let positions: [Int]

  /// Those of a study; throws if it is no grid over η and g.
  package init(_ study: Study) throws(ParameterError) {
    let configuration = study.configuration
    let (sampling, keys) = (configuration.sampling, configuration.sampling.drawn.keys)
    guard sampling.design == .grid, Set(keys).isSubset(of: ["eta", "g", "J_mV"]),
      let eta = keys.firstIndex(of: "eta"), let g = keys.firstIndex(of: "g")
    else {
      try configuration.report([
        ParameterProblem(
          at: "sampling", "is no grid over eta and g, with or without J_mV",
          got: keys.joined(separator: ", "),
          expected: "design: grid, and neither other parameters nor nuisance")
      ])
      preconditionFailure("a problem is thrown")
    }
    let points = (0..<sampling.samples).map {
      study.parameters(of: SampleIdentity(seed: configuration.seed, index: $0))
    }
    func values(_ index: Int) -> [Double] { Set(points.map { $0[index] }).sorted() }
    let efficacy = keys.firstIndex(of: "J_mV")
    (self.eta, self.g, self.efficacy) = (values(eta), values(g), efficacy.map(values))
    let order = [efficacy, eta, g].compactMap(\.self)
    positions = points.indices.sorted { a, b in
      order.map { points[a][$0] }.lexicographicallyPrecedes(order.map { points[b][$0] })
    }
  }
}
