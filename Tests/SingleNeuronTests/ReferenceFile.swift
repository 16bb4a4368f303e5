import Foundation
import SingleNeuron
import Testing

/// Reads a file of Reference.
func reference<Contents: Decodable>(_ name: String, as type: Contents.Type = Contents.self) throws -> Contents
{
  let url = try #require(
    Bundle.module.url(forResource: name, withExtension: "json", subdirectory: "Reference"))
  return try JSONDecoder().decode(type, from: Data(contentsOf: url))
}

/// Whether a number is that of the reference up to a relative error.
func agrees(_ value: Double, _ reference: Double, to tolerance: Double) -> Bool {
  abs(value - reference) <= tolerance * abs(reference)
}
