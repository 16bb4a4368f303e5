import Foundation

/// Numbers by SciPy, see Reference/distributions.py.
package struct DistributionsReference: Decodable {
  package let tails: [[Double]]
  package let means, covariances, points: [[Double]]
  package let logDensity, logDensityOfFirst, levelOfFirst: [Double]
  package let marginal: [[Double]]
  package let student: [[Double]]
  package let studentDegrees: Int
  package let studentLogDensity: [Double]
  package let studentMarginal: [[Double]]
  package let x, y, half, free: [Double]
  package let halfR2: Double

  package static func load() throws -> Self {
    let url = Bundle.module.url(
      forResource: "distributions", withExtension: "json", subdirectory: "Reference")!
    let decoder = JSONDecoder()
    decoder.keyDecodingStrategy = .convertFromSnakeCase
    return try decoder.decode(Self.self, from: Data(contentsOf: url))
  }
}
