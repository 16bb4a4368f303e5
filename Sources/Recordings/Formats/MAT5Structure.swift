import Foundation

/// The elements of a MATLAB file of versions 5 to 7, each followed to its end, so that whatever reads the file afterwards finds as
/// much as it is told. Compressed elements are unpacked for that, which compares their checksums.
struct MAT5Structure {
  /// All variables, in the order of the file.
  private(set) var variables: [MATVariable] = []

  /// Bytes before the elements.
  private static let headerLength = 128
  /// Cells and structures deeper than this are not followed.
  private static let depth = 32

  /// Types of elements.
  private enum Kind {
    static let int8: UInt32 = 1, int32: UInt32 = 5, uint32: UInt32 = 6, matrix: UInt32 = 14,
      compressed: UInt32 = 15
    /// Bytes of a number, by type.
    static let sizes: [UInt32: Int] = [1: 1, 2: 1, 3: 2, 4: 2, 5: 4, 6: 4, 7: 4, 9: 8, 12: 8, 13: 8]
  }

  /// Classes of arrays that are numbers.
  private static let numbers: [UInt32: NumberFormat.Kind] = [
    6: .float64, 7: .float32, 8: .int8, 9: .uint8, 10: .int16, 11: .uint16, 12: .int32, 13: .uint32,
    14: .int64, 15: .uint64,
  ]

  /// Follows a file.
  ///
  /// - Throws: ``RecordingError`` naming the variable that does not fit.
  init(_ bytes: Data, file: String) throws(RecordingError) {
    guard bytes.count >= Self.headerLength else {
      throw RecordingError(file: file, "", "ends within its header")
    }
    let mark = Array(bytes[126..<128])
    let isBigEndian = mark == Array("MI".utf8)
    let version = isBigEndian ? [bytes[124], bytes[125]] : [bytes[125], bytes[124]]
    guard isBigEndian || mark == Array("IM".utf8), version == [1, 0] else {
      throw RecordingError(
        file: file, "",
        "is a MATLAB file of version \(version[0]).\(version[1]) and order \(String(decoding: mark, as: UTF8.self)), expected 1.0, or 2.0 in HDF5: damaged?"
      )
    }
    var elements = MAT5Elements(bytes, Self.headerLength..<bytes.count, isBigEndian: isBigEndian)
    while !elements.isAtEnd {
      let place = variables.last.map { "after \($0.name)" } ?? "first variable"
      do {
        let element = try elements.next(isPadded: false)
        var (part, range) = (bytes, element.range)
        if element.kind == Kind.compressed {
          part = Data(try Gzip.contents(of: bytes[element.range], file: file, place: place))
          var inner = MAT5Elements(part, 0..<part.count, isBigEndian: isBigEndian)
          let matrix = try inner.next(isPadded: false)
          guard matrix.kind == Kind.matrix, inner.isAtEnd else {
            throw MAT5Problem("holds compressed what is no array")
          }
          range = matrix.range
        } else if element.kind != Kind.matrix {
          throw MAT5Problem("is an element of type \(element.kind), expected an array")
        }
        let content = MAT5Elements(part, range, isBigEndian: isBigEndian)
        if let variable = try Self.array(content, depth: 0), !variable.name.isEmpty {
          variables.append(variable)
        }
      } catch let problem as MAT5Problem {
        throw RecordingError(file: file, place, problem.text + ": damaged?")
      } catch let error as RecordingError {
        throw error
      } catch {
        throw RecordingError(file: file, place, "\(error)")
      }
    }
  }

