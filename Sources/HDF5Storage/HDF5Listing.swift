import CHDF5

/// What an object in a file is.
public enum HDF5ObjectKind: String, Sendable {
  /// A group.
  case group = "group"
  /// A data set.
  case dataset = "data set"
  /// A stored type, or a link that leads nowhere.
  case other = "other object"

  init(identifier: hid_t) {
    switch H5Iget_type(identifier) {
    case H5I_GROUP, H5I_FILE: self = .group
    case H5I_DATASET: self = .dataset
    default: self = .other
    }
  }
}

extension HDF5Group {
  /// Names of the group's objects, in the order of their UTF-8 bytes.
  ///
  /// - Throws: ``HDF5Error/malformed(_:reason:)``.
  public var names: [String] {
    get throws(HDF5Error) {
      try object.withIdentifier { id throws(HDF5Error) in
        var information = H5G_info_t()
        try Operation.read.check(H5Gget_info(id, &information), at: object.location)
        var names: [String] = []
        for index in 0..<information.nlinks {
          names.append(
            try Self.name(at: object.location) { buffer, size in
              H5Lget_name_by_idx(
                id, ".", H5_INDEX_NAME, H5_ITER_INC, index, buffer, size, chdf5_default())
            })
        }
        return names.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
      }
    }
  }

  /// What an object of the group is.
  ///
  /// - Throws: ``HDF5Error/noSuchObject(_:)``.
  public func kind(of name: String) throws(HDF5Error) -> HDF5ObjectKind {
    let location = HDF5Location(file: object.file.path, object: object.resolve(name))
    return try object.withIdentifier { id throws(HDF5Error) in
      guard H5Lexists(id, name, chdf5_default()) > 0 else { throw .noSuchObject(location) }
      let opened = H5Oopen(id, name, chdf5_default())
      guard opened >= 0 else { return .other }
      defer { H5Oclose(opened) }
      return HDF5ObjectKind(identifier: opened)
    }
  }

  /// A name that HDF5 writes to a buffer, asked first for its length.
  static func name(
    at location: HDF5Location, _ read: (UnsafeMutablePointer<CChar>?, Int) -> Int
  ) throws(HDF5Error) -> String {
    let length = try Operation.read.check(read(nil, 0), at: location)
    var bytes = [CChar](repeating: 0, count: length + 1)
    try Operation.read.check(read(&bytes, bytes.count), at: location)
    return String(decoding: bytes.prefix(length).map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }
}
