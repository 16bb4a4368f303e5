import Foundation

/// A table of texts.
package struct Table: Sendable, Equatable {
  /// What the table shows; empty for nothing.
  package let caption: String
  /// The heads of the columns.
  package let header: [String]
  /// The cells, row by row.
  package let rows: [[String]]

  /// A table; each row has as many cells as the header.
  package init(caption: String = "", header: [String], rows: [[String]]) {
    precondition(rows.allSatisfy { $0.count == header.count }, "a cell for each column")
    self.caption = caption
    self.header = header
    self.rows = rows
  }

  /// A Markdown table, with its caption below.
  package var markdown: String {
    // Bars would end a column, and stars begin emphasis.
    func escaped(_ text: String) -> String {
      text.replacingOccurrences(of: "|", with: "\\|").replacingOccurrences(of: "*", with: "\\*")
    }
    let lines = [header, header.map { _ in "---" }] + rows
    return lines.map { "| " + $0.map(escaped).joined(separator: " | ") + " |\n" }.joined()
      + (caption.isEmpty ? "" : "\n" + escaped(caption) + "\n")
  }

  /// Comma-separated values without the caption, as RFC 4180 quotes them.
  package var csv: String {
    func quoted(_ text: String) -> String {
      guard text.contains(where: { $0 == "," || $0 == "\"" || $0.isNewline }) else { return text }
      return "\"" + text.replacingOccurrences(of: "\"", with: "\"\"") + "\""
    }
    return ([header] + rows).map { $0.map(quoted).joined(separator: ",") + "\n" }.joined()
  }
}
