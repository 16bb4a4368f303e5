import CHDF5
import Foundation

/// An open HDF5 file.
///
/// ```swift
/// let file = try HDF5File.create("run.h5")
/// try file.root.createDataset("rates", [37.3, 36.9]).attributes.write("Hz", named: "units")
/// try file.close()
/// ```
/// Closing the file closes the groups and data sets opened from it; using them afterwards throws
/// ``HDF5Error/closed(file:)``. A file that is only dropped is closed as well, but errors of the last writes
/// are then lost; one that is still open when the process exits may be incomplete.
/// After ``HDF5Error/storageFailed(_:reason:)`` the file cannot be used any more: every call, `close` too, throws that
/// failure again.
///
/// Files, groups and data sets may be used from several threads; calls wait for each other.
///
/// Equal contents written in the same order give equal bytes: no times are stored.
public final class HDF5File: @unchecked Sendable {
  /// What an opened file is used for.
  public enum Access: Sendable {
    /// The file is not changed.
    case readOnly
    /// Objects can be added and changed.
    case readWrite
  }

  /// Path of the file.
  public let path: String

  let id: hid_t
  // These are read and changed under the library's lock only.
  private(set) var isOpen = true
  private var failure: HDF5Error?
  private let isSealed: Bool

  private init(path: String, id: hid_t, isSealed: Bool = false) {
    self.path = path
    self.id = id
    self.isSealed = isSealed
  }

  deinit {
    HDF5Library.locked { if isOpen { _ = H5Fclose(id) } }
  }

  /// Creates an empty file for reading and writing.
  ///
  /// - Parameters:
  ///   - path: Path of the new file, in an existing folder.
  ///   - replacing: Whether a file at this path may be overwritten.
  ///   - isSealed: Whether closing the file adds a checksum to it, with which ``open(_:_:isTrusted:)`` compares it.
  /// - Throws: ``HDF5Error/fileExists(file:)``, ``HDF5Error/cannotCreate(file:reason:)``.
  public static func create(
    _ path: String, replacing: Bool = false, isSealed: Bool = false
  ) throws(HDF5Error) -> HDF5File {
    try HDF5Library.locked { () throws(HDF5Error) in
      let creation = OwnedIdentifier(H5Pcreate(chdf5_file_create()), closedBy: H5Pclose)
      H5Pset_obj_track_times(creation.id, false)
      if isSealed { H5Pset_userblock(creation.id, hsize_t(Seal.blockSize)) }
      let access = accessProperties()
      let flags = replacing ? chdf5_truncate() : chdf5_exclusive()
      // Asked beforehand, as HDF5 leaves a file behind when it cannot write to it.
      let isInTheWay = !replacing && FileManager.default.fileExists(atPath: path)
      let id = H5Fcreate(path, flags, creation.id, access.id)
      guard id >= 0 else {
        if isInTheWay { throw .fileExists(file: path) }
        throw .cannotCreate(file: path, reason: HDF5Library.failureReason)
      }
      return HDF5File(path: path, id: id, isSealed: isSealed)
    }
  }

  /// Opens an existing file. A sealed one that is opened for writing gets a new checksum when it is closed.
  ///
  /// - Parameter isTrusted: Whether the file is known to be as it was written, so that there is no need to look.
  /// - Throws: ``HDF5Error/cannotOpen(file:reason:)``, ``HDF5Error/notHDF5(file:)``,
  ///   ``HDF5Error/truncated(file:)``, ``HDF5Error/damaged(file:)``.
  public static func open(
    _ path: String, _ access: Access = .readOnly, isTrusted: Bool = false
  ) throws(HDF5Error) -> HDF5File {
    var isSealed = false
    if !isTrusted {
      switch Seal.state(of: path) {
      case .intact: isSealed = access == .readWrite
      case .broken: throw .damaged(file: path)
      case .none: if HDF5Library.locked({ H5Fis_hdf5(path) }) > 0 { ForeignFiles.willOpen(path) }
      }
    }
    // A process that another thread starts holds the locks of this one for an instant, also on files closed meanwhile.
    for _ in 0..<lockPatience {
      do {
        return try openOnce(path, access, isSealed: isSealed)
      } catch .cannotOpen(_, let reason) where reason.contains(lockedMark) {
        usleep(20_000)
      }
    }
    return try openOnce(path, access, isSealed: isSealed)
  }

  /// Attempts, 20 ms apart, to open a file that is locked.
  private static let lockPatience = 10
  /// What the system says of a locked file.
  private static let lockedMark = String(cString: strerror(EAGAIN))

  private static func openOnce(
    _ path: String, _ access: Access, isSealed: Bool
  ) throws(HDF5Error) -> HDF5File {
    try HDF5Library.locked { () throws(HDF5Error) in
      switch H5Fis_hdf5(path) {
      case 0: throw .notHDF5(file: path)
      case ..<0: throw .cannotOpen(file: path, reason: HDF5Library.failureReason)
      default: break
      }
      let properties = accessProperties()
      let flags = access == .readOnly ? chdf5_read_only() : chdf5_read_write()
      let id = H5Fopen(path, flags, properties.id)
      guard id >= 0 else {
        let failure = HDF5Library.lastFailure
        if failure.reason.contains("truncated file") { throw .truncated(file: path) }
        if failure.isOfSystem { throw .cannotOpen(file: path, reason: failure.reason) }
        throw .malformed(HDF5Location(file: path, object: "/"), reason: failure.reason)
      }
      return HDF5File(path: path, id: id, isSealed: isSealed)
    }
  }

  /// The group that holds everything in the file.
  public var root: HDF5Group { HDF5Group(object: OpenObject(rootOf: self)) }

  /// Hands everything written so far to the operating system.
  ///
  /// - Throws: ``HDF5Error/writeFailed(_:reason:)``, ``HDF5Error/closed(file:)``.
  public func flush() throws(HDF5Error) {
    try root.object.withIdentifier { id throws(HDF5Error) in
      try Operation.write.check(H5Fflush(id, H5F_SCOPE_LOCAL), at: root.object.location)
    }
  }

  /// Writes what is pending and closes the file. Closing a closed file does nothing.
  ///
  /// - Throws: ``HDF5Error/storageFailed(_:reason:)`` if anything could not be written.
  public func close() throws(HDF5Error) {
    try HDF5Library.locked { () throws(HDF5Error) in
      if let failure { throw failure }
      guard isOpen else { return }
      let location = HDF5Location(file: path, object: "/")
      // HDF5 survives a flush that fails, but not every close.
      if H5Fflush(id, H5F_SCOPE_LOCAL) < 0 { throw abandon(Operation.write.failure(at: location)) }
      isOpen = false
      try Operation.write.check(H5Fclose(id), at: location)
      if isSealed { try Seal.write(to: path) }
    }
  }

  /// Leaves the file as it is after the system refused to write: what HDF5 holds of it is not sound any more, and
  /// closing it could crash.
  @discardableResult
  func abandon(_ error: HDF5Error) -> HDF5Error {
    isOpen = false
    failure = failure ?? error
    return error
  }

  /// Throws ``HDF5Error/closed(file:)``, or the failure after which the file was given up.
  func requireOpen() throws(HDF5Error) {
    if let failure { throw failure }
    guard isOpen else { throw .closed(file: path) }
  }

  /// Closing a file closes what was opened from it.
  private static func accessProperties() -> OwnedIdentifier {
    let properties = OwnedIdentifier(H5Pcreate(chdf5_file_access()), closedBy: H5Pclose)
    H5Pset_fclose_degree(properties.id, H5F_CLOSE_STRONG)
    return properties
  }
}
