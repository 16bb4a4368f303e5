/// The section `sampling`: which networks a data set consists of.
public struct SamplingConfiguration: Sendable, Equatable {
  /// How the parameters of the samples are chosen.
  public var design = SamplingChoice.random
  /// Number of networks.
  public var samples = 50_000
  /// Points of each parameter of a grid, in the order of `parameters`; empty with other designs.
  public var gridPoints: [Int] = []
  /// Number of consecutive samples that are stored in one file.
  public var shardSize = 100
  /// The parameters that vary, in the order in which all files list them, and their ranges. They
  /// replace the values of the section `network`.
  public var parameters = ParameterRanges.fullBox

  /// The data set of the paper over its full parameter space.
  public init() {}
}

extension SamplingConfiguration: ConfigurationSection {
  package static var keys: [ConfigurationKey<Self>] {
    [
      ConfigurationKey("design", \.design),
      ConfigurationKey("samples", \.samples, .atLeast(1)),
      ConfigurationKey("grid_points", \.gridPoints, .counts),
      ConfigurationKey("shard_size", \.shardSize, .atLeast(1)),
      ConfigurationKey("parameters", \.parameters),
    ]
  }

  /// The rules that take more than one key.
  package func inconsistencies() -> [ConfigurationProblem] {
    var rules = ConsistencyRules()
    if case .grid = design {
      let product = gridPoints.reduce(1) { $0.multipliedReportingOverflow(by: $1).partialValue }
      rules.require(
        gridPoints.count == parameters.entries.count, "sampling.grid_points", with: ["sampling.parameters"],
        "has not one number per parameter", got: gridPoints,
        expected: "\(parameters.entries.count) numbers, for \(parameters.names.joined(separator: ", "))")
      rules.require(
        gridPoints.count != parameters.entries.count || product == samples, "sampling.samples",
        with: ["sampling.grid_points"], "is not the number of points of the grid", got: samples,
        expected: "\(gridPoints.map(String.init).joined(separator: " · ")) = \(product)")
    } else {
      rules.require(
        gridPoints.isEmpty, "sampling.grid_points", with: ["sampling.design"], "is only for a grid",
        got: gridPoints, expected: "none with design: \(design.canonical.flow)")
    }
    if case .sobol = design {
      let most = SamplingChoice.mostSobolParameters
      rules.require(
        parameters.entries.count <= most, "sampling.parameters", with: ["sampling.design"],
        "has too many parameters", got: parameters.entries.count,
        expected: "at most \(most) with design: sobol")
    }
    return rules.broken
  }
}

extension Constraint where Value == [Int] {
  /// Numbers of points.
  package static var counts: Constraint {
    Constraint(expected: "whole numbers from 1 to 100000") { $0.allSatisfy { (1...100_000).contains($0) } }
  }
}
