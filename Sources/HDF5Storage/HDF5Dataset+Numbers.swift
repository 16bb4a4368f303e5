import CHDF5

extension HDF5Group {
  /// Creates a data set of numbers, and the groups on the way to it. Floating-point elements are NaN and
  /// integers zero until they are written.
  ///
  /// - Parameters:
  ///   - name: Name of the new data set.
  ///   - type: Type of the elements, in memory and, little-endian, in the file.
  ///   - shape: Extents; empty for a scalar.
  ///   - layout: How the elements lie in the file.
  /// - Throws: ``HDF5Error/objectExists(_:)``, ``HDF5Error/writeFailed(_:reason:)``.
  public func createDataset<Number: HDF5Number>(
    _ name: String, of type: Number.Type, shape: [Int], layout: HDF5Layout = .contiguous
  ) throws(HDF5Error) -> HDF5Dataset {
    try createDataset(name, storedType: Number.typeIdentifiers.stored, shape: shape, layout: layout) {
      properties in
      guard case .float = Number.hdf5ElementType else { return 0 }
      var fill = Double.nan
      return H5Pset_fill_value(properties, chdf5_native_double(), &fill)
    }
  }

  /// Creates a data set that holds these numbers.
  ///
  /// - Parameters:
  ///   - name: Name of the new data set.
  ///   - values: The elements in row-major order.
  ///   - shape: Extents; one dimension if nil.
  ///   - layout: How the elements lie in the file.
  /// - Throws: ``HDF5Error/objectExists(_:)``, ``HDF5Error/wrongShape(_:expected:actual:)`` if the number of
  ///   values differs from the shape's, ``HDF5Error/writeFailed(_:reason:)``.
  @discardableResult
  public func createDataset<Number: HDF5Number>(
    _ name: String, _ values: [Number], shape: [Int]? = nil, layout: HDF5Layout = .contiguous
  ) throws(HDF5Error) -> HDF5Dataset {
    let dataset = try createDataset(name, of: Number.self, shape: shape ?? [values.count], layout: layout)
    try dataset.write(values)
    return dataset
  }

  func createDataset(
    _ name: String, storedType: hid_t, shape: [Int], layout: HDF5Layout,
    fill setFill: (hid_t) -> herr_t
  ) throws(HDF5Error) -> HDF5Dataset {
    let created = try create(name) { parent, links, location throws(HDF5Error) in
      let space = try DataSpace.simple(shape: shape, isExtensible: layout.isExtensible, at: location)
      let properties = OwnedIdentifier(H5Pcreate(chdf5_dataset_create()), closedBy: H5Pclose)
      H5Pset_obj_track_times(properties.id, false)
      try layout.apply(to: properties.id, at: location, rank: shape.count)
      try Operation.write.check(setFill(properties.id), at: location)
      return try Operation.write.check(
        H5Dcreate2(parent, name, storedType, space.id, links, properties.id, chdf5_default()),
        at: location)
    }
    return HDF5Dataset(object: created)
  }
}

extension HDF5Dataset {
  /// Writes all elements or those of some rows.
  ///
  /// - Parameters:
  ///   - values: The elements in row-major order, exactly as many as there are to write.
  ///   - rows: Indices of the first dimension, or nil for everything.
  /// - Throws: ``HDF5Error/wrongShape(_:expected:actual:)``, ``HDF5Error/rowsOutOfRange(_:rows:available:)``,
  ///   ``HDF5Error/wrongType(_:expected:actual:)``, ``HDF5Error/writeFailed(_:reason:)``.
  public func write<Number: HDF5Number>(
    _ values: [Number], rows: Range<Int>? = nil
  ) throws(HDF5Error) {
    try values.withUnsafeBufferPointer { buffer throws(HDF5Error) in try write(buffer, rows: rows) }
  }

  /// Writes all elements or those of some rows from memory.
  ///
  /// - Parameters:
  ///   - values: The elements in row-major order, exactly as many as there are to write.
  ///   - rows: Indices of the first dimension, or nil for everything.
  /// - Throws: As for arrays.
  public func write<Number: HDF5Number>(
    _ values: UnsafeBufferPointer<Number>, rows: Range<Int>? = nil
  ) throws(HDF5Error) {
    try object.withIdentifier { id throws(HDF5Error) in
      try requireNumbers(id, as: Number.self)
      let selection = try selection(of: id, rows: rows)
      guard values.count == selection.count else {
        throw .wrongShape(object.location, expected: selection.shape, actual: [values.count])
      }
      guard let base = values.baseAddress, !values.isEmpty else { return }
      let memoryType = Number.typeIdentifiers.memory
      try Operation.write.check(
        H5Dwrite(id, memoryType, selection.memory.id, selection.file.id, chdf5_default(), base),
        at: object.location)
    }
  }

