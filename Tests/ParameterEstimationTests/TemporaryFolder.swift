import Foundation

/// A folder that lives as long as the test that made it.
final class TemporaryFolder: Sendable {
  private let url = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)

  init() throws {
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(at: url) }

  func path(_ name: String) -> String { url.appendingPathComponent(name).path }

  func bytes(of name: String) throws -> Data { try Data(contentsOf: url.appendingPathComponent(name)) }

  func write(_ bytes: Data, to name: String) throws {
    try bytes.write(to: url.appendingPathComponent(name))
  }
}
