import FieldPotential
import HDF5Storage

/// A MATLAB file of version 7.3, which is one of HDF5 in which matrices lie transposed.
public struct MATFile: RecordingFormat {
  /// What messages call it.
  public static let name = "a MATLAB file"
  /// Name of the variable, and what a matrix does not tell.
  public static let options: Set<RecordingOption> = [.series, .samplingRate, .unit, .scale, .orientation]

  private let root: HDF5Group
  private let path: String

  /// Files that begin as MATLAB writes them.
  public static func recognises(_ source: RecordingSource, options: RecordingOptions) -> Bool {
    source.begins(with: "MATLAB 7.3 MAT-file") || source.begins(with: "MATLAB 5.0 MAT-file")
  }

  /// The file of a source.
  ///
  /// - Throws: ``RecordingError`` for versions before 7.3.
  public init(_ source: RecordingSource) throws {
    guard let file = source.hdf5 else {
      throw RecordingError(
        file: source.path, "",
        "is a MATLAB file of a version before 7.3; in MATLAB, save(…, '-v7.3') writes one that is read")
    }
    (root, path) = (file.root, source.path)
  }

  /// The variable; its first sample is at 0 s.
  public func series(_ options: RecordingOptions, expecting known: [Contact]) throws -> RecordingSeries {
    let dataset = try root.dataset(try variable(options.series))
    let shape = try dataset.shape
    // As MATLAB shows it.
    let size = (shape[1], shape[0])
    let orientation = try Orientation.of(
      shape: size, named: options.orientation, channels: options.channels(expecting: known), file: path,
      place: dataset.path)
    var isInteger = false
    if case .integer = try dataset.elementType { isInteger = true }
    let factor = try options.factor(isInteger: isInteger, file: path, place: dataset.path)
    let rate = try options.rate(file: path, place: dataset.path)
    let matrix = try HDF5Matrix(
      dataset, orientation == .channelsFirst ? .samplesFirst : .channelsFirst,
      scaling: PhysicalScaling(factor: factor))
    return RecordingSeries(
      file: path, place: dataset.path, channels: matrix.channels, samples: matrix.samples,
      time: TimeAxis(start: 0, samplingRate: rate),
      read: { try matrix.values(channels: $0, samples: $1) })
  }

  /// The path of a variable, or of the only matrix of numbers that is more than a row or column.
  private func variable(_ name: String?) throws -> String {
    var matrices: [String] = []
    for variable in try root.names where try root.kind(of: variable) == .dataset {
      let dataset = try root.dataset(variable)
      let shape = try dataset.shape
      guard shape.count == 2, variable == name || (shape.min() ?? 0) > 1 else { continue }
      switch try dataset.elementType {
      case .float, .integer: matrices.append(variable)
      default: continue
      }
    }
    let list = matrices.isEmpty ? "none" : matrices.joined(separator: ", ")
    if let name {
      guard matrices.contains(name) else {
        throw RecordingError(file: path, name, "is no matrix of numbers; there are \(list)")
      }
      return name
    }
    guard matrices.count == 1 else {
      throw RecordingError(
        file: path, "", "holds \(matrices.count) matrices, --series has to name one of several: \(list)")
    }
    return matrices[0]
  }
}
