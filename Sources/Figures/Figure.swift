/// A grid of panels, to be written as an SVG file or shown within a page.
public struct Figure: Sendable {
  /// The widths that journals print.
  public enum Width: Double, Sendable {
    /// One column, 89 mm.
    case singleColumn = 89
    /// Both columns, 183 mm.
    case doubleColumn = 183
  }

  /// Panels side by side.
  public struct Row: Sendable {
    /// The panels, from the left.
    public var panels: [Panel]
    /// The length of the vertical axes in mm.
    public var height: Double
    /// How many panels of relative width 1 the row has room for; at least as many as it has.
    public var columns: Int

    /// A row of panels whose vertical axes are `height` mm long, filling the width unless there are
    /// fewer than `columns`.
    public init(height: Double, columns: Int = 1, _ panels: [Panel]) {
      precondition(height > 0 && height.isFinite, "the height of a row must be positive")
      self.height = height
      self.columns = columns
      self.panels = panels
    }
  }

  /// The title above all panels; empty for none.
  public var title: String
  /// The width of the whole.
  public var width: Width
  /// The rows, from the top.
  public var rows: [Row]

  /// A figure. If it has several panels, they get the letters A, B, C … row by row, except scales beside others.
  public init(title: String = "", width: Width = .singleColumn, rows: [Row]) {
    self.title = title
    self.width = width
    self.rows = rows
  }

  /// The figure as SVG, in UTF-8 and without an XML declaration, so that it can stand in an HTML page as
  /// it is. Equal figures give equal text.
  public var svg: String {
    let pageWidth = width.rawValue * Self.pointsPerMillimetre
    let cells = rows.map { self.cells(of: $0) }
    let showsLetters = cells.joined().count { !$0.layout.panel.isScale } > 1
    var content = SVGFragment()
    var y = 2.0
    if !title.isEmpty {
      y += Typography.letter
      content.text(RichText(title), x: pageWidth / 2, y: y, anchor: .middle, size: Typography.letter)
      y += 3
    }
    if cells.joined().isEmpty {
      y += 2 * Typography.letter
      content.text("no data", x: pageWidth / 2, y: y, anchor: .middle, color: .gray)
      y += Typography.letter
    }
    var panelIndex = 0
    for row in cells where !row.isEmpty {
      let top = max(row.map(\.layout.topMargin).max() ?? 0, showsLetters ? Typography.letter + 2 : 0)
      for cell in row {
        // Axes that lie above each other begin and end together.
        let column = cells.joined().filter { $0.left == cell.left && $0.width == cell.width }
        let left = column.map(\.layout.leftMargin).max() ?? 0
        let right = column.map(\.layout.rightMargin).max() ?? 0
        cell.layout.draw(
          left: cell.left + left, top: y + top, width: max(cell.width - left - right, 10), into: &content)
        if showsLetters, !cell.layout.panel.isScale {
          content.text(
            RichText(Self.letter(panelIndex)), x: cell.left + 1, y: y + Typography.letter,
            size: Typography.letter, bold: true)
          panelIndex += 1
        }
      }
      y += top + row[0].layout.height + (row.map(\.layout.bottomMargin).max() ?? 0) + Self.gap
    }
    return page(width: pageWidth, height: y, content)
  }

  private static let pointsPerMillimetre = 72 / 25.4
  private static let gap = 6.0

  /// A panel and its place in the row, in points.
  private struct Cell {
    let layout: PanelLayout
    let left: Double
    let width: Double
  }

  private func cells(of row: Row) -> [Cell] {
    let emptyColumns = max(row.columns - row.panels.count, 0)
    let gaps = Double(row.panels.count + emptyColumns - 1) * Self.gap
    let shares = row.panels.map(\.relativeWidth).reduce(Double(emptyColumns), +)
    let unit = (width.rawValue * Self.pointsPerMillimetre - gaps) / shares
    var left = 0.0
    return row.panels.map { panel in
      let cell = Cell(
        layout: PanelLayout(panel, height: row.height * Self.pointsPerMillimetre), left: left,
        width: unit * panel.relativeWidth)
      left += cell.width + Self.gap
      return cell
    }
  }

  private func page(width pageWidth: Double, height: Double, _ content: SVGFragment) -> String {
    var svg = SVGFragment()
    svg.element(
      "svg",
      [
        "xmlns": "http://www.w3.org/2000/svg", "width": "\(width.rawValue.attributeText)mm",
        "height": "\((height / Self.pointsPerMillimetre).attributeText)mm",
        "viewBox": "0 0 \(pageWidth.attributeText) \(height.attributeText)",
        "font-family": Typography.family, "fill": Color.ink, "role": "img",
      ]
    ) { svg in
      svg.element("rect", ["width": pageWidth, "height": height, "fill": Color.paper])
      svg.append(content)
    }
    return svg.text
  }

  /// A … Z, AA, AB …
  static func letter(_ index: Int) -> String {
    let last = String(UnicodeScalar(UInt8(65 + index % 26)))
    return index < 26 ? last : letter(index / 26 - 1) + last
  }
}
