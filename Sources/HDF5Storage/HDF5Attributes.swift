import CHDF5

/// The attributes of a group or data set: small named values.
public struct HDF5Attributes: Sendable {
  let object: OpenObject

  /// Names of all attributes, in the order of their UTF-8 bytes.
  ///
  /// - Throws: ``HDF5Error/malformed(_:reason:)``.
  public var names: [String] {
    get throws(HDF5Error) {
      try object.withIdentifier { id throws(HDF5Error) in
        var information = H5O_info_t()
        try Operation.read.check(
          H5Oget_info2(id, &information, chdf5_attribute_information()), at: object.location)
        var names: [String] = []
        for index in 0..<information.num_attrs {
          names.append(
            try HDF5Group.name(at: object.location) { buffer, size in
              H5Aget_name_by_idx(
                id, ".", H5_INDEX_NAME, H5_ITER_INC, index, buffer, size, chdf5_default())
            })
        }
        return names.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
      }
    }
  }

  /// Whether there is an attribute of this name.
  ///
  /// - Throws: ``HDF5Error/malformed(_:reason:)``.
  public func contains(_ name: String) throws(HDF5Error) -> Bool {
    try object.withIdentifier { id throws(HDF5Error) in
      try Operation.read.check(H5Aexists(id, name), at: object.location.attribute(name)) > 0
    }
  }

  /// Type of an attribute's elements.
  ///
  /// - Throws: ``HDF5Error/noSuchObject(_:)``.
  public func elementType(of name: String) throws(HDF5Error) -> HDF5ElementType {
    try reading(name) { attribute throws(HDF5Error) in HDF5ElementType(identifier: attribute.type.id) }
  }

  /// Extents of an attribute; empty for a scalar.
  ///
  /// - Throws: ``HDF5Error/noSuchObject(_:)``.
  public func shape(of name: String) throws(HDF5Error) -> [Int] {
    try reading(name) { attribute throws(HDF5Error) in attribute.shape }
  }

  // MARK: Writing

  /// Writes a number, replacing an attribute of the same name.
  ///
  /// - Throws: ``HDF5Error/writeFailed(_:reason:)``.
  public func write<Number: HDF5Number>(_ value: Number, named name: String) throws(HDF5Error) {
    try write([value], shape: [], named: name)
  }

  /// Writes an array of numbers, replacing an attribute of the same name. HDF5 allows up to 64 KiB.
  ///
  /// - Throws: ``HDF5Error/writeFailed(_:reason:)``.
  public func write<Number: HDF5Number>(_ values: [Number], named name: String) throws(HDF5Error) {
    try write(values, shape: [values.count], named: name)
  }

  /// Writes a string, replacing an attribute of the same name.
  ///
  /// - Throws: ``HDF5Error/writeFailed(_:reason:)``, ``HDF5Error/invalidString(_:reason:)``.
  public func write(_ string: String, named name: String) throws(HDF5Error) {
    try write([string], shape: [], named: name)
  }

  /// Writes an array of strings, replacing an attribute of the same name.
  ///
  /// - Throws: ``HDF5Error/writeFailed(_:reason:)``, ``HDF5Error/invalidString(_:reason:)``.
  public func write(_ strings: [String], named name: String) throws(HDF5Error) {
    try write(strings, shape: [strings.count], named: name)
  }

  private func write<Number: HDF5Number>(
    _ values: [Number], shape: [Int], named name: String
  ) throws(HDF5Error) {
    let (memory, stored) = Number.typeIdentifiers
    try replace(name, storedType: stored, shape: shape) { attribute, location throws(HDF5Error) in
      guard !values.isEmpty else { return }
      try Operation.write.check(H5Awrite(attribute, memory, values), at: location)
    }
  }

  private func write(_ strings: [String], shape: [Int], named name: String) throws(HDF5Error) {
    try HDF5Library.locked { () throws(HDF5Error) in
      let type = try StringTransfer.type(.variable, at: object.location.attribute(name))
      let typeID = type.id
      try replace(name, storedType: typeID, shape: shape) { attribute, location throws(HDF5Error) in
        guard !strings.isEmpty else { return }
        try StringTransfer.write(strings, type: typeID, at: location) { H5Awrite(attribute, typeID, $0) }
      }
    }
  }

