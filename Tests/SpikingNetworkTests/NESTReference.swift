import Foundation
import Testing

/// Files that NEST's recipes in Reference wrote.
enum NESTReference {
  /// The contents of a JSON file.
  static func decode<Contents: Decodable>(_ type: Contents.Type, _ name: String) throws -> Contents {
    let url = try #require(
      Bundle.module.url(forResource: name, withExtension: "json", subdirectory: "Reference"))
    return try JSONDecoder().decode(type, from: Data(contentsOf: url))
  }
}
