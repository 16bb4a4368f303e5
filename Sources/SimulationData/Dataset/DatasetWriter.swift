import Configuration
import HDF5Storage

/// Writes a data set, or a shard of one, row by row into a new HDF5 file.
///
/// xarray opens the file with named dimensions (`engine="h5netcdf"`). Floating-point rows that are never
/// written stay NaN.
public final class DatasetWriter {
  /// The value of the root attribute `format`.
  public static let format = "brunel-lfp dataset"
  /// The value of the root attribute `schema_version`.
  public static let schemaVersion: Int64 = 1

  private let file: HDF5File
  private let columns: DatasetColumns
  private let count: Int
  private var next = 0

  /// Creates `path` for `count` samples; throws `HDF5Error`, also if the file exists.
  public init(path: String, description: DatasetDescription, count: Int) throws(HDF5Error) {
    file = try HDF5File.create(path, isSealed: true)
    self.count = count
    columns = try DatasetColumns(creating: description, count: count, in: file.root)
    try Self.writeAttributes(description, to: file.root.attributes)
  }

  /// Writes the next rows.
  public func append(_ rows: DatasetRows) throws(HDF5Error) {
    precondition(next + rows.count <= count, "more rows than announced")
    try columns.write(rows, at: next..<(next + rows.count))
    next += rows.count
  }

  /// Writes the next rows, of which `rows` holds all but the histograms: they are those of the same rows of another
  /// data set, and copied as they are stored.
  public func append(_ rows: DatasetRows, histogramsOf other: DatasetReader) throws(HDF5Error) {
    precondition(next + rows.count <= count, "more rows than announced")
    let range = next..<(next + rows.count)
    try columns.copy(range, of: other.columns, to: next) { $0.isHistogram }
    try columns.write(rows, at: range) { !$0.isHistogram }
    next += rows.count
  }

  /// Takes all rows of another data set over as the next ones: as they are stored, where chunks allow it.
  public func append(contentsOf other: DatasetReader) throws(HDF5Error) {
    precondition(next + other.count <= count, "more rows than announced")
    try columns.copy(0..<other.count, of: other.columns, to: next)
    next += other.count
  }

  /// Completes the file.
  public func close() throws(HDF5Error) {
    precondition(next == count, "fewer rows than announced")
    try file.close()
  }

  private static func writeAttributes(
    _ d: DatasetDescription, to attributes: HDF5Attributes
  ) throws(HDF5Error) {
    try attributes.writeHeader(
      format: format, schemaVersion: schemaVersion, configuration: d.configuration.text,
      softwareVersion: d.softwareVersion)
    try attributes.write(d.simulationIdentity, named: "simulation_identity")
    try attributes.write(d.spectraIdentity, named: "spectra_identity")
    try attributes.write(Double(d.duration), named: "duration_ms")
    try attributes.write(Double(d.transient), named: "transient_ms")
    try attributes.write(d.timeStep, named: "dt_ms")
    try attributes.write(d.bin, named: "bin_ms")
    if d.reference != .none { try attributes.write(d.reference.rawValue, named: "reference") }
  }
}
