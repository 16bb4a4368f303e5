import CHDF5
import Foundation

/// A data set: an array of any rank, in row-major order, of numbers or strings.
public struct HDF5Dataset: Sendable {
  let object: OpenObject

  /// The most bytes that one read may need: half of the machine's memory. A damaged file can claim extents
  /// that no memory holds.
  public static let readLimitInBytes = Int(clamping: ProcessInfo.processInfo.physicalMemory / 2)

  /// Absolute path in the file.
  public var path: String { object.path }
  /// The last part of the path.
  public var name: String { path.split(separator: "/").last.map(String.init) ?? path }
  /// Attributes of the data set.
  public var attributes: HDF5Attributes { HDF5Attributes(object: object) }

  /// Extents of all dimensions; empty for a scalar.
  ///
  /// - Throws: ``HDF5Error/malformed(_:reason:)``.
  public var shape: [Int] {
    get throws(HDF5Error) {
      try object.withIdentifier { id throws(HDF5Error) in
        let space = try fileSpace(of: id)
        return try DataSpace.shape(of: space.id, at: object.location)
      }
    }
  }

  /// Type of the elements.
  ///
  /// - Throws: ``HDF5Error/malformed(_:reason:)``.
  public var elementType: HDF5ElementType {
    get throws(HDF5Error) {
      try object.withIdentifier { id throws(HDF5Error) in
        let type = try storedType(of: id)
        return HDF5ElementType(identifier: type.id)
      }
    }
  }

  /// Checks that the data set has these extents.
  ///
  /// - Throws: ``HDF5Error/wrongShape(_:expected:actual:)``.
  public func requireShape(_ expected: [Int]) throws(HDF5Error) {
    let actual = try shape
    guard actual == expected else { throw .wrongShape(object.location, expected: expected, actual: actual) }
  }

  /// Changes the number of rows of an extensible data set. New rows hold NaN, zero or empty strings.
  ///
  /// - Throws: ``HDF5Error/writeFailed(_:reason:)`` if the data set has a fixed size.
  public func resize(rows: Int) throws(HDF5Error) {
    try object.withIdentifier { id throws(HDF5Error) in
      var extents = try shape
      guard !extents.isEmpty, rows >= 0 else {
        throw .rowsOutOfRange(object.location, rows: 0..<max(rows, 0), available: extents.first ?? 0)
      }
      extents[0] = rows
      try Operation.write.check(H5Dset_extent(id, extents.map { hsize_t($0) }), at: object.location)
    }
  }

  // MARK: Parts shared by transfers of numbers and strings

  func storedType(of id: hid_t) throws(HDF5Error) -> OwnedIdentifier {
    OwnedIdentifier(try Operation.read.check(H5Dget_type(id), at: object.location), closedBy: H5Tclose)
  }

  func fileSpace(of id: hid_t) throws(HDF5Error) -> OwnedIdentifier {
    OwnedIdentifier(try Operation.read.check(H5Dget_space(id), at: object.location), closedBy: H5Sclose)
  }

  /// The data spaces for a transfer of some rows, some columns of them, or of everything.
  func selection(of id: hid_t, rows: Range<Int>?, columns: Range<Int>? = nil) throws(HDF5Error) -> Selection {
    try Selection(of: try fileSpace(of: id), [rows, columns], at: object.location)
  }

  /// Throws ``HDF5Error/tooLarge(_:shape:limitInBytes:)`` unless the file can hold what its extents claim, and numbers of a shape
  /// fit in memory: to be called before memory is asked for.
  package func requireRoom(forNumbers shape: [Int]) throws(HDF5Error) {
    try object.withIdentifier { id throws(HDF5Error) in
      try checkSize(of: id, selected: shape, bytesPerElement: MemoryLayout<Double>.stride)
    }
  }

  /// Checks that the file can hold what its extents claim and that a selection fits in memory.
  func checkSize(of id: hid_t, selected: [Int], bytesPerElement: Int) throws(HDF5Error) {
    let stored = try storedType(of: id)
    let capacity = try capacityInBytes(of: id)
    for (extents, bytes, limit) in [
      (try shape, H5Tget_size(stored.id), capacity), (selected, bytesPerElement, Self.readLimitInBytes),
    ] {
      guard let size = DataSpace.byteCount(shape: extents, bytesPerElement: bytes), size <= limit else {
        throw .tooLarge(object.location, shape: extents, limitInBytes: limit)
      }
    }
  }

