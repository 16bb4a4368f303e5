import CHDF5

/// A value of an enumeration stored in an attribute, with all names the enumeration knows.
///
/// SONATA marks how spikes are sorted by such an attribute, with none = 0, by_id = 1 and by_time = 2.
public struct HDF5Enumeration: Sendable, Equatable {
  /// Name of the value.
  public let name: String
  /// All names with their numbers.
  public let members: [String: UInt8]

  /// A value of an enumeration, or nil if no member has this name.
  public init?(_ name: String, of members: [String: UInt8]) {
    guard members[name] != nil else { return nil }
    self.name = name
    self.members = members
  }

  /// A value of an enumeration, or nil if no member has this number.
  init?(number: UInt8, of members: [String: UInt8]) {
    guard let name = members.first(where: { $0.value == number })?.key else { return nil }
    self.name = name
    self.members = members
  }
}

extension HDF5Attributes {
  /// Writes a value of an enumeration of 8-bit numbers, replacing an attribute of the same name.
  ///
  /// - Throws: ``HDF5Error/writeFailed(_:reason:)``.
  public func write(_ value: HDF5Enumeration, named name: String) throws(HDF5Error) {
    try HDF5Library.locked { () throws(HDF5Error) in
      let location = object.location.attribute(name)
      let type = OwnedIdentifier(H5Tenum_create(chdf5_stored_uint8()), closedBy: H5Tclose)
      for (member, number) in value.members.sorted(by: { ($0.value, $0.key) < ($1.value, $1.key) }) {
        try Operation.write.check(H5Tenum_insert(type.id, member, [number]), at: location)
      }
      let typeID = type.id
      try replace(name, storedType: typeID, shape: []) { attribute, location throws(HDF5Error) in
        try Operation.write.check(H5Awrite(attribute, typeID, [value.members[value.name]!]), at: location)
      }
    }
  }

  /// Reads a value of an enumeration of 8-bit numbers.
  ///
  /// - Throws: ``HDF5Error/noSuchObject(_:)``, ``HDF5Error/wrongType(_:expected:actual:)``,
  ///   ``HDF5Error/wrongShape(_:expected:actual:)``, ``HDF5Error/malformed(_:reason:)``.
  public func read(_ name: String, as type: HDF5Enumeration.Type) throws(HDF5Error) -> HDF5Enumeration {
    try reading(name) { attribute throws(HDF5Error) in
      let actual = HDF5ElementType(identifier: attribute.type.id)
      guard actual == .enumeration, H5Tget_size(attribute.type.id) == 1 else {
        throw .wrongType(attribute.location, expected: "8-bit enumeration", actual: actual.description)
      }
      guard attribute.shape.isEmpty else {
        throw .wrongShape(attribute.location, expected: [], actual: attribute.shape)
      }
      var members: [String: UInt8] = [:]
      for index in 0..<UInt32(max(H5Tget_nmembers(attribute.type.id), 0)) {
        guard let member = H5Tget_member_name(attribute.type.id, index) else { continue }
        defer { H5free_memory(member) }
        var number: UInt8 = 0
        try Operation.read.check(
          H5Tget_member_value(attribute.type.id, index, &number), at: attribute.location)
        members[String(cString: member)] = number
      }
      let numbers: [UInt8] = try attribute.readElements(memoryType: attribute.type.id)
      guard let value = HDF5Enumeration(number: numbers[0], of: members) else {
        throw .malformed(attribute.location, reason: "\(numbers[0]) is no member of the enumeration")
      }
      return value
    }
  }
}