  /// Reads all elements or those of some rows and columns.
  ///
  /// Numbers of another type are converted as HDF5 does: rounded or cut towards zero, and clamped to the
  /// range of `type`.
  ///
  /// - Parameters:
  ///   - type: Type of the elements in memory.
  ///   - rows: Indices of the first dimension, or nil for everything.
  ///   - columns: Indices of the second dimension, or nil for everything.
  /// - Returns: The elements in row-major order.
  /// - Throws: ``HDF5Error/wrongType(_:expected:actual:)``, ``HDF5Error/rowsOutOfRange(_:rows:available:)``,
  ///   ``HDF5Error/tooLarge(_:shape:limitInBytes:)``, ``HDF5Error/malformed(_:reason:)``.
  public func read<Number: HDF5Number>(
    as type: Number.Type = Number.self, rows: Range<Int>? = nil, columns: Range<Int>? = nil
  ) throws(HDF5Error) -> [Number] {
    try object.withIdentifier { id throws(HDF5Error) in
      try requireNumbers(id, as: Number.self)
      let selection = try selection(of: id, rows: rows, columns: columns)
      return try readElements(id, selection, memoryType: Number.typeIdentifiers.memory)
    }
  }

  /// Reads all elements or those of some rows into memory.
  ///
  /// - Parameters:
  ///   - buffer: Room for exactly the elements to read.
  ///   - rows: Indices of the first dimension, or nil for everything.
  /// - Throws: As for arrays, and ``HDF5Error/wrongShape(_:expected:actual:)`` if `buffer` has another size.
  public func read<Number: HDF5Number>(
    into buffer: UnsafeMutableBufferPointer<Number>, rows: Range<Int>? = nil
  ) throws(HDF5Error) {
    try object.withIdentifier { id throws(HDF5Error) in
      try requireNumbers(id, as: Number.self)
      let selection = try selection(of: id, rows: rows)
      guard buffer.count == selection.count else {
        throw .wrongShape(object.location, expected: [buffer.count], actual: selection.shape)
      }
      guard let base = buffer.baseAddress, !buffer.isEmpty else { return }
      let memoryType = Number.typeIdentifiers.memory
      try checkRead(
        H5Dread(id, memoryType, selection.memory.id, selection.file.id, chdf5_default(), base), of: id)
    }
  }

  /// Reads elements of any fixed size; `Element` is one of them, or a byte of them.
  func readElements<Element: BitwiseCopyable>(
    _ id: hid_t, _ selection: borrowing Selection, memoryType: hid_t
  ) throws(HDF5Error) -> [Element] {
    let size = H5Tget_size(memoryType)
    try checkSize(of: id, selected: selection.shape, bytesPerElement: size)
    let bytes = selection.count * size
    guard bytes > 0 else { return [] }
    let (memory, file) = (selection.memory.id, selection.file.id)
    var status: herr_t = 0
    let elements = [Element](unsafeUninitializedCapacity: bytes / MemoryLayout<Element>.stride) {
      buffer, count in
      status = H5Dread(id, memoryType, memory, file, chdf5_default(), buffer.baseAddress)
      count = status < 0 ? 0 : buffer.count
    }
    try checkRead(status, of: id)
    return elements
  }

  /// Throws if elements could not be read, saying which filter is missing if that is why.
  private func checkRead(_ status: herr_t, of id: hid_t) throws(HDF5Error) {
    if status >= 0 { return }
    let failure = Operation.read.failure(at: object.location)
    guard let filter = missingFilter(of: id) else { throw failure }
    throw .missingFilter(object.location, filter: filter)
  }

  /// The name, or number, of a filter that chunks were written with and that cannot be undone here; nil if there is none.
  private func missingFilter(of id: hid_t) -> String? {
    let properties = OwnedIdentifier(H5Dget_create_plist(id), closedBy: H5Pclose)
    for index in 0..<max(0, H5Pget_nfilters(properties.id)) {
      var (flags, count, configuration): (UInt32, Int, UInt32) = (0, 0, 0)
      var name = [CChar](repeating: 0, count: 64)
      let number = H5Pget_filter2(
        properties.id, UInt32(index), &flags, &count, nil, name.count, &name, &configuration)
      if number >= 0, H5Zfilter_avail(number) <= 0 {
        let text = name.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }
        return text.isEmpty ? "number \(number)" : String(decoding: text, as: UTF8.self)
      }
    }
    return nil
  }

  private func requireNumbers<Number: HDF5Number>(
    _ id: hid_t, as type: Number.Type
  ) throws(HDF5Error) {
    let stored = try storedType(of: id)
    let actual = HDF5ElementType(identifier: stored.id)
    guard actual.isNumber else {
      throw .wrongType(
        object.location, expected: "\(Number.hdf5ElementType)", actual: actual.description)
    }
  }
}
