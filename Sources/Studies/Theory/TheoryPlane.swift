import Configuration
import DurableFiles
import Figures
import Foundation
import ParameterSampling
import SimulationData
import SpikingNetwork
import StudyFigures

/// The plane of η and g: borders of stability, and networks that were simulated.
package struct TheoryPlane: Sendable {
  /// A network whose mean rate was measured.
  struct Measured: Sendable {
    let g, eta: Double
    /// Simulated less theoretical rate, relative to theory.
    let deviation: Double
  }

  private let network: NetworkParameters
  private let marked: Bool
  private let measured: [Measured]
  private let eta, g: ClosedRange<Double>
  /// What of networks that are sampled, and of simulated ones, theory leaves out beside what it leaves out of the network itself.
  package let notices: [String]

  /// The ranges go down to where excitation prevails and synchrony sets in.
  private static let leastG = 3.0

  /// How far the efficacies of simulated networks that are shown are from that of the plane, relative to it.
  package static let tolerance = 0.1

  /// The plane of networks like that of a study, in the ranges of its sampling, with those samples of a data set whose
  /// efficacy is within ``tolerance`` of its J.
  ///
  /// - Parameter marksNetwork: Whether the study's own η and g are shown.
  /// - Throws: What the data set's file is wrong with.
  package init(_ study: Study, dataset: String?, marksNetwork: Bool) throws {
    network = study.configuration.network
    marked = marksNetwork
    func range(_ key: String) -> ClosedRange<Double> {
      let dimension = study.box[key] ?? ParameterBox.full[key]!
      return dimension.lower...dimension.upper
    }
    let inhibition = range("g")
    (eta, g) = (range("eta"), min(inhibition.lowerBound, Self.leastG)...inhibition.upperBound)
    let (measured, notices) =
      try dataset.map { try Self.measured(in: $0, like: study.configuration.network) } ?? ([], [])
    self.measured = measured
    let own = Set(NetworkTheory.simplifications(of: study.configuration.network))
    self.notices =
      NetworkTheory.simplifications(of: study.configuration).filter { !own.contains($0) }.map {
        "sampling: \($0)"
      } + notices
  }

  /// How many simulated networks are shown.
  package var count: Int { measured.count }

  /// Writes the figure; throws if it exists.
  package func write(to path: String, isQuiet: Bool) throws {
    try AtomicFile.requireCreatable(path)
    let points = 24
    let progress = Progress("theory", total: 4 * points - 1, unit: "rows", isQuiet: isQuiet)
    let plane = StabilityPlane(network, eta: eta, g: g, points: points) { progress.advance() }
    progress.finish()
    try AtomicFile.write(figure(plane).svg, to: path)
  }

  private func figure(_ plane: StabilityPlane) -> Figure {
    func ends(_ oscillation: StabilityPlane.Oscillation) -> [StabilityPlaneFigure.Segment] {
      plane.borders.filter { $0.oscillation == oscillation }.map {
        .init(from: (g: $0.from.g, eta: $0.from.eta), to: (g: $0.to.g, eta: $0.to.eta))
      }
    }
    return StabilityPlaneFigure(
      title: "J = \(network.efficacy) mV, delay \(network.delay) ms", g: g, eta: eta,
      fast: ends(.fast), slow: ends(.slow), delayed: ends(.delayed),
      networks: measured.map { .init(g: $0.g, eta: $0.eta, deviation: $0.deviation) },
      marked: marked ? (g: network.g, eta: network.eta) : nil
    ).figure
  }

  private static func measured(
    in path: String, like network: NetworkParameters
  ) throws -> ([Measured], notices: [String]) {
    let reader = try DatasetReader(checked: path)
    let description = reader.description
    var (measured, notices): ([Measured], [String]) = ([], [])
    let rows = try reader.rows(spectra: false)
    for row in 0..<rows.count {
      let parameters = rows.parameters[(row * description.box.count)...].prefix(description.box.count)
      let sample = description.configuration.values.network(with: Array(parameters))
      guard abs(sample.efficacy / network.efficacy - 1) <= tolerance else { continue }
      notices += NetworkTheory.simplifications(of: sample).map { "\(path): \($0)" }
        .filter { !notices.contains($0) }
      let neurons = Double(sample.excitatoryNeurons + sample.inhibitoryNeurons)
      let rate =
        (Double(rows.excitatoryRate[row]) * Double(sample.excitatoryNeurons)
          + Double(rows.inhibitoryRate[row]) * Double(sample.inhibitoryNeurons)) / neurons
      let theory = MeanField(sample).rate
      measured.append(
        Measured(
          g: sample.g, eta: sample.eta, deviation: theory > 0 ? rate / theory - 1 : .infinity))
    }
    try reader.close()
    return (measured, notices)
  }
}
