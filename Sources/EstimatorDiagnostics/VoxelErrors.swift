import ParameterSampling

/// Mean absolute errors within voxels of the box, and how many samples each has, as Fig. 8 of Skaar et al. (2020) shows them,
/// https://doi.org/10.1371/journal.pcbi.1007725.
package struct VoxelErrors: Sendable, Equatable {
  /// The borders along each parameter, ascending, in its unit.
  package let edges: [[Double]]
  /// Number of samples [voxel]; the last parameter counts fastest.
  package let samples: [Int]
  /// Mean absolute error [voxel][parameter] in units of the range; NaN without samples.
  package let meanAbsolute: [[Double]]
  private let box: ParameterBox

  /// Sorts the estimates of samples into voxels; those outside the box count for none.
  ///
  /// - Parameters:
  ///   - estimates: [sample][parameter] in the parameters' units.
  ///   - truths: the same, true values.
  ///   - box: the voxels' box, which gives the unit of errors.
  ///   - cells: number of voxels along each parameter; by default about ten samples in each, in at most four slices of the
  ///     third parameter.
  package init(estimates: [Double], truths: [Double], box: ParameterBox, cells: [Int]? = nil) {
    let parameters = box.count
    let count = truths.count / parameters
    let cells = cells ?? Self.cells(samples: count, parameters: parameters)
    precondition(estimates.count == truths.count && cells.count == parameters, "as many as parameters")
    let ranges = box.dimensions.map { $0.upper - $0.lower }
    var samples = [Int](repeating: 0, count: cells.reduce(1, *))
    var sums = [[Double]](repeating: [Double](repeating: 0, count: parameters), count: samples.count)
    for sample in 0..<count {
      var voxel = 0
      var isInside = true
      for p in 0..<parameters {
        let fraction = (truths[sample * parameters + p] - box.dimensions[p].lower) / ranges[p]
        isInside = isInside && (0...1).contains(fraction)
        voxel = voxel * cells[p] + (isInside ? min(Int(fraction * Double(cells[p])), cells[p] - 1) : 0)
      }
      guard isInside else { continue }
      samples[voxel] += 1
      for p in 0..<parameters {
        sums[voxel][p] +=
          abs(estimates[sample * parameters + p] - truths[sample * parameters + p]) / ranges[p]
      }
    }
    self.box = box
    self.samples = samples
    meanAbsolute = zip(sums, samples).map { sums, count in sums.map { count > 0 ? $0 / Double(count) : .nan }
    }
    edges = box.dimensions.enumerated().map { p, dimension in
      (0...cells[p]).map { dimension.lower + ranges[p] * Double($0) / Double(cells[p]) }
    }
  }

  /// Numbers of voxels along each parameter for some samples.
  private static func cells(samples: Int, parameters: Int) -> [Int] {
    let slices = parameters < 3 ? 1 : min(4, max(1, samples / 500))
    let side = max(2, min(12, Int((Double(samples) / Double(10 * slices)).squareRoot())))
    return (0..<parameters).map { $0 < 2 ? side : $0 == 2 ? slices : 1 }
  }

  /// Number of slices of the third parameter; any further one has a single voxel.
  private var slices: Int { edges.count > 2 ? edges[2].count - 1 : 1 }

  /// The position of a voxel along each parameter.
  private func position(of voxel: Int) -> [Int] {
    var rest = voxel
    return edges.reversed().map { edges in
      defer { rest /= edges.count - 1 }
      return rest % (edges.count - 1)
    }.reversed()
  }

  /// Mean absolute errors of one parameter over the plane of the first two, [first][second], in one slice of the third.
  package func plane(of parameter: Int, slice: Int) -> [[Double]] {
    (0..<edges[0].count - 1).map { first in
      (0..<edges[1].count - 1).map { second in
        meanAbsolute[(first * (edges[1].count - 1) + second) * slices + slice][parameter]
      }
    }
  }

  /// Least and largest number of samples of the voxels of one slice.
  package func samples(inSlice slice: Int) -> ClosedRange<Int> {
    let counts = stride(from: slice, to: samples.count, by: slices).map { samples[$0] }
    return counts.min()!...counts.max()!
  }

  /// A line for each voxel: its borders, the number of samples and mean absolute errors in % of the ranges.
  package var csv: String {
    let names = box.dimensions.map(\.name)
    let header =
      names.flatMap { ["\($0)_from", "\($0)_to"] } + ["samples"]
      + names.map { "mean_absolute_error_\($0)_percent" }
    let lines = samples.indices.map { voxel in
      let borders = zip(edges, position(of: voxel)).flatMap { ["\($0[$1])", "\($0[$1 + 1])"] }
      let errors = meanAbsolute[voxel].map { $0.isNaN ? "" : "\(100 * $0)" }
      return (borders + ["\(samples[voxel])"] + errors).joined(separator: ",")
    }
    return ([header.joined(separator: ",")] + lines).joined(separator: "\n") + "\n"
  }
}
