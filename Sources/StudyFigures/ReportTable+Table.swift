import Figures
import Statistics

extension ReportTable {
  /// A table as a report shows it.
  package init(_ table: Table) { self.init(caption: table.caption, header: table.header, rows: table.rows) }
}
