import CHDF5

/// How the elements of a data set lie in the file.
public struct HDF5Layout: Sendable, Equatable {
  /// Extents of a chunk, or nil for one contiguous block.
  public var chunk: [Int]?
  /// Deflate level 0 … 9, or nil for no compression. Bytes are shuffled before.
  public var deflate: Int?
  /// Whether each chunk carries a Fletcher-32 checksum, so that reading finds altered data.
  public var checksum: Bool
  /// Whether the first dimension can grow.
  public var isExtensible: Bool

  /// One contiguous block of fixed size.
  public static let contiguous = HDF5Layout(chunk: nil, deflate: nil, checksum: false, isExtensible: false)

  /// Chunks of equal size, each filtered and stored on its own. HDF5 keeps up to 1 MiB of chunks in memory;
  /// larger ones are filtered anew by every transfer that touches a part of them.
  ///
  /// - Parameters:
  ///   - chunk: Extents of a chunk, one per dimension, each at least 1 and, in dimensions that cannot grow,
  ///     at most that of the data set.
  ///   - deflate: Deflate level 0 … 9, or nil for no compression.
  ///   - checksum: Whether each chunk carries a Fletcher-32 checksum.
  ///   - extensible: Whether the first dimension can grow.
  public static func chunked(
    _ chunk: [Int], deflate: Int? = nil, checksum: Bool = false, extensible: Bool = false
  ) -> HDF5Layout {
    HDF5Layout(chunk: chunk, deflate: deflate, checksum: checksum, isExtensible: extensible)
  }

  /// Sets up a data set's creation properties.
  func apply(to properties: hid_t, at location: HDF5Location, rank: Int) throws(HDF5Error) {
    guard let chunk else { return }
    guard chunk.count == rank else {
      throw .writeFailed(location, reason: "chunk \(chunk) has another rank than the data set (\(rank))")
    }
    guard chunk.allSatisfy({ $0 > 0 }) else {
      throw .writeFailed(location, reason: "chunk \(chunk) is empty")
    }
    try Operation.write.check(
      H5Pset_chunk(properties, Int32(rank), chunk.map { hsize_t($0) }), at: location)
    if let deflate {
      try Operation.write.check(H5Pset_shuffle(properties), at: location)
      try Operation.write.check(H5Pset_deflate(properties, UInt32(clamping: deflate)), at: location)
    }
    if checksum {
      try Operation.write.check(H5Pset_fletcher32(properties), at: location)
    }
  }
}