  /// Follows an array with all that it holds; nil for one without contents, as cells may have them.
  private static func array(_ elements: MAT5Elements, depth: Int) throws(MAT5Problem) -> MATVariable? {
    if elements.isAtEnd { return nil }
    guard depth < Self.depth else { throw MAT5Problem("holds more than \(Self.depth) arrays in one another") }
    var elements = elements
    let flags = try elements.next(Kind.uint32, "flags")
    guard flags.count == 8 else { throw MAT5Problem("has flags of \(flags.count) bytes, expected 8") }
    let word = elements.word(at: flags.lowerBound)
    let (arrayClass, isComplex, isLogical) = (word & 0xff, word & 0x800 != 0, word & 0x200 != 0)
    // An object of a class: its contents are nowhere described.
    if arrayClass == 17 { return MATVariable(name: "", shape: [], contents: .other("an object")) }
    let extents = try elements.next(Kind.int32, "dimensions")
    let shape = stride(from: extents.lowerBound, to: extents.upperBound - 3, by: 4).map {
      Int(Int32(bitPattern: elements.word(at: $0)))
    }
    let (count, isTooMany) = shape.reduce((1, false)) { product, extent in
      let (count, overflow) = product.0.multipliedReportingOverflow(by: extent)
      return (count, product.1 || overflow)
    }
    guard extents.count % 4 == 0, shape.count >= 2, !isTooMany, shape.allSatisfy({ $0 >= 0 }) else {
      throw MAT5Problem("has dimensions \(shape)")
    }
    let name = elements.text(try elements.next(Kind.int8, "name"))
    if let number = numbers[arrayClass] {
      for _ in 0..<(isComplex ? 2 : 1) {
        let data = count == 0 && elements.isAtEnd ? nil : try elements.next(isPadded: true)
        let stored = data.flatMap { Kind.sizes[$0.kind] }.map { count.multipliedReportingOverflow(by: $0) }
        guard count == 0 || stored.map({ !$0.overflow && $0.partialValue == data?.range.count }) == true
        else {
          throw MAT5Problem(
            "\(name) has \(data?.range.count ?? 0) bytes of numbers for the dimensions \(shape)")
        }
      }
      return MATVariable(
        name: name, shape: shape,
        contents: isComplex ? .other("complex") : isLogical ? .other("logical") : .numbers(number))
    }
    return MATVariable(
      name: name, shape: shape,
      contents: .other(try follow(arrayClass, count, named: name, &elements, depth: depth)))
  }

  /// Follows what an array of something else than full matrices of numbers holds.
  ///
  /// - Returns: What such arrays are called.
  private static func follow(
    _ arrayClass: UInt32, _ count: Int, named name: String, _ elements: inout MAT5Elements, depth: Int
  ) throws(MAT5Problem) -> String {
    var wanted: Int?
    let kind: String
    switch arrayClass {
    case 1: (kind, wanted) = ("a cell array", count)
    case 2, 3:
      kind = arrayClass == 2 ? "a structure" : "an object"
      if arrayClass == 3 { _ = try elements.next(Kind.int8, "class") }
      let length = try elements.next(Kind.int32, "length of names")
      let names = try elements.next(Kind.int8, "names")
      let step = length.count == 4 ? Int(Int32(bitPattern: elements.word(at: length.lowerBound))) : 0
      guard step > 0, names.count % step == 0 else { throw MAT5Problem("\(name) has fields without names") }
      let (fields, isTooMany) = count.multipliedReportingOverflow(by: names.count / step)
      guard !isTooMany, names.count > 0 || count <= 1 else {
        throw MAT5Problem("\(name) has \(count) structures")
      }
      wanted = fields
    case 4: kind = "text"
    case 5: kind = "sparse"
    case 16: kind = "a function"
    default: throw MAT5Problem("\(name) has the class \(arrayClass)")
    }
    var found = 0
    while !elements.isAtEnd {
      let element = try elements.next(isPadded: true)
      if element.kind == Kind.matrix {
        found += 1
        _ = try array(elements.part(element.range), depth: depth + 1)
      } else if wanted != nil {
        throw MAT5Problem("\(name) holds an element of type \(element.kind), expected an array")
      }
    }
    if let wanted, found != wanted { throw MAT5Problem("\(name) holds \(found) arrays, expected \(wanted)") }
    return kind
  }
}
