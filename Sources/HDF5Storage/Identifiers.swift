import CHDF5

/// Owner of a short-lived HDF5 identifier (data space, type, property list, attribute): closes it at the end
/// of its scope. Closing clears HDF5's record of the last failure, so results are checked before.
struct OwnedIdentifier: ~Copyable {
  let id: hid_t
  private let close: (hid_t) -> herr_t

  init(_ id: hid_t, closedBy close: @escaping (hid_t) -> herr_t) {
    self.id = id
    self.close = close
  }

  deinit { _ = close(id) }
}

/// Shared owner of an open object: an HDF5 group or data set.
///
/// It keeps its file alive. Once the file is closed, HDF5 has closed the object too, and its identifier must
/// not be used again.
final class OpenObject: Sendable {
  let file: HDF5File
  let path: String
  private let id: hid_t
  private let isOwner: Bool

  /// Takes over an identifier.
  init(owning id: hid_t, path: String, in file: HDF5File) {
    (self.id, self.path, self.file, isOwner) = (id, path, file, true)
  }

  /// The root group, for which HDF5 takes the identifier of the file.
  init(rootOf file: HDF5File) {
    (id, path, self.file, isOwner) = (file.id, "/", file, false)
  }

  deinit {
    guard isOwner else { return }
    HDF5Library.locked {
      // What is pending is written when a data set is closed.
      if file.isOpen, H5Oclose(id) < 0 { file.abandon(Operation.write.failure(at: location)) }
    }
  }

  var location: HDF5Location { HDF5Location(file: file.path, object: path) }

  /// Runs `body` with the identifier under the library's lock.
  @discardableResult
  func withIdentifier<Result>(
    _ body: (hid_t) throws(HDF5Error) -> Result
  ) throws(HDF5Error) -> Result {
    try HDF5Library.locked { () throws(HDF5Error) in
      try file.requireOpen()
      do throws(HDF5Error) {
        return try body(id)
      } catch {
        if case .storageFailed = error { file.abandon(error) }
        throw error
      }
    }
  }

  /// The absolute path of an object named relative to this one.
  func resolve(_ name: String) -> String {
    if name.hasPrefix("/") { return name }
    return path == "/" ? "/\(name)" : "\(path)/\(name)"
  }
}
