import CHDF5

extension HDF5Dataset {
  /// The extents of a chunk; nil for one contiguous block.
  ///
  /// - Throws: ``HDF5Error/malformed(_:reason:)``.
  public var chunk: [Int]? {
    get throws(HDF5Error) {
      try object.withIdentifier { id throws(HDF5Error) in
        let properties = try creationProperties(of: id)
        guard H5Pget_layout(properties.id) == H5D_CHUNKED else { return nil }
        var extents = [hsize_t](repeating: 0, count: try shape.count)
        try Operation.read.check(
          H5Pget_chunk(properties.id, Int32(extents.count), &extents), at: object.location)
        return extents.map { Int(clamping: $0) }
      }
    }
  }

  /// Whether a chunk of the other data set, as it is stored, can stand in this one: rows, type, chunks and filters are
  /// the same.
  ///
  /// - Throws: ``HDF5Error/malformed(_:reason:)``.
  public func storesChunks(like other: HDF5Dataset) throws(HDF5Error) -> Bool {
    guard let chunk = try chunk, try chunk == other.chunk, try shape.dropFirst() == other.shape.dropFirst(),
      try filters == other.filters
    else { return false }
    return try object.withIdentifier { id throws(HDF5Error) in
      try other.object.withIdentifier { otherID throws(HDF5Error) in
        let type = try storedType(of: id)
        let otherType = try other.storedType(of: otherID)
        return H5Tequal(type.id, otherType.id) > 0
      }
    }
  }

  /// What chunks go through on their way to the file: for each filter its number and parameters.
  private var filters: [[UInt32]] {
    get throws(HDF5Error) {
      try object.withIdentifier { id throws(HDF5Error) in
        let properties = try creationProperties(of: id)
        let count = try Operation.read.check(H5Pget_nfilters(properties.id), at: object.location)
        var filters: [[UInt32]] = []
        for index in 0..<UInt32(count) {
          var values = [UInt32](repeating: 0, count: 32)
          var valueCount = values.count
          let filter = try Operation.read.check(
            H5Pget_filter2(properties.id, index, nil, &valueCount, &values, 0, nil, nil), at: object.location)
          filters.append([UInt32(bitPattern: filter)] + values.prefix(valueCount))
        }
        return filters
      }
    }
  }

  /// Copies the first of some rows in whole chunks, as they are stored, without decoding them: as many rows as begin
  /// with a chunk and end with one in both data sets. None if chunks are stored otherwise
  /// (``storesChunks(like:)``) or do not hold whole rows.
  ///
  /// - Parameters:
  ///   - rows: Indices of the first dimension of `other`.
  ///   - other: The data set to copy from.
  ///   - start: Index of the first of the rows here.
  /// - Returns: The number of rows copied; those after them are left to be read and written.
  /// - Throws: ``HDF5Error/malformed(_:reason:)``, ``HDF5Error/writeFailed(_:reason:)``.
  public func copyChunks(
    _ rows: Range<Int>, of other: HDF5Dataset, to start: Int
  ) throws(HDF5Error) -> Int {
    let (extents, others) = (try shape, try other.shape)
    guard try storesChunks(like: other), let chunk = try chunk, chunk.dropFirst() == extents.dropFirst(),
      rows.lowerBound % chunk[0] == 0, start % chunk[0] == 0
    else { return 0 }
    // The last chunk of a data set may be filled in part.
    let endsBoth = rows.upperBound == others[0] && start + rows.count == extents[0]
    let count = endsBoth ? rows.count : rows.count / chunk[0] * chunk[0]
    for row in stride(from: 0, to: count, by: chunk[0]) {
      var offset = [hsize_t](repeating: 0, count: extents.count)
      offset[0] = hsize_t(rows.lowerBound + row)
      var filters: UInt32 = 0
      let bytes = try other.storedChunk(at: offset, filters: &filters)
      // A chunk that was never written is not there.
      if bytes.isEmpty { continue }
      offset[0] = hsize_t(start + row)
      try object.withIdentifier { id throws(HDF5Error) in
        try Operation.write.check(
          H5Dwrite_chunk(id, chdf5_default(), filters, offset, bytes.count, bytes), at: object.location)
      }
    }
    return count
  }

  /// The bytes of a chunk as they are stored, and the mask of filters that were left out.
  private func storedChunk(at offset: [hsize_t], filters: inout UInt32) throws(HDF5Error) -> [UInt8] {
    var mask: UInt32 = 0
    let bytes = try object.withIdentifier { id throws(HDF5Error) -> [UInt8] in
      var (size, address) = (hsize_t(0), haddr_t(0))
      try Operation.read.check(
        H5Dget_chunk_info_by_coord(id, offset, &mask, &address, &size), at: object.location)
      guard size <= hsize_t(Self.readLimitInBytes) else {
        throw .tooLarge(object.location, shape: [Int(clamping: size)], limitInBytes: Self.readLimitInBytes)
      }
      guard size > 0 else { return [] }
      var status: herr_t = 0
      let bytes = [UInt8](unsafeUninitializedCapacity: Int(size)) { buffer, count in
        status = H5Dread_chunk(id, chdf5_default(), offset, &mask, buffer.baseAddress)
        count = status < 0 ? 0 : buffer.count
      }
      try Operation.read.check(status, at: object.location)
      return bytes
    }
    filters = mask
    return bytes
  }

  private func creationProperties(of id: hid_t) throws(HDF5Error) -> OwnedIdentifier {
    OwnedIdentifier(
      try Operation.read.check(H5Dget_create_plist(id), at: object.location), closedBy: H5Pclose)
  }
}
