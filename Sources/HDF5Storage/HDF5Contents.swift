import CHDF5

extension HDF5Group {
  /// Hands everything in the group to `consume` in an order and form that depend on the contents only, not on
  /// the order of writing or on the layout in the file: to be hashed, so that files can be compared.
  ///
  /// Objects and attributes come sorted by name, each with its path, type and shape before its elements.
  /// References to dimension scales come as the dimensions' names.
  ///
  /// - Parameters:
  ///   - isSkipped: Says for the path of an object (`/psd`) or attribute (`/@host`, `/psd@units`) whether it
  ///     is left out, with everything in it.
  ///   - consume: Receives the bytes in pieces.
  /// - Throws: ``HDF5Error/wrongType(_:expected:actual:)`` for types this module does not handle,
  ///   ``HDF5Error/malformed(_:reason:)``.
  public func visitContents(
    skipping isSkipped: (String) -> Bool = { _ in false }, _ consume: (UnsafeRawBufferPointer) -> Void
  ) throws(HDF5Error) {
    try visitAttributes(of: object, skipping: isSkipped, consume)
    for name in try names {
      let path = object.resolve(name)
      if isSkipped(path) { continue }
      let kind = try kind(of: name)
      emit("\(kind.rawValue) \(path)", to: consume)
      switch kind {
      case .group: try group(name).visitContents(skipping: isSkipped, consume)
      case .dataset: try visit(try dataset(name), skipping: isSkipped, consume)
      case .other: break
      }
    }
  }

  private func visit(
    _ dataset: HDF5Dataset, skipping isSkipped: (String) -> Bool,
    _ consume: (UnsafeRawBufferPointer) -> Void
  ) throws(HDF5Error) {
    try visitAttributes(of: dataset.object, skipping: isSkipped, consume)
    let type = try dataset.elementType
    let shape = try dataset.shape
    let dimensions = try dataset.dimensionNames.map { $0 ?? "" }
    emit("\(type) \(shape) \(dimensions)", to: consume)
    guard let rowCount = shape.first else {
      return try visitElements(of: dataset, type, rows: nil, consume)
    }
    // Blocks of about a megabyte keep memory small however large the data set is.
    let rowBytes = DataSpace.byteCount(shape: Array(shape.dropFirst()), bytesPerElement: 8) ?? .max
    let block = max(1, 1 << 20 / max(rowBytes, 1))
    for start in stride(from: 0, to: rowCount, by: block) {
      try visitElements(of: dataset, type, rows: start..<min(start + block, rowCount), consume)
    }
  }

  private func visitElements(
    of dataset: HDF5Dataset, _ type: HDF5ElementType, rows: Range<Int>?,
    _ consume: (UnsafeRawBufferPointer) -> Void
  ) throws(HDF5Error) {
    switch type {
    case .string: for string in try dataset.read(as: String.self, rows: rows) { emit(string, to: consume) }
    case .float, .integer, .enumeration: try dataset.readBytes(rows: rows).withUnsafeBytes(consume)
    case .other(let name):
      throw .wrongType(dataset.object.location, expected: "numbers or strings", actual: name)
    }
  }

  private func visitAttributes(
    of object: OpenObject, skipping isSkipped: (String) -> Bool,
    _ consume: (UnsafeRawBufferPointer) -> Void
  ) throws(HDF5Error) {
    let attributes = HDF5Attributes(object: object)
    // These hold addresses in the file; data sets give their dimensions' names instead.
    for name in try attributes.names where name != "DIMENSION_LIST" && name != "REFERENCE_LIST" {
      if isSkipped("\(object.path)@\(name)") { continue }
      let type = try attributes.elementType(of: name)
      emit("attribute \(name) \(type) \(try attributes.shape(of: name))", to: consume)
      switch type {
      case .string: for string in try attributes.read(name, as: [String].self) { emit(string, to: consume) }
      case .enumeration: emit(try attributes.read(name, as: HDF5Enumeration.self).name, to: consume)
      case .float, .integer:
        let bytes = try attributes.reading(name) { attribute throws(HDF5Error) -> [UInt8] in
          let native = OwnedIdentifier(
            H5Tget_native_type(attribute.type.id, H5T_DIR_DEFAULT), closedBy: H5Tclose)
          return try attribute.readElements(memoryType: native.id)
        }
        bytes.withUnsafeBytes(consume)
      case .other(let actual):
        throw .wrongType(object.location.attribute(name), expected: "numbers or strings", actual: actual)
      }
    }
  }

  /// A text, ended by NUL so that neighbours cannot be confused.
  private func emit(_ text: String, to consume: (UnsafeRawBufferPointer) -> Void) {
    Array(text.utf8 + [0]).withUnsafeBytes(consume)
  }
}

extension HDF5Dataset {
  /// The bytes of elements of fixed size, in this machine's form of the stored type.
  func readBytes(rows: Range<Int>?) throws(HDF5Error) -> [UInt8] {
    try object.withIdentifier { id throws(HDF5Error) in
      let stored = try storedType(of: id)
      let native = OwnedIdentifier(H5Tget_native_type(stored.id, H5T_DIR_DEFAULT), closedBy: H5Tclose)
      let selection = try selection(of: id, rows: rows)
      return try readElements(id, selection, memoryType: native.id)
    }
  }
}
