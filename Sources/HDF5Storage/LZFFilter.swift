import CHDF5
import Foundation

/// Reads what h5py compressed with `compression="lzf"`, a filter that the library does not have.
enum LZFFilter {
  /// Number of the filter, registered with The HDF Group.
  private static let identifier: Int32 = 32000

  /// Tells the library of the filter, once; to be evaluated under its lock.
  static let registered: Void = {
    var filter = H5Z_class2_t(
      version: 1, id: identifier, encoder_present: 0, decoder_present: 1, name: nil, can_apply: nil,
      set_local: nil,
      filter: { flags, count, values, size, capacity, buffer in
        LZFFilter.decode(flags, count, values, size, capacity, buffer)
      })
    _ = H5Zregister(&filter)
  }()

  /// Replaces a compressed chunk by what it holds; 0 tells the library that it cannot.
  private static func decode(
    _ flags: UInt32, _ count: Int, _ values: UnsafePointer<UInt32>?, _ size: Int,
    _ capacity: UnsafeMutablePointer<Int>?, _ buffer: UnsafeMutablePointer<UnsafeMutableRawPointer?>?
  ) -> Int {
    // The third parameter of the filter is the size of a chunk.
    guard flags & chdf5_filter_reverse() != 0, count >= 3, let length = values.map({ Int($0[2]) }),
      length > 0,
      let input = buffer?.pointee, let output = malloc(length)
    else { return 0 }
    let written = decompress(
      UnsafeRawBufferPointer(start: input, count: size),
      into: UnsafeMutableRawBufferPointer(start: output, count: length))
    guard let written else {
      free(output)
      return 0
    }
    free(input)
    buffer?.pointee = output
    capacity?.pointee = length
    return written
  }

  /// The format of LibLZF: a byte below 32 announces as many literal bytes and one more; others a copy of earlier output,
  /// with the length in their upper three bits (a full one goes on in the next byte) and the distance in the rest.
  ///
  /// - Returns: Bytes written; nil for damaged input.
  static func decompress(_ input: UnsafeRawBufferPointer, into output: UnsafeMutableRawBufferPointer) -> Int?
  {
    var (read, written) = (0, 0)
    while read < input.count {
      let control = Int(input[read])
      read += 1
      if control < 32 {
        let count = control + 1
        guard read + count <= input.count, written + count <= output.count else { return nil }
        for i in 0..<count { output[written + i] = input[read + i] }
        read += count
        written += count
        continue
      }
      var length = control >> 5
      if length == 7 {
        guard read < input.count else { return nil }
        length += Int(input[read])
        read += 1
      }
      guard read < input.count else { return nil }
      let start = written - ((control & 0x1f) << 8 | Int(input[read])) - 1
      read += 1
      guard start >= 0, written + length + 2 <= output.count else { return nil }
      // Byte by byte, as a copy may run into what it writes.
      for i in 0..<(length + 2) { output[written + i] = output[start + i] }
      written += length + 2
    }
    return written
  }
}
