import Foundation
import Testing

/// Numbers by SciPy, see Reference/distributions.py.
struct DistributionsReference: Decodable {
  let tails: [[Double]]
  let means, covariances, points: [[Double]]
  let logDensity, logDensityOfFirst, levelOfFirst: [Double]
  let marginal: [[Double]]
  let student: [[Double]]
  let studentDegrees: Int
  let studentLogDensity: [Double]
  let studentMarginal: [[Double]]
  let x, y, half, free: [Double]
  let halfR2: Double

  static func load() throws -> Self {
    let url = try #require(
      Bundle.module.url(forResource: "distributions", withExtension: "json", subdirectory: "Reference"))
    let decoder = JSONDecoder()
    decoder.keyDecodingStrategy = .convertFromSnakeCase
    return try decoder.decode(Self.self, from: Data(contentsOf: url))
  }
}
