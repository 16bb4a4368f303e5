/// Where the bit of a neuron lies within its line's bits, and why.
///
/// Eight bit planes of sums are turned into numbers by transposing 8 × 8 bits in every 64-bit lane and then splitting
/// 16-bit lanes into their two bytes (`bit_planes.h`). No step moves data between lanes. Instead, the wiring places each
/// target's bit where its sum will come out in order.
package enum BitPosition {
  /// The byte, 0 ..< 64, and the bit within it of the neuron at `offset`, 0 ..< 512, in its line.
  package static func of(_ offset: Int) -> (byte: Int, bit: Int) {
    let isOdd = offset >> 5 & 1
    return (2 * (offset & 31) + isOdd, offset >> 6)
  }

  /// The offset of the neuron at a place.
  @inline(__always)
  static func offset(byte: Int, bit: Int) -> Int { bit << 6 | (byte & 1) << 5 | byte >> 1 }
}
