import CZlib
import Foundation

/// Arrays as MATLAB files of versions 5 to 7 hold them.
package struct SampleMATLAB: Sendable {
  /// Whether the most significant byte comes first.
  package var isBigEndian = false
  /// Whether each array is compressed.
  package var isCompressed = false

  package init(isBigEndian: Bool = false, isCompressed: Bool = false) {
    (self.isBigEndian, self.isCompressed) = (isBigEndian, isCompressed)
  }

  /// A file of arrays.
  package func file(_ arrays: [Data]) -> Data {
    let text = Data("MATLAB 5.0 MAT-file, Platform: GLNXA64".utf8)
    let mark: [UInt16] = [0x0100, 0x4d49]
    let header = text + Data(repeating: 0x20, count: 124 - text.count) + bytes(mark, bigEndian: isBigEndian)
    return arrays.reduce(header) { $0 + (isCompressed ? compressed($1) : $1) }
  }

  /// A matrix of double precision numbers, by columns.
  package func doubles(_ name: String, _ values: [Double], shape: [Int]) -> Data {
    numbers(name, bytes(values.map(\.bitPattern), bigEndian: isBigEndian), type: 9, of: 6, shape: shape)
  }

  /// An array of numbers of a class, stored as a type.
  package func numbers(
    _ name: String, _ data: Data, type: UInt32, of arrayClass: UInt32, flags: UInt32 = 0, shape: [Int]
  ) -> Data {
    array(name, of: arrayClass, flags: flags, shape: shape, [element(type, data)])
  }

  /// An array of any class with the elements that it holds.
  package func array(
    _ name: String, of arrayClass: UInt32, flags: UInt32 = 0, shape: [Int], _ contents: [Data]
  ) -> Data {
    let extents = bytes(shape.map { Int32($0) }, bigEndian: isBigEndian)
    let head = [
      element(6, bytes([arrayClass | flags << 8, 0], bigEndian: isBigEndian)), element(5, extents),
      element(1, Data(name.utf8)),
    ]
    return element(14, (head + contents).reduce(Data(), +))
  }

  /// An element with as many zeros after it as bring the next one to a multiple of 8 bytes.
  package func element(_ type: UInt32, _ data: Data) -> Data {
    if (1...4).contains(data.count) {
      return bytes([UInt32(data.count) << 16 | type], bigEndian: isBigEndian) + data
        + Data(count: 4 - data.count)
    }
    return bytes([type, UInt32(data.count)], bigEndian: isBigEndian) + data
      + Data(count: (8 - data.count % 8) % 8)
  }

  private func compressed(_ array: Data) -> Data {
    var packed = [UInt8](repeating: 0, count: Int(compressBound(UInt(array.count))))
    var count = UInt(packed.count)
    let status = Array(array).withUnsafeBufferPointer {
      compress2(&packed, &count, $0.baseAddress, UInt(array.count), 6)
    }
    precondition(status == Z_OK, "as much room as zlib wants")
    return bytes([UInt32(15), UInt32(count)], bigEndian: isBigEndian) + Data(packed[..<Int(count)])
  }
}
