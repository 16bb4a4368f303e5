import CHDF5

/// A group: a folder of data sets and further groups.
///
/// Objects are named relative to the group (`"histogram/E"`) or absolutely (`"/psd"`).
public struct HDF5Group: Sendable {
  let object: OpenObject

  /// Absolute path in the file.
  public var path: String { object.path }
  /// Attributes of the group; those of the root group are the file's.
  public var attributes: HDF5Attributes { HDF5Attributes(object: object) }

  /// Whether there is an object of this name.
  ///
  /// - Throws: ``HDF5Error/closed(file:)``.
  public func contains(_ name: String) throws(HDF5Error) -> Bool {
    try object.withIdentifier { id throws(HDF5Error) in Self.exists(name, from: id) }
  }

  /// Opens a group.
  ///
  /// - Throws: ``HDF5Error/noSuchObject(_:)``, ``HDF5Error/wrongType(_:expected:actual:)``.
  public func group(_ name: String) throws(HDF5Error) -> HDF5Group {
    HDF5Group(object: try open(name, as: .group))
  }

  /// Opens a data set.
  ///
  /// - Throws: ``HDF5Error/noSuchObject(_:)``, ``HDF5Error/wrongType(_:expected:actual:)``.
  public func dataset(_ name: String) throws(HDF5Error) -> HDF5Dataset {
    HDF5Dataset(object: try open(name, as: .dataset))
  }

  /// Creates a group, and the groups on the way to it.
  ///
  /// - Throws: ``HDF5Error/objectExists(_:)``, ``HDF5Error/writeFailed(_:reason:)``.
  @discardableResult
  public func createGroup(_ name: String) throws(HDF5Error) -> HDF5Group {
    let created = try create(name) { parent, links, location throws(HDF5Error) in
      let properties = OwnedIdentifier(H5Pcreate(chdf5_group_create()), closedBy: H5Pclose)
      H5Pset_obj_track_times(properties.id, false)
      return try Operation.write.check(
        H5Gcreate2(parent, name, links, properties.id, chdf5_default()), at: location)
    }
    return HDF5Group(object: created)
  }

  /// Creates an object of which `make` returns the identifier, given the identifiers of this group and of
  /// the properties of the new link.
  func create(
    _ name: String,
    _ make: (hid_t, hid_t, HDF5Location) throws(HDF5Error) -> hid_t
  ) throws(HDF5Error) -> OpenObject {
    let path = object.resolve(name)
    let location = HDF5Location(file: object.file.path, object: path)
    return try object.withIdentifier { id throws(HDF5Error) in
      if Self.exists(name, from: id) { throw .objectExists(location) }
      let links = OwnedIdentifier(H5Pcreate(chdf5_link_create()), closedBy: H5Pclose)
      H5Pset_create_intermediate_group(links.id, 1)
      H5Pset_char_encoding(links.id, H5T_CSET_UTF8)
      return OpenObject(owning: try make(id, links.id, location), path: path, in: object.file)
    }
  }

  private func open(_ name: String, as kind: HDF5ObjectKind) throws(HDF5Error) -> OpenObject {
    let path = object.resolve(name)
    let location = HDF5Location(file: object.file.path, object: path)
    return try object.withIdentifier { id throws(HDF5Error) in
      guard Self.exists(name, from: id) else { throw .noSuchObject(location) }
      let opened = OpenObject(
        owning: try Operation.read.check(H5Oopen(id, name, chdf5_default()), at: location),
        path: path, in: object.file)
      let actual = try opened.withIdentifier { id throws(HDF5Error) in HDF5ObjectKind(identifier: id) }
      guard actual == kind else {
        throw .wrongType(location, expected: kind.rawValue, actual: actual.rawValue)
      }
      return opened
    }
  }

  /// HDF5 asks for the existence of each link on the way.
  private static func exists(_ name: String, from id: hid_t) -> Bool {
    var prefix = name.hasPrefix("/") ? "/" : ""
    for component in name.split(separator: "/") {
      prefix += component
      guard H5Lexists(id, prefix, chdf5_default()) > 0,
        H5Oexists_by_name(id, prefix, chdf5_default()) > 0
      else { return false }
      prefix += "/"
    }
    return !prefix.isEmpty
  }
}
