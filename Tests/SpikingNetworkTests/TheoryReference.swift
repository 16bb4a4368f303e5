import Foundation
import SpikingNetwork
import Testing

/// Reads a file of Reference/theory.
func theoryReference<Contents: Decodable>(
  _ name: String, as type: Contents.Type = Contents.self
) throws -> Contents {
  let url = try #require(
    Bundle.module.url(forResource: name, withExtension: "json", subdirectory: "Reference/theory"))
  return try JSONDecoder().decode(type, from: Data(contentsOf: url))
}

/// The paper's network at a point of its parameter space.
func network(_ eta: Double, _ g: Double, _ efficacy: Double) -> NetworkParameters {
  var network = NetworkParameters()
  (network.eta, network.g, network.efficacy) = (eta, g, efficacy)
  return network
}
