extension Figure {
  /// The same for narrow screens: one panel below the other, one column wide.
  ///
  /// Scales of colours stay beside the panel before them. Panels without a title get that of the
  /// highest panel in their column, which no longer stands above them.
  var stacked: Figure {
    var titles: [String] = []
    var stacked = self
    stacked.width = .singleColumn
    stacked.rows = rows.flatMap { row in
      var rows: [Row] = []
      for (column, panel) in row.panels.enumerated() {
        if column == titles.count { titles.append(panel.title) }
        var panel = panel
        if panel.title.isEmpty { panel.title = titles[column] }
        if panel.isScale, let last = rows.indices.last {
          panel.relativeWidth = Self.scaleWidth
          rows[last].panels.append(panel)
        } else {
          panel.relativeWidth = 1
          rows.append(Row(height: row.height, [panel]))
        }
      }
      return rows
    }
    return stacked
  }

  /// The width of a scale of colours relative to the panel that it stands beside.
  private static let scaleWidth = 0.22

  /// Whether the figure is one column wide with a panel in each row, as ``stacked`` would have it.
  var isStacked: Bool { width == .singleColumn && rows.allSatisfy { $0.panels.count <= 1 } }
}
