import CHDF5

extension HDF5Group {
  /// Creates a data set of UTF-8 strings, empty until they are written.
  ///
  /// - Parameters:
  ///   - name: Name of the new data set.
  ///   - length: Whether strings have a fixed number of bytes.
  ///   - shape: Extents; empty for a scalar.
  ///   - layout: How the elements lie in the file.
  /// - Throws: ``HDF5Error/objectExists(_:)``, ``HDF5Error/writeFailed(_:reason:)``.
  public func createDataset(
    _ name: String, ofStrings length: HDF5StringLength, shape: [Int], layout: HDF5Layout = .contiguous
  ) throws(HDF5Error) -> HDF5Dataset {
    try HDF5Library.locked { () throws(HDF5Error) in
      let type = try StringTransfer.type(length, at: object.location)
      return try createDataset(name, storedType: type.id, shape: shape, layout: layout) { _ in 0 }
    }
  }

  /// Creates a data set that holds these strings, of variable length.
  ///
  /// - Parameters:
  ///   - name: Name of the new data set.
  ///   - strings: The elements in row-major order.
  ///   - shape: Extents; one dimension if nil.
  /// - Throws: ``HDF5Error/objectExists(_:)``, ``HDF5Error/wrongShape(_:expected:actual:)``,
  ///   ``HDF5Error/invalidString(_:reason:)``, ``HDF5Error/writeFailed(_:reason:)``.
  @discardableResult
  public func createDataset(
    _ name: String, _ strings: [String], shape: [Int]? = nil
  ) throws(HDF5Error) -> HDF5Dataset {
    let dataset = try createDataset(name, ofStrings: .variable, shape: shape ?? [strings.count])
    try dataset.write(strings)
    return dataset
  }
}

extension HDF5Dataset {
  /// Writes all strings or those of some rows.
  ///
  /// - Parameters:
  ///   - strings: The elements in row-major order, exactly as many as there are to write.
  ///   - rows: Indices of the first dimension, or nil for everything.
  /// - Throws: As for numbers, and ``HDF5Error/invalidString(_:reason:)`` if one contains NUL or is longer
  ///   than the data set's fixed length.
  public func write(_ strings: [String], rows: Range<Int>? = nil) throws(HDF5Error) {
    try object.withIdentifier { id throws(HDF5Error) in
      let type = try requireStrings(id)
      let selection = try selection(of: id, rows: rows)
      guard strings.count == selection.count else {
        throw .wrongShape(object.location, expected: selection.shape, actual: [strings.count])
      }
      guard !strings.isEmpty else { return }
      let (typeID, memory, file) = (type.id, selection.memory.id, selection.file.id)
      try StringTransfer.write(strings, type: type.id, at: object.location) { bytes in
        H5Dwrite(id, typeID, memory, file, chdf5_default(), bytes)
      }
    }
  }

  /// Reads all strings or those of some rows.
  ///
  /// - Parameters:
  ///   - type: `String.self`.
  ///   - rows: Indices of the first dimension, or nil for everything.
  /// - Returns: The elements in row-major order.
  /// - Throws: As for numbers.
  public func read(as type: String.Type, rows: Range<Int>? = nil) throws(HDF5Error) -> [String] {
    try object.withIdentifier { id throws(HDF5Error) in
      let type = try requireStrings(id)
      let selection = try selection(of: id, rows: rows)
      try checkSize(of: id, selected: selection.shape, bytesPerElement: H5Tget_size(type.id))
      let (typeID, memory, file) = (type.id, selection.memory.id, selection.file.id)
      return try StringTransfer.read(
        count: selection.count, type: type.id, space: memory, at: object.location
      ) { bytes in
        H5Dread(id, typeID, memory, file, chdf5_default(), bytes)
      }
    }
  }

  /// The stored type, which serves in memory too: HDF5 does not convert between character sets.
  private func requireStrings(_ id: hid_t) throws(HDF5Error) -> OwnedIdentifier {
    let stored = try storedType(of: id)
    let actual = HDF5ElementType(identifier: stored.id)
    guard actual == .string else {
      throw .wrongType(object.location, expected: "string", actual: actual.description)
    }
    return stored
  }
}
