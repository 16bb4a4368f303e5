import FieldPotential
import HDF5Storage

/// A matrix in a MATLAB file of version 5 or later, which `save` writes with `-v6`, `-v7` or `-v7.3`.
public struct MATFile: RecordingFormat {
  /// What messages call it.
  public static let name = "a MATLAB file"
  /// Name of the variable, and what a matrix does not tell.
  public static let options: Set<RecordingOption> = [.series, .samplingRate, .unit, .scale, .orientation]

  private let contents: any MATContents
  private let path: String

  /// Files that begin as MATLAB writes them.
  public static func recognises(_ source: RecordingSource, options: RecordingOptions) -> Bool {
    source.begins(with: "MATLAB 7.3 MAT-file") || source.begins(with: "MATLAB 5.0 MAT-file")
  }

  /// The file of a source.
  ///
  /// - Throws: ``RecordingError`` for damaged files, `HDF5Error` or `FileError`.
  public init(_ source: RecordingSource) throws {
    path = source.path
    contents = try source.hdf5.map { try MAT73Contents($0) } ?? MAT5Contents(source)
  }

  /// The variable; its first sample is at 0 s.
  public func series(_ options: RecordingOptions, expecting known: [Contact]) throws -> RecordingSeries {
    let variable = try variable(options.series)
    let orientation = try Orientation.of(
      shape: (variable.shape[0], variable.shape[1]), named: options.orientation,
      channels: options.channels(expecting: known), file: path, place: variable.name)
    return try contents.series(of: variable, orientation, options)
  }

  /// The variable of a name, or the only matrix of numbers that is more than a row or column.
  private func variable(_ name: String?) throws -> MATVariable {
    let matrices = contents.variables.filter {
      $0.obstacle == nil && ($0.name == name || $0.shape.min() ?? 0 > 1)
    }
    let list = matrices.isEmpty ? "none" : matrices.map(\.name).joined(separator: ", ")
    if let name {
      if let matrix = matrices.first(where: { $0.name == name }) { return matrix }
      let obstacle = contents.variables.first { $0.name == name }?.obstacle
      throw RecordingError(
        file: path, name,
        (obstacle.map { "\($0), expected a full matrix of real numbers" } ?? "is no matrix of numbers")
          + "; there are \(list)")
    }
    guard matrices.count == 1 else {
      let others = contents.variables.filter { $0.obstacle != nil }.compactMap { variable in
        variable.obstacle.map { "\(variable.name) \($0)" }
      }
      throw RecordingError(
        file: path, "",
        "holds \(matrices.count) matrices, --series has to name one of several: \(list)"
          + (matrices.isEmpty && !others.isEmpty ? " (\(others.joined(separator: ", ")))" : ""))
    }
    return matrices[0]
  }
}
