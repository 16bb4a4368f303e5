import DurableFiles

/// What a `.npy` file says of its numbers, in versions 1 to 3 of the format.
struct NPYHeader {
  let number: NumberFormat
  /// Whether the first index, not the last, is that of neighbours.
  let isFortranOrder: Bool
  let shape: [Int]
  /// Bytes before the numbers.
  let length: Int

  private static let signature: [UInt8] = [0x93] + Array("NUMPY".utf8)

  /// Whether a file begins as those of NumPy do.
  static func recognises(_ start: [UInt8]) -> Bool { start.starts(with: signature) }

  /// Reads the beginning of a file, and checks that it holds as many numbers as that says.
  ///
  /// - Throws: ``RecordingError``, `FileError`.
  init(_ bytes: FileBytes) throws {
    func problem(_ place: String, _ text: String) -> RecordingError {
      RecordingError(file: bytes.path, place, text)
    }
    var start: [UInt8] = []
    try bytes.read(at: 0, count: min(12, bytes.count)) { start = Array($0) }
    guard start.count >= 10, (1...3).contains(start[6]), start[6] == 1 || start.count == 12 else {
      throw problem("", "has a header of version \(start.dropFirst(6).first ?? 0), expected 1 to 3")
    }
    // Versions 2 and 3 have four bytes for the length of the text, version 1 two.
    let width = start[6] == 1 ? 2 : 4
    let textLength = start[8..<8 + width].reversed().reduce(0) { $0 << 8 | Int($1) }
    length = 8 + width + textLength
    guard length <= bytes.count else { throw problem("", "ends within its header") }
    // What tells of a matrix fits into far less.
    var text = ""
    try bytes.read(at: 8 + width, count: min(textLength, 1 << 16)) {
      text = String(decoding: $0, as: UTF8.self)
    }

    guard let descr = text.firstMatch(of: #/['"]descr['"]\s*:\s*['"]([^'"]*)['"]/#)?.1,
      let order = text.firstMatch(of: #/['"]fortran_order['"]\s*:\s*(True|False)/#)?.1,
      let extents = text.firstMatch(of: #/['"]shape['"]\s*:\s*\(([0-9, ]*)\)/#)?.1
    else {
      throw problem(
        "header", "is \(text.prefix(120).prefix { $0 != "}" })}, expected an array of numbers")
    }
    guard let number = Self.number(String(descr)) else {
      throw problem(
        "descr",
        "is '\(descr)', expected integers or floating point numbers of 32 or 64 bits (i1 to i8, u1 to u8, f4, f8)"
      )
    }
    self.number = number
    isFortranOrder = order == "True"
    shape = extents.split(whereSeparator: { $0 == "," || $0 == " " }).map { Int($0) ?? .max }
    let (size, overflow) = shape.reduce((number.size, false)) { product, extent in
      let (size, overflow) = product.0.multipliedReportingOverflow(by: extent)
      return (size, product.1 || overflow)
    }
    guard !overflow, size == bytes.count - length else {
      throw problem(
        "",
        "has \(bytes.count - length) bytes of numbers, expected \(overflow ? "more than can be" : "\(size)"), shape \(shape) of '\(descr)'"
      )
    }
  }

  /// The format that NumPy names so, such as `<i2`; nil for what are no numbers.
  private static func number(_ descr: String) -> NumberFormat? {
    let kinds: [String: NumberFormat.Kind] = [
      "i1": .int8, "u1": .uint8, "i2": .int16, "u2": .uint16, "i4": .int32, "u4": .uint32, "i8": .int64,
      "u8": .uint64, "f4": .float32, "f8": .float64,
    ]
    guard let order = descr.first, let kind = kinds[String(descr.dropFirst())] else { return nil }
    switch order {
    case "<", "|": return NumberFormat(kind)
    case ">": return NumberFormat(kind, isBigEndian: true)
    default: return nil
    }
  }
}
