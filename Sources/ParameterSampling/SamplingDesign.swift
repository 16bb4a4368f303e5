import RandomStreams

extension StreamPurpose {
  static let latinHypercube = StreamPurpose("latin hypercube")
}

/// How the parameters of a data set's samples are chosen from a box.
public enum SamplingDesign: Sendable, Equatable {
  /// Independent and uniform.
  case random
  /// A regular grid, both ends of every range included; the number of points of each parameter. The last parameter
  /// changes fastest.
  case grid(points: [Int])
  /// As many equal intervals of every range as samples, with one sample in each (McKay et al. 1979,
  /// doi:10.1080/00401706.1979.10489755).
  case latinHypercube
  /// Sobol's low-discrepancy sequence with a digital shift drawn from the seed (``SobolSequence``).
  case sobol
  /// Given values [sample][parameter].
  case list([[Double]])
}

/// A design for a number of samples in a box: the parameters of each sample, in any order of asking.
public struct SampledPoints: Sendable {
  /// Per parameter, the interval of a Latin hypercube that each sample lies in.
  private let strata: [[UInt32]]
  private let sobol: SobolSequence?
  private let design: SamplingDesign
  private let box: ParameterBox
  private let samples: Int

  /// The design for `samples` samples; a grid has their number of points, a list their number of rows.
  public init(_ design: SamplingDesign, of samples: Int, in box: ParameterBox, seed: UInt64) {
    self.design = design
    self.box = box
    self.samples = samples
    let root = StreamKey(seed: seed)
    switch design {
    case .random:
      (strata, sobol) = ([], nil)
    case .grid(let points):
      precondition(points.count == box.count, "one number of points per parameter")
      precondition(points.reduce(1, *) == samples, "a grid has as many points as there are samples")
      (strata, sobol) = ([], nil)
    case .latinHypercube:
      strata = (0..<box.count).map { parameter in
        var stream = root.derived(.latinHypercube, UInt64(parameter)).generator()
        var strata = (0..<UInt32(samples)).map { $0 }
        stream.shuffle(&strata)
        return strata
      }
      sobol = nil
    case .sobol:
      (strata, sobol) = ([], SobolSequence(dimensions: box.count, shiftedBy: root))
    case .list(let rows):
      precondition(
        rows.count == samples && rows.allSatisfy { $0.count == box.count }, "one row per sample")
      (strata, sobol) = ([], nil)
    }
  }

  /// The parameters of a sample in their units, in the order of the box.
  public func parameters(of sample: SampleIdentity) -> [Double] {
    precondition(sample.index < samples, "the design has \(samples) samples")
    switch design {
    case .random:
      return sample.uniformParameters(in: box)
    case .grid(let points):
      var rest = sample.index
      var indices = points
      for parameter in points.indices.reversed() {
        indices[parameter] = rest % points[parameter]
        rest /= points[parameter]
      }
      return box.denormalised(
        zip(indices, points).map { $1 == 1 ? 0.5 : Double($0) / Double($1 - 1) })
    case .latinHypercube:
      let within = sample.uniformNumbers(box.count)
      return box.denormalised(
        (0..<box.count).map { (Double(strata[$0][sample.index]) + within[$0]) / Double(samples) })
    case .sobol:
      return box.denormalised(sobol!.point(sample.index))
    case .list(let rows):
      return rows[sample.index]
    }
  }
}
