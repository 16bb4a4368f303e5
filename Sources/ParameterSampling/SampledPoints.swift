import Foundation
import RandomStreams

extension StreamPurpose {
  static let latinHypercube = StreamPurpose("latin hypercube")
}

/// The parameters of each sample of a data set, in any order of asking.
public struct SampledPoints: Sendable {
  private let points: Points
  private let box, nuisance: ParameterBox
  private let samples: Int

  private enum Points {
    case random
    case grid([Int])
    /// Per parameter, the interval that each sample lies in.
    case strata([[UInt32]])
    case sobol(SobolSequence)
    case list([[Double]])
  }

  /// The points of a design that has been checked; a table is found relative to `folder`.
  ///
  /// - Throws: ``PointListError`` for a table that cannot be read, or has not as many samples as it should.
  public init(_ sampling: SamplingParameters, seed: UInt64, folder: URL = URL(fileURLWithPath: "/"))
    throws(PointListError)
  {
    let (box, samples) = (sampling.box, sampling.samples)
    self.box = box
    nuisance = sampling.nuisance
    self.samples = samples
    let root = StreamKey(seed: seed)
    switch sampling.design {
    case .random: points = .random
    case .grid:
      precondition(sampling.gridPoints.count == box.count, "one number of points per parameter")
      precondition(
        sampling.gridPoints.reduce(1, *) == samples, "a grid has as many points as there are samples")
      points = .grid(sampling.gridPoints)
    case .latinHypercube:
      points = .strata(
        (0..<box.count).map { parameter in
          var stream = root.derived(.latinHypercube, UInt64(parameter)).generator()
          var strata = (0..<UInt32(samples)).map { $0 }
          stream.shuffle(&strata)
          return strata
        })
    case .sobol: points = .sobol(SobolSequence(dimensions: box.count, shiftedBy: root))
    case .file:
      let file = sampling.design.file(relativeTo: folder)!
      let rows = try PointList.read(contentsOf: file, in: box)
      guard rows.count == samples else {
        throw PointListError(
          file: file.path, line: nil,
          reason: "has \(rows.count) samples, expected as many as sampling.samples = \(samples)")
      }
      points = .list(rows)
    }
  }

  /// All parameters of a sample in their units: those of the design, in the order of its box, then the others.
  public func parameters(of sample: SampleIdentity) -> [Double] {
    design(sample) + sample.nuisanceParameters(in: nuisance)
  }

  private func design(_ sample: SampleIdentity) -> [Double] {
    precondition(sample.index < samples, "the design has \(samples) samples")
    switch points {
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
    case .strata(let strata):
      let within = sample.uniformNumbers(box.count)
      return box.denormalised(
        (0..<box.count).map { (Double(strata[$0][sample.index]) + within[$0]) / Double(samples) })
    case .sobol(let sequence):
      return box.denormalised(sequence.point(sample.index))
    case .list(let rows):
      return rows[sample.index]
    }
  }
}
