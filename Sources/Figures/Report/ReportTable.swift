/// A table of a report. Columns of numbers are set flush right.
public struct ReportTable: Sendable, Equatable {
  /// The text above the table; empty for none.
  public var caption: String
  /// The heads of the columns.
  public var header: [String]
  /// The cells, row by row.
  public var rows: [[String]]

  /// A table; each row has as many cells as the header.
  public init(caption: String = "", header: [String], rows: [[String]]) {
    precondition(
      rows.allSatisfy { $0.count == header.count }, "each row of a table needs a cell for each column")
    self.caption = caption
    self.header = header
    self.rows = rows
  }

  /// The table as HTML.
  var html: String {
    let isNumeric = header.indices.map { column in
      !rows.isEmpty && rows.allSatisfy { Self.looksNumeric($0[column]) }
    }
    func row(_ tag: String, _ cells: [String]) -> String {
      let content = cells.indices.map { column in
        let number = isNumeric[column] ? " class=\"number\"" : ""
        // What a cell is stands before it where a screen is too narrow for columns.
        let head =
          tag == "td" && !header[column].isEmpty ? " data-head=\"\(header[column].escapedForXML)\"" : ""
        return "<\(tag)\(number)\(head)>\(cells[column].escapedForXML)</\(tag)>"
      }
      return "<tr>" + content.joined() + "</tr>\n"
    }
    let captionElement = caption.isEmpty ? "" : "<caption>\(caption.escapedForXML)</caption>\n"
    return "<table>\n\(captionElement)<thead>\n\(row("th", header))</thead>\n<tbody>\n"
      + rows.map { row("td", $0) }.joined() + "</tbody>\n</table>"
  }

  /// Whether a cell begins like a number, as "12", "−0.3", "5 %" or "0.1 [0.0, 0.2]" do, or is a dash.
  private static func looksNumeric(_ cell: String) -> Bool {
    let digits = cell.drop { "+-−±".contains($0) }
    return cell == "–" || digits.first.map { ("0"..."9").contains($0) } == true
  }
}
