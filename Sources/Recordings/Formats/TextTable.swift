import Foundation

/// Numbers in lines of text, with names of columns or without.
package struct TextTable {
  /// Names of the columns; nil without a header.
  package private(set) var names: [String]?
  /// The columns, each with a number from every line.
  package private(set) var columns: [[Double]] = []

  /// Reads a file, which may be compressed by gzip.
  ///
  /// - Throws: ``RecordingError`` naming the line and column that cannot be read, `FileError`.
  package init(path: String) throws {
    try self.init(RecordingSource(path).text(), file: path)
  }

  /// Reads comma, semicolon, tab or space separated values. Lines that begin with `#` are left out, but the last of them
  /// before the numbers may name the columns, as NumPy writes it.
  ///
  /// - Parameters:
  ///   - text: Text in UTF-8, with any line ends.
  ///   - isList: Whether lines are entries of a list, which may be empty, and may end with a tab that separates nothing.
  /// - Throws: ``RecordingError`` naming the line and column that cannot be read.
  init(_ text: [UInt8], file: String, isList: Bool = false) throws(RecordingError) {
    var comment: [String]?
    var separator: UInt8?
    var blank: Int?
    var (line, start) = (0, 0)
    while start < text.count {
      var end = start
      while end < text.count, text[end] != 0x0a, text[end] != 0x0d { end += 1 }
      var content = Self.trimmed(text[start..<end])
      if isList, content.last == 0x09 { content = Self.trimmed(content.dropLast()) }
      line += 1
      start = end + (end + 1 < text.count && text[end] == 0x0d && text[end + 1] == 0x0a ? 2 : 1)
      if content.isEmpty {
        blank = blank ?? line
        continue
      }
      if content.first == UInt8(ascii: "#") {
        comment = Self.names(content.dropFirst(), Self.separator(of: content.dropFirst()))
        continue
      }
      if separator == nil {
        separator = Self.separator(of: content)
        let cells = Self.cells(content, separator!)
        if Self.areNames(cells, mayCount: !isList) {
          names = Self.names(content, separator!)
          columns = Array(repeating: [], count: cells.count)
          blank = nil
          continue
        }
        if comment?.count == cells.count { names = comment }
        columns = Array(repeating: [], count: cells.count)
        blank = nil
      }
      if let blank, !columns[0].isEmpty { throw RecordingError(file: file, "line \(blank)", "is empty") }
      blank = nil
      try add(content, separator!, RecordingError(file: file, "line \(line)", ""))
    }
    guard isList || columns.first?.isEmpty == false else {
      throw RecordingError(file: file, "", "holds no numbers")
    }
  }

  /// Adds the numbers of a line.
  private mutating func add(
    _ content: ArraySlice<UInt8>, _ separator: UInt8, _ location: RecordingError
  ) throws(RecordingError) {
    func problem(_ text: String) -> RecordingError {
      RecordingError(file: location.file, location.place, text)
    }
    let cells = Self.cells(content, separator)
    guard cells.count == columns.count else {
      throw problem("has \(cells.count) values, expected \(columns.count) as in the lines before")
    }
    for (column, cell) in cells.enumerated() {
      guard let number = Self.number(cell) else {
        let text = String(decoding: cell.prefix(40), as: UTF8.self)
        throw problem("column \(column + 1) is \"\(text)\", expected a number with a decimal point")
      }
      columns[column].append(number)
    }
  }

  // MARK: Cells

  private static func separator(of line: ArraySlice<UInt8>) -> UInt8 {
    for separator in [UInt8(ascii: "\t"), UInt8(ascii: ";"), UInt8(ascii: ",")] where line.contains(separator)
    {
      return separator
    }
    return UInt8(ascii: " ")
  }

  private static func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 }

  private static func trimmed(_ bytes: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    var bytes = bytes
    while let first = bytes.first, first == 0x20 { bytes.removeFirst() }
    while let last = bytes.last, last == 0x20 { bytes.removeLast() }
    return bytes
  }

  /// The cells of a line, without spaces and quotation marks around them; a separator between the latter is none.
  private static func cells(_ line: ArraySlice<UInt8>, _ separator: UInt8) -> [ArraySlice<UInt8>] {
    let quote = UInt8(ascii: "\"")
    var cells: [ArraySlice<UInt8>] = []
    var (start, isQuoted) = (line.startIndex, false)
    for index in line.indices {
      if line[index] == quote { isQuoted.toggle() }
      if line[index] == separator, !isQuoted {
        cells.append(line[start..<index])
        start = index + 1
      }
    }
    cells.append(line[start...])
    if separator == UInt8(ascii: " ") { cells.removeAll { $0.isEmpty } }
    return cells.map { cell in
      let cell = trimmed(cell)
      guard cell.count > 1, cell.first == quote, cell.last == quote else { return cell }
      return trimmed(cell.dropFirst().dropLast())
    }
  }

  /// Whether cells name columns: one is no number, or they may and do count from 0, as pandas names columns without names.
  private static func areNames(_ cells: [ArraySlice<UInt8>], mayCount: Bool) -> Bool {
    if cells.contains(where: { !$0.isEmpty && number($0) == nil }) { return true }
    guard mayCount else { return false }
    let texts = cells.map { String(decoding: $0, as: UTF8.self) }.drop { $0.isEmpty }
    return texts.count > 1 && texts.count >= cells.count - 1
      && Array(texts) == texts.indices.map { "\($0 - texts.startIndex)" }
  }

  private static func names(_ line: ArraySlice<UInt8>, _ separator: UInt8) -> [String] {
    cells(trimmed(line), separator).map { String(decoding: $0, as: UTF8.self) }
  }

  /// The number that a cell holds: decimal, or `nan`.
  private static func number(_ cell: ArraySlice<UInt8>) -> Double? {
    let isDecimal = cell.allSatisfy { byte in
      (0x30...0x39).contains(byte) || byte == 0x2b || byte == 0x2d || byte == 0x2e || byte == 0x65
        || byte == 0x45
    }
    let text = String(decoding: cell, as: UTF8.self)
    if isDecimal { return Double(text) }
    return cell.count <= 4 && text.lowercased().trimmingPrefix("-") == "nan" ? .nan : nil
  }
}
