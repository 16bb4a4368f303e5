import CHDF5
import Foundation

/// How strings are stored.
public enum HDF5StringLength: Sendable, Equatable {
  /// Any number of bytes per string.
  case variable
  /// This many bytes of UTF-8 per string, shorter ones padded with NUL.
  case fixed(Int)
}

/// Strings between Swift and HDF5, for data sets and attributes alike.
enum StringTransfer {
  /// The UTF-8 string type of a length.
  static func type(_ length: HDF5StringLength, at location: HDF5Location) throws(HDF5Error) -> OwnedIdentifier
  {
    let type = OwnedIdentifier(H5Tcopy(chdf5_c_string()), closedBy: H5Tclose)
    switch length {
    case .variable:
      try Operation.write.check(H5Tset_size(type.id, chdf5_variable_length()), at: location)
    case .fixed(let bytes):
      try Operation.write.check(H5Tset_size(type.id, bytes), at: location)
      try Operation.write.check(H5Tset_strpad(type.id, H5T_STR_NULLPAD), at: location)
    }
    try Operation.write.check(H5Tset_cset(type.id, H5T_CSET_UTF8), at: location)
    return type
  }

  /// Hands `strings` to `write` in the form of the string type `type`.
  static func write(
    _ strings: [String], type: hid_t, at location: HDF5Location, _ write: (UnsafeRawPointer) -> herr_t
  ) throws(HDF5Error) {
    for string in strings where string.utf8.contains(0) {
      throw .invalidString(location, reason: "it contains NUL")
    }
    if H5Tis_variable_str(type) > 0 {
      let pointers = strings.map { UnsafePointer(strdup($0)) }
      defer { pointers.forEach { free(UnsafeMutablePointer(mutating: $0)) } }
      try Operation.write.check(pointers.withUnsafeBytes { write($0.baseAddress!) }, at: location)
    } else {
      let size = H5Tget_size(type)
      var bytes = [UInt8](repeating: 0, count: size * strings.count)
      for (index, string) in strings.enumerated() {
        guard string.utf8.count <= size else {
          throw .invalidString(
            location, reason: "it has \(string.utf8.count) bytes, expected at most \(size)")
        }
        bytes.replaceSubrange(index * size..<index * size + string.utf8.count, with: string.utf8)
      }
      try Operation.write.check(bytes.withUnsafeBytes { write($0.baseAddress!) }, at: location)
    }
  }

  /// The strings that `read` delivers in the form of the string type `type`. Bytes that are not UTF-8 are
  /// replaced by U+FFFD.
  static func read(
    count: Int, type: hid_t, space: hid_t, at location: HDF5Location,
    _ read: (UnsafeMutableRawPointer) -> herr_t
  ) throws(HDF5Error) -> [String] {
    guard count > 0 else { return [] }
    if H5Tis_variable_str(type) > 0 {
      var pointers = [UnsafeMutablePointer<CChar>?](repeating: nil, count: count)
      let status = pointers.withUnsafeMutableBytes { read($0.baseAddress!) }
      try Operation.read.check(status, at: location)
      defer { H5Dvlen_reclaim(type, space, chdf5_default(), &pointers) }
      return pointers.map { $0.map { String(cString: $0) } ?? "" }
    }
    let size = H5Tget_size(type)
    let padding = H5Tget_strpad(type)
    var bytes = [UInt8](repeating: 0, count: count * size)
    try Operation.read.check(bytes.withUnsafeMutableBytes { read($0.baseAddress!) }, at: location)
    return (0..<count).map { index in
      let field = bytes[index * size..<(index + 1) * size]
      return String(decoding: strip(padding, from: field), as: UTF8.self)
    }
  }

  private static func strip(_ padding: H5T_str_t, from field: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    switch padding {
    case H5T_STR_NULLTERM: return field.prefix { $0 != 0 }
    default:
      let pad: UInt8 = padding == H5T_STR_SPACEPAD ? 0x20 : 0
      return field[..<((field.lastIndex { $0 != pad }).map { $0 + 1 } ?? field.startIndex)]
    }
  }
}