  /// Creates an attribute, after deleting one of the same name, and has `write` fill it.
  func replace(
    _ name: String, storedType: hid_t, shape: [Int],
    _ write: (hid_t, HDF5Location) throws(HDF5Error) -> Void
  ) throws(HDF5Error) {
    let location = object.location.attribute(name)
    try object.withIdentifier { id throws(HDF5Error) in
      if H5Aexists(id, name) > 0 {
        try Operation.write.check(H5Adelete(id, name), at: location)
      }
      let space = try DataSpace.simple(shape: shape, at: location)
      let attribute = OwnedIdentifier(
        try Operation.write.check(
          H5Acreate2(id, name, storedType, space.id, chdf5_default(), chdf5_default()), at: location),
        closedBy: H5Aclose)
      try write(attribute.id, location)
    }
  }

  // MARK: Reading

  /// Reads a number, converted to `type` as HDF5 does.
  ///
  /// - Throws: ``HDF5Error/noSuchObject(_:)``, ``HDF5Error/wrongType(_:expected:actual:)``,
  ///   ``HDF5Error/wrongShape(_:expected:actual:)`` if it is an array.
  public func read<Number: HDF5Number>(
    _ name: String, as type: Number.Type = Number.self
  ) throws(HDF5Error) -> Number {
    try readScalar(name) { () throws(HDF5Error) in try read(name, as: [Number].self) }
  }

  /// Reads an array of numbers in row-major order; a scalar gives one element.
  ///
  /// - Throws: ``HDF5Error/noSuchObject(_:)``, ``HDF5Error/wrongType(_:expected:actual:)``.
  public func read<Number: HDF5Number>(
    _ name: String, as type: [Number].Type = [Number].self
  ) throws(HDF5Error) -> [Number] {
    try reading(name) { attribute throws(HDF5Error) in
      let actual = HDF5ElementType(identifier: attribute.type.id)
      guard actual.isNumber else {
        throw .wrongType(
          attribute.location, expected: "\(Number.hdf5ElementType)", actual: actual.description)
      }
      return try attribute.readElements(memoryType: Number.typeIdentifiers.memory)
    }
  }

  /// Reads a string.
  ///
  /// - Throws: ``HDF5Error/noSuchObject(_:)``, ``HDF5Error/wrongType(_:expected:actual:)``,
  ///   ``HDF5Error/wrongShape(_:expected:actual:)`` if it is an array.
  public func read(_ name: String, as type: String.Type) throws(HDF5Error) -> String {
    try readScalar(name) { () throws(HDF5Error) in try read(name, as: [String].self) }
  }

  /// Reads an array of strings in row-major order; a scalar gives one element.
  ///
  /// - Throws: ``HDF5Error/noSuchObject(_:)``, ``HDF5Error/wrongType(_:expected:actual:)``.
  public func read(_ name: String, as type: [String].Type) throws(HDF5Error) -> [String] {
    try reading(name) { attribute throws(HDF5Error) in try attribute.readStrings() }
  }

  private func readScalar<Value>(
    _ name: String, _ read: () throws(HDF5Error) -> [Value]
  ) throws(HDF5Error) -> Value {
    let values = try read()
    guard values.count == 1, let value = values.first else {
      throw .wrongShape(
        object.location.attribute(name), expected: [], actual: try shape(of: name))
    }
    return value
  }

  /// Runs `body` with an open attribute.
  func reading<Result>(
    _ name: String, _ body: (borrowing OpenAttribute) throws(HDF5Error) -> Result
  ) throws(HDF5Error) -> Result {
    try object.withIdentifier { id throws(HDF5Error) in
      let location = object.location.attribute(name)
      guard H5Aexists(id, name) > 0 else { throw .noSuchObject(location) }
      let attribute = try OpenAttribute(name, of: id, at: location)
      return try body(attribute)
    }
  }
}
