import ArgumentParser
import DurableFiles
import Foundation
import Studies

/// Options of commands that answer with figures.
struct ResultOptions: ParsableArguments {
  @Flag(help: "Print figures as one line of JSON.")
  var json = false

  /// Prints a result: its JSON on one line, or the text.
  func report(_ result: some Encodable, _ text: @autoclosure () -> String) throws {
    guard json else { return try StandardOutput.write(text() + "\n") }
    let encoder = JSONEncoder.results(.withoutEscapingSlashes)
    try StandardOutput.write(String(decoding: try encoder.encode(result), as: UTF8.self) + "\n")
  }
}

/// Where results are printed.
enum StandardOutput {
  /// Prints a text, or throws if it is lost, as on a full disk.
  static func write(_ text: String) throws {
    do {
      try FileHandle.standardOutput.write(contentsOf: Data(text.utf8))
    } catch {
      throw FileError.failed(
        operation: "write", path: "standard output", reason: String(cString: strerror(errno)))
    }
  }
}
