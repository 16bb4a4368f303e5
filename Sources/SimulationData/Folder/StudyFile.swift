import DurableFiles
import Foundation

/// `study.yaml` in a data-set folder: the configuration that all data there belong to, with its checksum as last line.
package enum StudyFile {
  private static let sealMark = "# SHA-256 of all lines above: "

  package static func path(in folder: String) -> String { folder + "/study.yaml" }

  /// Writes the file; throws ``FileError/exists(path:)`` if there is one.
  package static func write(_ configuration: String, in folder: String) throws {
    try AtomicFile.write(
      configuration + sealMark + SHA256.hash(configuration) + "\n", to: path(in: folder))
  }

  /// The text of the configuration; nil if there is no file.
  ///
  /// - Throws: ``AlteredFile`` if it differs from the checksum, ``FileError`` if it cannot be read.
  package static func read(in folder: String) throws -> String? {
    let path = path(in: folder)
    guard let text = try TextFile.read(path) else { return nil }
    guard let seal = text.range(of: sealMark, options: .backwards) else { throw AlteredStudy(path: path) }
    let configuration = String(text[..<seal.lowerBound])
    guard text[seal.upperBound...] == SHA256.hash(configuration) + "\n" else {
      throw AlteredStudy(path: path)
    }
    return configuration
  }
}

/// A `study.yaml` differs from the checksum in it.
package struct AlteredStudy: Error, Equatable, CustomStringConvertible {
  package let path: String
  package var description: String {
    "\(path): damaged or changed, differs from the checksum in its last line; without it, generate with the same"
      + " configuration writes it again"
  }
}
