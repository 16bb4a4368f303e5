import CMatio
import Foundation
import HDF5Storage

/// A MATLAB file of versions 5 to 7, read by libmatio after ``MAT5Structure`` has followed it to its end: the library takes what a
/// damaged file says of sizes for true, and files that end early for complete. It calls HDF5, whose lock is not held here, for
/// files of version 7.3 alone, which the structure refuses.
struct MAT5Contents: MATContents {
  let variables: [MATVariable]
  private let path: String

  /// - Throws: ``RecordingError`` for damaged files, `FileError`.
  init(_ source: RecordingSource) throws {
    path = source.path
    variables = try MAT5Structure(source.contents(), file: source.path).variables
  }

  func series(
    of variable: MATVariable, _ orientation: Orientation, _ options: RecordingOptions
  ) throws -> RecordingSeries {
    guard case .numbers(let kind) = variable.contents else {
      throw RecordingError(file: path, variable.name, "is no matrix of numbers")
    }
    // In the order of the machine, by columns.
    let number = NumberFormat(kind)
    let (rows, columns) = (variable.shape[0], variable.shape[1])
    let isFirst = orientation == .channelsFirst
    return try BinaryMatrix(
      bytes: FileBytes(unpacked: numbers(of: variable, number), from: path), offset: 0, number: number,
      channels: isFirst ? rows : columns, samples: isFirst ? columns : rows, isInterleaved: isFirst
    ).series(options, place: variable.name)
  }

  /// The bytes of a matrix's numbers.
  private func numbers(of variable: MATVariable, _ number: NumberFormat) throws(RecordingError) -> Data {
    func problem(_ text: String) -> RecordingError { RecordingError(file: path, variable.name, text) }
    let (rows, columns) = (variable.shape[0], variable.shape[1])
    let (count, isTooMany) = rows.multipliedReportingOverflow(by: columns * number.size)
    guard !isTooMany, count <= HDF5Dataset.readLimitInBytes else {
      throw problem("has shape \(variable.shape), larger than half of the memory")
    }
    if count == 0 { return Data() }
    guard let file = Mat_Open(path, Int32(MAT_ACC_RDONLY.rawValue)) else { throw problem("cannot be read") }
    defer { Mat_Close(file) }
    guard Mat_GetVersion(file) == MAT_FT_MAT5, let info = Mat_VarReadInfo(file, variable.name) else {
      throw problem("is not found by libmatio")
    }
    defer { Mat_VarFree(info) }
    let found = info.pointee
    guard found.rank == 2, found.isComplex == 0, found.dims[0] == rows, found.dims[1] == columns,
      Mat_SizeOfClass(Int32(found.class_type.rawValue)) == number.size
    else { throw problem("is another matrix to libmatio") }
    var (start, stride, edge): ([Int32], [Int32], [Int32]) = (
      [0, 0], [1, 1], [Int32(rows), Int32(columns)]
    )
    var data = Data(count: count)
    let status = data.withUnsafeMutableBytes {
      Mat_VarReadData(file, info, $0.baseAddress, &start, &stride, &edge)
    }
    guard status == 0 else { throw problem("cannot be read (libmatio's error \(status))") }
    return data
  }
}
