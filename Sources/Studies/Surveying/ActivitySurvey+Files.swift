import Configuration
import DurableFiles
import Figures
import HDF5Storage
import SimulationData
import SpikingNetwork
import StudyFigures

extension ActivitySurvey {
  /// The maps as variables of xarray over J, eta and g.
  package func write(to path: String, replacing: Bool) throws {
    try AtomicFile.write(to: path, replacing: replacing) { temporary in
      let file = try HDF5File.create(temporary, isSealed: true)
      let root = file.root
      for (name, text) in [("format", "brunel-lfp survey"), ("software_version", softwareVersion)] {
        try root.attributes.write(text, named: name)
      }
      let scales = [
        try root.createCoordinate("J", efficacy, units: "mV"),
        try root.createCoordinate("eta", eta, units: "1"), try root.createCoordinate("g", g, units: "1"),
      ]
      for variable in variables {
        let dataset = try root.createDataset(
          variable.name, variable.values, shape: [efficacy.count, eta.count, g.count])
        try dataset.attributes.write(variable.units, named: "units")
        try dataset.attributes.write(variable.title, named: "long_name")
        try dataset.attachScales(scales)
      }
      try file.close()
    }
  }

  private typealias Variable = (name: String, title: String, units: String, values: [Double])

  private var variables: [Variable] {
    let simulated: [Variable] = [
      ("rate", "mean rate", "Hz", measured.map(\.rate)),
      ("cv_isi", "CV of intervals", "1", measured.map(\.coefficientOfVariation)),
      ("lfp_std", "LFP std", "mV", measured.map(\.deviation)),
      ("lfp_entropy", "LFP entropy", "nat", measured.map(\.entropy)),
    ]
    return simulated + (theoreticalRates.map { [("rate_theory", "mean rate in theory", "Hz", $0)] } ?? [])
  }

  /// The five networks of Fig. 5 of Skaar et al. 2020.
  private static let examples: [(eta: Double, g: Double, efficacy: Double)] = [
    (2, 3.5, 0.25), (4, 7, 0.15), (0.9, 7, 0.25), (2.8, 5.5, 0.05), (2, 4.5, 0.35),
  ]
  /// Borders are looked for between so many values of g.
  private static let borderPoints = 24

  /// A row of maps for each measure, a column for each J; with theory its rates and borders, too.
  package func figure(isQuiet: Bool) throws -> Figure {
    let size = eta.count * g.count
    var borders: [[StabilityPlaneFigure.Segment]] = efficacy.map { _ in [] }
    if theoreticalRates != nil, eta.count > 1, g.count > 1 {
      let rows = (4 * Self.borderPoints - 1) * efficacy.count
      let progress = Progress("borders", total: rows, unit: "rows", isQuiet: isQuiet)
      borders = efficacy.map { efficacy in
        var network = network
        network.efficacy = efficacy
        return StabilityPlane(
          network, eta: eta[0]...eta[eta.count - 1], g: g[0]...g[g.count - 1], points: Self.borderPoints
        ) { progress.advance() }.borders.map {
          .init(from: (g: $0.from.g, eta: $0.from.eta), to: (g: $0.to.g, eta: $0.to.eta))
        }
      }
      progress.finish()
    }
    return SurveyFigure(
      eta: eta, g: g,
      columns: efficacy.enumerated().map { index, value in
        .init(
          name: "J = \((value * 1e6).rounded() / 1e6) mV", borders: borders[index],
          marked: Self.examples.filter { abs($0.efficacy - value) < 1e-6 }.map { (g: $0.g, eta: $0.eta) })
      },
      rows: variables.map { variable in
        .init(
          name: variable.title + (variable.units == "1" ? "" : " (\(variable.units))"),
          isLogarithmic: variable.name == "lfp_std",
          values: efficacy.indices.map { column in
            (0..<eta.count).map { row in
              let start = column * size + row * g.count
              return Array(variable.values[start..<start + g.count])
            }
          })
      }
    ).figure
  }
}
