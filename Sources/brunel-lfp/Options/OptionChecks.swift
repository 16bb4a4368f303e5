import Foundation

/// Number of cores, the default for workers and threads.
let availableCores = ProcessInfo.processInfo.activeProcessorCount

/// Checks a number that must not be less than `minimum`, such as that of tasks.
func requireAtLeast(_ minimum: Int, _ value: Int, _ option: String) throws {
  guard value >= minimum else {
    throw CommandLineProblem(description: "\(option): got \(value), expected at least \(minimum)")
  }
}

/// Checks a number of threads or workers; more than some thousand a system does not give.
func requireThreads(_ value: Int, _ option: String) throws {
  let most = 1024
  guard (1...most).contains(value) else {
    throw CommandLineProblem(description: "\(option): got \(value), expected 1 to \(most)")
  }
}

/// Checks that no two outputs are the same file.
func requireDistinct(_ outputs: [(option: String, path: String?)]) throws {
  let given = outputs.compactMap { option, path in
    path.map { (option: option, path: $0, file: URL(fileURLWithPath: $0).standardizedFileURL) }
  }
  for (index, output) in given.enumerated() {
    if let earlier = given[..<index].first(where: { $0.file == output.file }) {
      throw CommandLineProblem(
        description: "\(output.option): got \(output.path), expected another file than \(earlier.option)")
    }
  }
}

/// Checks the name of a figure's file.
func requireSVG(_ path: String?, _ option: String) throws {
  if let path, !path.lowercased().hasSuffix(".svg") {
    throw CommandLineProblem(
      description: "\(option): got \(path), expected a name that ends in .svg, as figures are written as SVG")
  }
}

/// The format that the ending of a file's name stands for; nil without a file.
func fileFormat<Format: RawRepresentable<String> & CaseIterable>(
  of path: String?, _ option: String
) throws -> Format? {
  guard let path else { return nil }
  guard let format = Format(rawValue: URL(fileURLWithPath: path).pathExtension) else {
    let known = Format.allCases.map { ".\($0.rawValue)" }.joined(separator: ", ")
    throw CommandLineProblem(description: "\(option): got \(path), expected a name that ends with \(known)")
  }
  return format
}
