import Foundation

/// A folder that lives as long as the test that made it.
package final class TemporaryFolder: Sendable {
  package let path: String

  package init() throws {
    path =
      FileManager.default.temporaryDirectory.appendingPathComponent("brunel-lfp-\(UUID().uuidString)").path
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  /// A copy of another folder.
  package init(copying other: TemporaryFolder) throws {
    path =
      FileManager.default.temporaryDirectory.appendingPathComponent("brunel-lfp-\(UUID().uuidString)").path
    try FileManager.default.copyItem(atPath: other.path, toPath: path)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  package func path(_ name: String) -> String { path + "/" + name }

  package func contains(_ name: String) -> Bool { FileManager.default.fileExists(atPath: path(name)) }

  package func bytes(_ name: String) throws -> Data { try Data(contentsOf: URL(fileURLWithPath: path(name))) }

  package func text(_ name: String) throws -> String { String(decoding: try bytes(name), as: UTF8.self) }

  package func write(_ bytes: Data, to name: String) throws {
    try bytes.write(to: URL(fileURLWithPath: path(name)))
  }

  package func write(_ text: String, to name: String) throws { try write(Data(text.utf8), to: name) }

  /// Writes a program for bash. It is copied by another process: one that a test running beside this one starts would have
  /// inherited the open file, and Linux runs no program that anybody has open for writing.
  package func writeProgram(_ commands: String, to name: String) throws {
    try write("#!/bin/bash\n\(commands)\n", to: name + ".text")
    let copy = Process()
    copy.executableURL = URL(fileURLWithPath: "/usr/bin/install")
    copy.arguments = ["-m", "755", path(name + ".text"), path(name)]
    try copy.run()
    copy.waitUntilExit()
    guard copy.terminationStatus == 0 else { throw CocoaError(.fileWriteUnknown) }
    try remove(name + ".text")
  }

  package func remove(_ name: String) throws { try FileManager.default.removeItem(atPath: path(name)) }

  /// An empty file, open for writing.
  package func newFile(_ name: String) throws -> FileHandle {
    try write(Data(), to: name)
    return try FileHandle(forWritingTo: URL(fileURLWithPath: path(name)))
  }

  /// Names of everything directly in a folder, sorted.
  package func names(in folder: String = ".") throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: path(folder)).sorted()
  }

  /// Path and bytes of all files; folders have none.
  package func snapshot() throws -> [String: Data?] {
    var files: [String: Data?] = [:]
    for name in try FileManager.default.subpathsOfDirectory(atPath: path) {
      let attributes = try FileManager.default.attributesOfItem(atPath: path(name))
      let isFolder = attributes[.type] as? FileAttributeType == .typeDirectory
      files[name] = .some(isFolder ? nil : try bytes(name))
    }
    return files
  }
}
