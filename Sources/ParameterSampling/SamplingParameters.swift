import Foundation
import ParameterChecks

/// Which networks a data set consists of: the section `sampling` of a configuration. Defaults are those of Skaar et al. 2020
/// over the full parameter space.
public struct SamplingParameters: Sendable, Equatable {
  /// How the parameters of the samples are chosen.
  public var design = SamplingDesign.random
  /// Number of networks.
  public var samples = 50_000
  /// Points of each parameter of a grid, in the order of `box`; empty with other designs.
  public var gridPoints: [Int] = []
  /// Number of consecutive samples that are stored in one file.
  public var shardSize = 100
  /// The parameters that vary and are to be estimated, in the order in which all files list them, and their ranges.
  public var box = ParameterBox.full
  /// Parameters that vary too, because nobody knows them of a network that is recorded from: each sample has its own,
  /// uniform in the range whatever the design.
  public var nuisance = ParameterBox([])

  /// The data set of the paper over its full parameter space.
  public init() {}

  /// A design for a number of samples in a box; a grid also has its numbers of points.
  public init(_ design: SamplingDesign, samples: Int, gridPoints: [Int] = [], box: ParameterBox = .full) {
    self.design = design
    self.samples = samples
    self.gridPoints = gridPoints
    self.box = box
  }

  /// All parameters that vary: those to be estimated, then the others.
  public var drawn: ParameterBox { ParameterBox(box.dimensions + nuisance.dimensions) }

  /// Notes everything that is wrong.
  public func check(_ rules: inout ParameterRules) {
    rules.require(samples, atLeast: 1, "sampling.samples")
    rules.require(
      gridPoints.allSatisfy { (1...100_000).contains($0) }, "sampling.grid_points", gridPoints,
      "whole numbers from 1 to 100000")
    rules.require(shardSize, atLeast: 1, "sampling.shard_size")
    rules.require(
      box.count > 0, "sampling.parameters", "is empty", got: "nothing", expected: "at least one parameter")
    rules.require(
      box.count <= SobolSequence.largestDimension, "sampling.parameters", "has too many parameters",
      got: box.count, expected: "at most \(SobolSequence.largestDimension)")
    for key in nuisance.keys {
      rules.require(
        box[key] == nil, "sampling.nuisance.\(key)", with: ["sampling.parameters"],
        "is sampled already", got: key, expected: "a parameter that sampling.parameters does not name")
    }
    rules.require(
      drawn.count <= SobolSequence.largestDimension, "sampling.nuisance", with: ["sampling.parameters"],
      "makes too many parameters", got: drawn.count,
      expected: "at most \(SobolSequence.largestDimension) together with sampling.parameters")
    guard case .grid = design else {
      return rules.require(
        gridPoints.isEmpty, "sampling.grid_points", with: ["sampling.design"], "is only for a grid",
        got: gridPoints, expected: "none with another design")
    }
    let product = gridPoints.reduce(1) { $0.multipliedReportingOverflow(by: $1).partialValue }
    rules.require(
      gridPoints.count == box.count, "sampling.grid_points", with: ["sampling.parameters"],
      "has not one number per parameter", got: gridPoints,
      expected: "\(box.count) numbers, for \(box.keys.joined(separator: ", "))")
    rules.require(
      gridPoints.count != box.count || product == samples, "sampling.samples", with: ["sampling.grid_points"],
      "is not the number of points of the grid", got: samples,
      expected: "\(gridPoints.map(String.init).joined(separator: " · ")) = \(product)")
  }
}

/// How the parameters of a data set's samples are chosen from a box.
public enum SamplingDesign: Sendable, Equatable {
  /// Independent and uniform.
  case random
  /// A regular grid, both ends of every range included. The last parameter changes fastest.
  case grid
  /// As many equal intervals of every range as samples, with one sample in each (McKay et al. 1979,
  /// doi:10.1080/00401706.1979.10489755).
  case latinHypercube
  /// Sobol's low-discrepancy sequence with a digital shift drawn from the seed (``SobolSequence``).
  case sobol
  /// A table of comma-separated values (``PointList``), with its path as it was given.
  case file(path: String)

  /// The table, its path taken relative to a folder; nil for the other designs.
  public func file(relativeTo folder: URL) -> URL? {
    guard case .file(let path) = self else { return nil }
    return URL(fileURLWithPath: path, relativeTo: folder)
  }
}
