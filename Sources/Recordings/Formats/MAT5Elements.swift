import Foundation

/// Elements of a MATLAB file of versions 5 to 7, one after another: type, number of bytes, bytes.
struct MAT5Elements {
  /// An element: its type, and where its bytes are.
  struct Element {
    let kind: UInt32
    let range: Range<Int>
  }

  private let bytes: Data
  private var position: Int
  private let end: Int
  private let isBigEndian: Bool

  /// Those in a range of bytes, which are counted from 0.
  init(_ bytes: Data, _ range: Range<Int>, isBigEndian: Bool) {
    (self.bytes, position, end, self.isBigEndian) = (bytes, range.lowerBound, range.upperBound, isBigEndian)
  }

  /// Whether there are no more.
  var isAtEnd: Bool { position >= end }

  /// Those in a part of the same bytes.
  func part(_ range: Range<Int>) -> MAT5Elements { MAT5Elements(bytes, range, isBigEndian: isBigEndian) }

  /// The next one.
  ///
  /// - Parameter isPadded: Whether the one after it begins at a multiple of 8 bytes from its beginning.
  /// - Throws: ``MAT5Problem`` if it is not complete.
  mutating func next(isPadded: Bool) throws(MAT5Problem) -> Element {
    guard end - position >= 8 else { throw MAT5Problem("ends after \(end - position) bytes of an element") }
    let first = word(at: position)
    if first >> 16 != 0 {
      // Up to four bytes lie beside their type and number.
      guard first >> 16 <= 4 else { throw MAT5Problem("has \(first >> 16) bytes in an element of four") }
      defer { position += 8 }
      return Element(kind: first & 0xffff, range: position + 4..<position + 4 + Int(first >> 16))
    }
    let (start, count) = (position + 8, Int(word(at: position + 4)))
    guard count <= end - start else {
      throw MAT5Problem("has \(end - start) bytes of an element, expected \(count)")
    }
    position = min(end, start + (isPadded ? (count + 7) / 8 * 8 : count))
    return Element(kind: first, range: start..<start + count)
  }

  /// The bytes of the next one, which has to be of a type.
  ///
  /// - Parameter what: What it holds, for messages.
  /// - Throws: ``MAT5Problem``.
  mutating func next(_ kind: UInt32, _ what: String) throws(MAT5Problem) -> Range<Int> {
    let element = try next(isPadded: true)
    guard element.kind == kind else {
      throw MAT5Problem("has \(what) of type \(element.kind), expected \(kind)")
    }
    return element.range
  }

  /// The four bytes at a place, as a number.
  func word(at place: Int) -> UInt32 {
    let word = bytes[place..<place + 4].reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
    return isBigEndian ? word : word.byteSwapped
  }

  /// The bytes of a range as text.
  func text(_ range: Range<Int>) -> String {
    String(decoding: bytes[range].prefix { $0 != 0 }, as: UTF8.self)
  }
}

/// What does not fit in a MATLAB file.
struct MAT5Problem: Error {
  let text: String

  init(_ text: String) { self.text = text }
}
