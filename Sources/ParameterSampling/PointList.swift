import Foundation

/// Why a list of parameter values is not usable.
public struct PointListError: Error, Sendable, Equatable, CustomStringConvertible {
  /// The file.
  public let file: String
  /// Where in it, from 1; nil if it concerns all of it.
  public let line: Int?
  /// What is wrong, with what was found and expected.
  public let reason: String

  /// All values.
  public init(file: String, line: Int?, reason: String) {
    self.file = file
    self.line = line
    self.reason = reason
  }

  /// One line naming the file, the line and the problem.
  public var description: String { "\(file)\(line.map { ":\($0)" } ?? ""): \(reason)" }
}

/// Reads the samples of a data set from a table of comma-separated values.
///
/// The first line names the parameters by their configuration keys, such as `eta,g,J_mV`, in any order; each other line
/// is a sample. Empty lines and lines that begin with `#` are skipped.
public enum PointList {
  /// The rows [sample][parameter] of a file in the order of the box; throws ``PointListError`` for what is wrong first.
  public static func read(contentsOf file: URL, in box: ParameterBox) throws(PointListError) -> [[Double]] {
    guard let text = try? String(contentsOf: file, encoding: .utf8) else {
      throw PointListError(file: file.path, line: nil, reason: "cannot be read as text in UTF-8")
    }
    return try read(text, file: file.path, in: box)
  }

  /// The rows [sample][parameter] in the order of the box; throws ``PointListError`` for what is wrong first.
  public static func read(_ text: String, file: String, in box: ParameterBox) throws(PointListError)
    -> [[Double]]
  {
    func problem(_ line: Int?, _ reason: String) -> PointListError {
      PointListError(file: file, line: line, reason: reason)
    }
    // Numbers would end there without a word.
    if let nul = text.firstIndex(of: "\0") {
      let line = text[..<nul].count { $0.isNewline } + 1
      throw problem(line, "holds a NUL character, expected text")
    }
    let lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).enumerated()
      .map { (number: $0 + 1, text: $1.trimmingCharacters(in: .whitespaces.union(.newlines))) }
      .filter { !$0.text.isEmpty && !$0.text.hasPrefix("#") }
    func cells(_ line: String) -> [String] {
      line.split(separator: ",", omittingEmptySubsequences: false)
        .map { $0.trimmingCharacters(in: .whitespaces.union(["\""])) }
    }
    let keys = box.dimensions.map(\.key)
    guard let header = lines.first else {
      throw problem(nil, "is empty, expected a line of names and samples")
    }
    let names = cells(header.text)
    guard names.sorted() == keys.sorted() else {
      throw problem(
        header.number,
        "names \(names.joined(separator: ", ")), expected each of \(keys.joined(separator: ", ")) once")
    }
    let columns = keys.map { key in names.firstIndex(of: key)! }
    var rows: [[Double]] = []
    for line in lines.dropFirst() {
      let cells = cells(line.text)
      guard cells.count == names.count else {
        throw problem(line.number, "has \(cells.count) values, expected \(names.count)")
      }
      var row: [Double] = []
      for (column, dimension) in zip(columns, box.dimensions) {
        guard let value = Double(cells[column]), value.isFinite else {
          throw problem(line.number, "\(dimension.key) is \"\(cells[column])\", expected a number")
        }
        guard dimension.lower <= value, value <= dimension.upper else {
          throw problem(
            line.number,
            "\(dimension.key) = \(value) is outside its range, expected \(dimension.lower) to \(dimension.upper)"
          )
        }
        row.append(value)
      }
      rows.append(row)
    }
    return rows
  }
}
