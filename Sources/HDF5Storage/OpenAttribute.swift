import CHDF5

/// An attribute opened for reading.
struct OpenAttribute: ~Copyable {
  let location: HDF5Location
  let attribute: OwnedIdentifier
  let type: OwnedIdentifier
  let space: OwnedIdentifier
  let shape: [Int]

  init(_ name: String, of object: hid_t, at location: HDF5Location) throws(HDF5Error) {
    let attribute = OwnedIdentifier(
      try Operation.read.check(H5Aopen(object, name, chdf5_default()), at: location), closedBy: H5Aclose)
    let type = OwnedIdentifier(
      try Operation.read.check(H5Aget_type(attribute.id), at: location), closedBy: H5Tclose)
    let space = OwnedIdentifier(
      try Operation.read.check(H5Aget_space(attribute.id), at: location), closedBy: H5Sclose)
    shape = try DataSpace.shape(of: space.id, at: location)
    self.location = location
    self.attribute = attribute
    self.type = type
    self.space = space
  }

  /// The number of elements, if their bytes may be held in memory.
  private func checkedCount(bytesPerElement: Int) throws(HDF5Error) -> Int {
    let limit = HDF5Dataset.readLimitInBytes
    guard let bytes = DataSpace.byteCount(shape: shape, bytesPerElement: bytesPerElement), bytes <= limit
    else {
      throw .tooLarge(location, shape: shape, limitInBytes: limit)
    }
    return bytes / bytesPerElement
  }

  /// Reads elements of any fixed size; `Element` is one of them, or a byte of them.
  func readElements<Element: BitwiseCopyable>(memoryType: hid_t) throws(HDF5Error) -> [Element] {
    let size = H5Tget_size(memoryType)
    let bytes = try checkedCount(bytesPerElement: size) * size
    guard bytes > 0 else { return [] }
    let id = attribute.id
    var status: herr_t = 0
    let elements = [Element](unsafeUninitializedCapacity: bytes / MemoryLayout<Element>.stride) {
      buffer, count in
      status = H5Aread(id, memoryType, buffer.baseAddress)
      count = status < 0 ? 0 : buffer.count
    }
    try Operation.read.check(status, at: location)
    return elements
  }

  func readStrings() throws(HDF5Error) -> [String] {
    let actual = HDF5ElementType(identifier: type.id)
    guard actual == .string else {
      throw .wrongType(location, expected: "string", actual: actual.description)
    }
    let count = try checkedCount(bytesPerElement: H5Tget_size(type.id))
    let (id, typeID) = (attribute.id, type.id)
    return try StringTransfer.read(count: count, type: typeID, space: space.id, at: location) {
      H5Aread(id, typeID, $0)
    }
  }
}
