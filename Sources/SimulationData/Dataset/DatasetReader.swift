import Configuration
import DurableFiles
import HDF5Storage
import ParameterSampling

/// Why a file is not a usable data set.
public enum DatasetError: Error, Sendable, Equatable, CustomStringConvertible {
  /// The file says that it is something else, or says nothing.
  case wrongFormat(file: String, expected: String, actual: String)
  /// The file was written by another version of the format.
  case wrongSchema(file: String, expected: Int64, actual: Int64)
  /// The contents contradict each other.
  case inconsistent(file: String, reason: String)
  /// A value is NaN or infinite where none may be.
  case notFinite(file: String, dataset: String, sample: UInt64)

  /// One line naming the file and what is wrong.
  public var description: String {
    switch self {
    case .wrongFormat(let file, let expected, let actual):
      "\(file): not a \(expected) (its format is \"\(actual)\")"
    case .wrongSchema(let file, let expected, let actual):
      "\(file): schema version \(actual), this program reads \(expected)"
    case .inconsistent(let file, let reason): "\(file): \(reason)"
    case .notFinite(let file, let dataset, let sample):
      "\(file): \(dataset) of sample \(sample) is not finite"
    }
  }
}

/// Reads a data set or a shard of one.
public final class DatasetReader: Sendable {
  /// What the samples have in common.
  public let description: DatasetDescription
  /// Number of samples.
  public let count: Int
  /// Path of the file.
  public let path: String
  private let file: HDF5File
  let columns: DatasetColumns
  /// For each dimension of the box its column of `/parameters`; nil if they are in order.
  private let columnOrder: [Int]?

  /// Opens a file and checks that it is whole; throws `HDF5Error`, ``DatasetError``, or `ParameterError` for the
  /// configuration in it.
  public convenience init(path: String) throws { try self.init(path: path, knowing: nil) }

  /// The same of one of many files with a configuration that is likely to be a `known` one, which need not be read again.
  ///
  /// - Parameter isTrusted: Whether the file has been compared with a checksum.
  package init(path: String, knowing known: StoredConfiguration?, isTrusted: Bool = false) throws {
    file = try HDF5File.open(path, isTrusted: isTrusted)
    self.path = path
    let root = file.root
    try Self.requireFormat(DatasetWriter.format, DatasetWriter.schemaVersion, of: file)
    let parameters = try root.dataset("parameters")
    let shape = try parameters.shape
    let keys = try parameters.attributes.read("configuration_keys", as: [String].self)
    let lower = try parameters.attributes.read("lower", as: [Double].self)
    let upper = try parameters.attributes.read("upper", as: [Double].self)
    guard shape.count == 2, shape[1] == keys.count, lower.count == keys.count, upper.count == keys.count,
      zip(lower, upper).allSatisfy({ $0 < $1 && $0.isFinite && $1.isFinite })
    else { throw DatasetError.inconsistent(file: path, reason: "/parameters does not fit its ranges") }
    count = shape[0]
    func number(_ name: String) throws -> Double {
      let value = try root.attributes.read(name, as: Double.self)
      guard value.isFinite, value >= 0, value < 1e9 else {
        throw DatasetError.inconsistent(file: path, reason: "attribute \(name) is \(value)")
      }
      return value
    }
    let text = try root.attributes.read("configuration", as: String.self)
    let configuration =
      if let known, known.text == text { known } else { try StoredConfiguration(yaml: text, file: path) }
    let contacts = try root.contacts(assuming: configuration.contacts)
    let kernels = (excitatory: try root.dataset("kernels/E"), inhibitory: try root.dataset("kernels/I"))
    let lagCount = try kernels.excitatory.shape.last ?? 0
    for kernel in [kernels.excitatory, kernels.inhibitory] {
      try kernel.requireShape([contacts.count, lagCount])
    }
    description = DatasetDescription(
      box: ParameterBox(
        keys.indices.map { .init(key: keys[$0], lower: lower[$0], upper: upper[$0]) }),
      contacts: contacts,
      frequencies: try root.dataset("frequency").read(),
      duration: Int(try number("duration_ms")), transient: Int(try number("transient_ms")),
      timeStep: try number("dt_ms"),
      // Data sets of others may not have it.
      bin: try root.attributes.contains("bin_ms") ? number("bin_ms") : 1,
      excitatoryKernel: try kernels.excitatory.read(),
      inhibitoryKernel: try kernels.inhibitory.read(),
      configuration: configuration,
      softwareVersion: try root.attributes.read("software_version", as: String.self),
      simulationIdentity: try root.attributes.read("simulation_identity", as: String.self),
      spectraIdentity: try root.attributes.read("spectra_identity", as: String.self))
    guard description.transient < description.duration else {
      throw DatasetError.inconsistent(file: path, reason: "transient_ms is not below duration_ms")
    }
    columns = try DatasetColumns(opening: root, description: description, count: count)
    columnOrder = try Self.columnOrder(root, description.box, path: path)
  }

  /// Reads samples, by default all; histograms stay empty unless they are wanted, spectra if they are not.
  public func rows(
    _ range: Range<Int>? = nil, histograms: Bool = false, spectra: Bool = true
  ) throws(HDF5Error) -> DatasetRows {
    var rows = try columns.read(range ?? 0..<count) {
      (histograms || !$0.isHistogram) && (spectra || !$0.isSpectrum)
    }
    if let columnOrder {
      rows.parameters = stride(from: 0, to: rows.parameters.count, by: columnOrder.count).flatMap { start in
        columnOrder.map { rows.parameters[start + $0] }
      }
    }
    return rows
  }

  /// Columns are in the order of the names in `/parameter`, which other programs may have changed.
  private static func columnOrder(_ root: HDF5Group, _ box: ParameterBox, path: String) throws -> [Int]? {
    guard try root.contains("parameter") else { return nil }
    let names = try root.dataset("parameter").read(as: String.self)
    let wanted = box.dimensions.map(\.name)
    guard names.sorted() == wanted.sorted() else {
      throw DatasetError.inconsistent(
        file: path,
        reason:
          "/parameter names \(names.joined(separator: ", ")), its ranges \(wanted.joined(separator: ", "))")
    }
    return names == wanted ? nil : wanted.map { names.firstIndex(of: $0)! }
  }

  /// Samples whose histograms are stored together: reading them apart decodes them more than once.
  package var histogramsPerChunk: Int {
    get throws(HDF5Error) { try columns.histogramsPerChunk }
  }

  /// Closes the file.
  public func close() throws(HDF5Error) { try file.close() }

  /// Throws ``DatasetError`` unless the root attributes name the format and version.
  package static func requireFormat(_ format: String, _ version: Int64, of file: HDF5File) throws {
    let attributes = file.root.attributes
    guard try attributes.contains("format") else {
      throw DatasetError.wrongFormat(file: file.path, expected: format, actual: "")
    }
    let actual = try attributes.read("format", as: String.self)
    guard actual == format else {
      throw DatasetError.wrongFormat(file: file.path, expected: format, actual: actual)
    }
    let schema = try attributes.read("schema_version", as: Int64.self)
    guard schema == version else {
      throw DatasetError.wrongSchema(file: file.path, expected: version, actual: schema)
    }
  }
}

extension DatasetReader {
  /// Opens a data set after comparing it with its checksum, if it has one: HDF5 itself does not notice all damage.
  package convenience init(checked path: String) throws {
    let state = try ChecksummedFile.requireUnaltered(path)
    try self.init(path: path, knowing: nil, isTrusted: state == .intact)
  }
}