  /// The most bytes that a file of this size can hold.
  private func capacityInBytes(of id: hid_t) throws(HDF5Error) -> Int {
    let properties = OwnedIdentifier(
      try Operation.read.check(H5Dget_create_plist(id), at: object.location), closedBy: H5Pclose)
    var fileSize: hsize_t = 0
    // Behind an external link, another file than that which was opened.
    let file = OwnedIdentifier(
      try Operation.read.check(H5Iget_file_id(id), at: object.location), closedBy: H5Fclose)
    try Operation.read.check(H5Fget_filesize(file.id, &fileSize), at: object.location)
    // What lies in other files says nothing about this one.
    if H5Pget_external_count(properties.id) > 0 { return .max }
    if H5Pget_layout(properties.id) == H5D_CONTIGUOUS, H5Dget_storage_size(id) > 0 {
      return Int(clamping: fileSize)
    }
    // Deflate shrinks to 1/1032 at best, and a gigabyte may be there without having been written.
    let (capacity, overflow) = Int(clamping: fileSize).multipliedReportingOverflow(by: 1032)
    return overflow ? .max : max(capacity, 1 << 30)
  }
}

/// Extents of HDF5 data spaces.
enum DataSpace {
  /// The extents of a data space; one without elements has the shape [0].
  static func shape(of space: hid_t, at location: HDF5Location) throws(HDF5Error) -> [Int] {
    if H5Sget_simple_extent_type(space) == H5S_NULL { return [0] }
    let rank = try Operation.read.check(H5Sget_simple_extent_ndims(space), at: location)
    var extents = [hsize_t](repeating: 0, count: Int(rank))
    try Operation.read.check(H5Sget_simple_extent_dims(space, &extents, nil), at: location)
    return extents.map { Int(clamping: $0) }
  }

  /// A data space of fixed size; a scalar one for an empty shape.
  static func simple(
    shape: [Int], isExtensible: Bool = false, at location: HDF5Location
  ) throws(HDF5Error) -> OwnedIdentifier {
    guard shape.allSatisfy({ $0 >= 0 }) else {
      throw .writeFailed(location, reason: "shape \(shape) has a negative extent")
    }
    let extents = shape.map { hsize_t($0) }
    var maximum = extents
    if isExtensible, !maximum.isEmpty { maximum[0] = chdf5_unlimited() }
    let id =
      shape.isEmpty ? H5Screate(H5S_SCALAR) : H5Screate_simple(Int32(shape.count), extents, maximum)
    return OwnedIdentifier(try Operation.write.check(id, at: location), closedBy: H5Sclose)
  }

  /// The number of elements, or nil if it is not representable.
  static func count(of shape: [Int]) -> Int? { byteCount(shape: shape, bytesPerElement: 1) }

  /// The bytes of all elements, or nil if their number is not representable.
  static func byteCount(shape: [Int], bytesPerElement: Int) -> Int? {
    if shape.contains(0) { return 0 }
    var bytes = bytesPerElement
    for extent in shape {
      let (product, overflow) = bytes.multipliedReportingOverflow(by: extent)
      if overflow { return nil }
      bytes = product
    }
    return bytes
  }
}

/// The part of a data set that a transfer touches, as the data spaces HDF5 wants.
struct Selection: ~Copyable {
  /// Extents of the selected part.
  let shape: [Int]
  let file: OwnedIdentifier
  let memory: OwnedIdentifier

  /// Number of selected elements; `Int.max` if it is not representable.
  var count: Int { DataSpace.count(of: shape) ?? .max }

  /// - Parameter ranges: Indices of the first dimensions; nil for all.
  init(
    of file: consuming OwnedIdentifier, _ ranges: [Range<Int>?], at location: HDF5Location
  ) throws(HDF5Error) {
    var extents = try DataSpace.shape(of: file.id, at: location)
    var start = [hsize_t](repeating: 0, count: extents.count)
    for (dimension, range) in ranges.enumerated() {
      guard let range else { continue }
      let available = dimension < extents.count ? extents[dimension] : 0
      guard dimension < extents.count, range.lowerBound >= 0, range.upperBound <= available else {
        throw .rowsOutOfRange(location, rows: range, available: available)
      }
      extents[dimension] = range.count
      start[dimension] = hsize_t(range.lowerBound)
    }
    if ranges.contains(where: { $0 != nil }) {
      try Operation.read.check(
        H5Sselect_hyperslab(file.id, H5S_SELECT_SET, start, nil, extents.map { hsize_t($0) }, nil),
        at: location)
    }
    // The same shape in memory as in the file: HDF5 copies other shapes element by element.
    memory = try DataSpace.simple(shape: extents, at: location)
    shape = extents
    self.file = file
  }
}
