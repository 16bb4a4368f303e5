import Figures
import HDF5Storage
import ParameterEstimation
import RandomStreams
import StudyFigures

extension Estimate {
  /// Random points of the distribution of one row, [draw][parameter] in the parameters' units; NaN where there is no estimate.
  ///
  /// They depend on the model's seed and the row only.
  package func draws(_ count: Int, row: Int) -> [[Double]] {
    guard let posterior = rows[row].posterior else {
      return Array(repeating: Array(repeating: .nan, count: box.count), count: count)
    }
    var stream = key.derived(.posteriorDraws, UInt64(row)).generator()
    return (0..<count).map { _ in box.denormalised(posterior.draw(&stream)) }
  }

  /// Throws unless there are distributions to draw from.
  package func requireDistributions(model: String) throws(NoDistributions) {
    guard rows.contains(where: { $0.posterior != nil }) else { throw NoDistributions(file: model) }
  }

  /// Variables of a group `posterior` as ArviZ reads it: (chain, draw), and the time or the row where there are several.
  func writeDraws(_ count: Int, to group: HDF5Group) throws {
    var scales = [
      try group.createCoordinate("chain", [0], units: "1"),
      try group.createCoordinate("draw", (0..<count).map(Double.init), units: "1"),
    ]
    if rows.count > 1 {
      let isWindowed = rows.contains { $0.window != nil }
      scales.append(
        isWindowed
          ? try group.createCoordinate("time", rows.map { $0.window?.centre ?? .nan }, units: "s")
          : try group.createCoordinate("row", rows.map { Double($0.row) }, units: "1"))
    }
    let draws = rows.indices.map { self.draws(count, row: $0) }
    for (p, parameter) in box.dimensions.enumerated() {
      let values = (0..<count).flatMap { draw in draws.map { $0[draw][p] } }
      let shape = [1, count] + (rows.count > 1 ? [rows.count] : [])
      let dataset = try group.createDataset(parameter.name, values, shape: shape)
      try dataset.attributes.write(parameter.unit, named: "units")
      try dataset.attachScales(scales)
    }
  }

  /// Points that the corner figure shows.
  private static let shownDraws = 2000

  /// The distribution of one estimate: of each parameter, and of each two.
  package func cornerFigure(title: String) -> Figure {
    let draws = draws(Self.shownDraws, row: 0)
    return CornerFigure(
      title: title,
      parameters: box.dimensions.enumerated().map { p, dimension in
        .init(
          name: dimension.label,
          draws: draws.map { $0[p] }, range: dimension.lower...dimension.upper)
      }
    ).figure
  }

  /// The spectrum of one estimate, and those of simulations with estimated parameters; nil if there were none.
  package func checkFigure(title: String) -> Figure? {
    guard let check = rows[0].check else { return nil }
    func byChannel(_ spectrum: [Float]) -> [[Double]] {
      stride(from: 0, to: spectrum.count, by: frequencies.count).map { start in
        spectrum[start..<start + frequencies.count].map(Double.init)
      }
    }
    let outliers = check.statistics.outliers(level: TrainingDomain.leastTypicality)
    return PredictiveCheckFigure(
      title: title, frequencies: frequencies, recorded: byChannel(check.recorded),
      simulated: check.simulated.map(byChannel),
      outliers: (0..<channels).map { channel in
        outliers.filter { $0.channel == channel && $0.quantity != .nextChannel }.flatMap {
          check.statistics.bands[$0.band...($0.quantity == .nextBand ? $0.band + 1 : $0.band)]
        }
      }
    ).figure
  }
}

extension StreamPurpose {
  static let posteriorDraws = StreamPurpose("draws from a predicted distribution")
}
