import CZlib
import Foundation

/// A `.npy` file of double precision numbers in the order of the file.
package func npyFile(_ type: String, _ values: [Double], isFortran: Bool, _ shape: [Int]) -> Data {
  npyHeader(type, isFortran: isFortran, shape)
    + bytes(values.map(\.bitPattern), bigEndian: type.hasPrefix(">"))
}

/// What comes before the numbers in a `.npy` file.
package func npyHeader(_ type: String, isFortran: Bool, _ shape: [Int], version: UInt8 = 1) -> Data {
  let extents = shape.map { "\($0)," }.joined(separator: " ")
  let text =
    "{'descr': '\(type)', 'fortran_order': \(isFortran ? "True" : "False"), 'shape': (\(extents)), }\n"
  let length = version == 1 ? bytes([UInt16(text.utf8.count)]) : bytes([UInt32(text.utf8.count)])
  return Data([0x93] + Array("NUMPY".utf8) + [version, 0]) + length + Data(text.utf8)
}

/// Bytes as gzip writes those that do not become fewer.
package func gzipped(_ contents: Data) -> Data {
  var packed = Data([0x1f, 0x8b, 0x08, 0, 0, 0, 0, 0, 0, 0xff])
  var rest = contents[...]
  repeat {
    let block = rest.prefix(65535)
    rest = rest.dropFirst(65535)
    let count = UInt16(block.count)
    packed += Data([rest.isEmpty ? 1 : 0]) + bytes([count, ~count]) + block
  } while !rest.isEmpty
  let checksum = Array(contents).withUnsafeBufferPointer { crc32(0, $0.baseAddress, UInt32($0.count)) }
  return packed + bytes([UInt32(checksum), UInt32(contents.count)])
}
