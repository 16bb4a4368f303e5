import ArgumentParser
import Configuration
import DurableFiles
import Foundation

/// Options of every subcommand.
struct CommonOptions: ParsableArguments {
  @Option(help: "Root of all random streams; overrides the configuration's.")
  var seed: UInt64?

  @Flag(name: .shortAndLong, help: "No progress on standard error.")
  var quiet = false

  @Flag(help: "Print figures as one line of JSON.")
  var json = false

  /// Prints a result: its JSON on one line, or the text.
  func report(_ result: some Encodable, _ text: @autoclosure () -> String) throws {
    guard json else { return try write(text() + "\n") }
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    encoder.nonConformingFloatEncodingStrategy = .convertToString(
      positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
    try write(String(decoding: try encoder.encode(result), as: UTF8.self) + "\n")
  }

  /// Prints a text, or throws if it is lost, as on a full disk.
  func write(_ text: String) throws {
    do {
      try FileHandle.standardOutput.write(contentsOf: Data(text.utf8))
    } catch {
      throw FileError.failed(
        operation: "write", path: "standard output", reason: String(cString: strerror(errno)))
    }
  }
}

/// Number of cores, the default for workers and threads.
let availableCores = ProcessInfo.processInfo.activeProcessorCount

/// Reads the configuration of a study, or takes the defaults, and lets `change` override values.
func readStudy(_ path: String?, seed: UInt64?, _ change: (inout StudyConfiguration) -> Void = { _ in }) throws
  -> Study
{
  let url = path.map { URL(fileURLWithPath: $0) }
  var configuration = try url.map { try StudyConfiguration(contentsOf: $0) } ?? StudyConfiguration()
  if let seed { configuration.seed = seed }
  change(&configuration)
  try configuration.validate()
  return try Study(
    configuration,
    folder: url?.deletingLastPathComponent() ?? URL(fileURLWithPath: FileManager.default.currentDirectoryPath)
  )
}

/// Checks a number of threads or workers.
func requirePositive(_ value: Int, _ option: String) throws {
  guard value >= 1 else {
    throw CommandLineProblem(description: "\(option): got \(value), expected at least 1")
  }
}

/// Checks that no two outputs have the same path.
func requireDistinct(_ outputs: [(option: String, path: String?)]) throws {
  let given = outputs.filter { $0.path != nil }
  for (index, output) in given.enumerated() {
    if let earlier = given[..<index].first(where: { $0.path == output.path }) {
      throw CommandLineProblem(
        description: "\(output.option): got \(output.path!), expected another file than \(earlier.option)")
    }
  }
}

/// A whole number of milliseconds, also written `1500.0`.
struct WholeMilliseconds: ExpressibleByArgument {
  let value: Int

  init?(argument: String) {
    guard let number = Double(argument), let value = Int(exactly: number) else { return nil }
    self.value = value
  }
}
