/// The points of an SWC file, checked to form one tree whose root lies in the soma, and pieces of neurite beside it.
struct SWCTree {
  struct Record {
    var line: Int
    var identifier: Int
    var type: Int
    var position: SIMD3<Double>
    var radius: Double
    var parentIdentifier: Int
  }

  static let somaType = 1
  static let axonType = 2

  let file: String
  let records: [Record]
  /// Index of the parent of every record; `nil` for the root.
  let parents: [Int?]
  let children: [[Int]]
  /// The root in the soma.
  let root: Int
  /// Roots of pieces of neurite without parent.
  let pieces: [Int]
  /// Types other than soma, axon and dendrites that points had; they have that of what they are on.
  let otherTypes: [Int]

  init(text: String, file: String) throws(MorphologyError) {
    self.file = file
    var records: [Record] = []
    let text = text.hasPrefix("\u{FEFF}") ? text.dropFirst() : text[...]
    for (number, line) in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
      .enumerated()
    {
      let content = line.prefix { $0 != "#" }
      let fields = content.split(whereSeparator: \.isWhitespace)
      if fields.isEmpty { continue }
      records.append(try Self.record(fields, line: number + 1, file: file))
    }
    if records.isEmpty { throw MorphologyError(file: file, line: nil, reason: .empty) }
    otherTypes = Set(records.map(\.type)).subtracting(1...4).sorted()
    parents = try Self.parents(of: records, file: file)
    var children = [[Int]](repeating: [], count: records.count)
    for (index, parent) in parents.enumerated() {
      if let parent { children[parent].append(index) }
    }
    self.children = children
    let roots = try Self.roots(records: records, parents: parents, children: children, file: file)
    root = roots.first { records[$0].type == Self.somaType } ?? roots[0]
    pieces = roots.filter { [root] in $0 != root }
    Self.giveTypes(to: &records, roots: roots, children: children)
    self.records = records
    try checkTypes()
  }

  private static func record(
    _ fields: [Substring], line: Int, file: String
  ) throws(MorphologyError) -> Record {
    func failure(_ reason: MorphologyError.Reason) -> MorphologyError {
      MorphologyError(file: file, line: line, reason: reason)
    }
    // Whole numbers may be written with a point, and further columns may follow.
    func whole(_ field: Substring) -> Int? { Int(field) ?? Double(field).flatMap(Int.init(exactly:)) }
    guard fields.count >= 7, !fields.contains(where: { $0.contains("\0") }),
      let identifier = whole(fields[0]), let type = whole(fields[1]),
      let x = Double(fields[2]), let y = Double(fields[3]), let z = Double(fields[4]),
      let radius = Double(fields[5]), let parent = whole(fields[6])
    else {
      throw failure(.malformedLine(fields.joined(separator: " ")))
    }
    for (value, field) in zip([x, y, z], fields[2...4]) where !value.isFinite {
      throw failure(.invalidCoordinate(String(field)))
    }
    guard radius.isFinite, radius > 0 else { throw failure(.invalidRadius(String(fields[5]))) }
    return Record(
      line: line, identifier: identifier, type: type, position: SIMD3(x, y, z), radius: radius,
      parentIdentifier: parent)
  }

  private static func parents(of records: [Record], file: String) throws(MorphologyError) -> [Int?] {
    var indices: [Int: Int] = [:]
    for (index, record) in records.enumerated() {
      guard indices.updateValue(index, forKey: record.identifier) == nil else {
        throw MorphologyError(
          file: file, line: record.line, reason: .duplicateIdentifier(record.identifier))
      }
    }
    var parents: [Int?] = []
    for record in records {
      if record.parentIdentifier == -1 {
        parents.append(nil)
      } else if let parent = indices[record.parentIdentifier] {
        parents.append(parent)
      } else {
        throw MorphologyError(
          file: file, line: record.line, reason: .missingParent(record.parentIdentifier))
      }
    }
    return parents
  }

  private static func roots(
    records: [Record], parents: [Int?], children: [[Int]], file: String
  ) throws(MorphologyError) -> [Int] {
    let roots = parents.indices.filter { parents[$0] == nil }
    let somata = roots.filter { records[$0].type == somaType }
    if somata.count > 1 {
      let second = records[somata[1]]
      throw MorphologyError(file: file, line: second.line, reason: .severalRoots(second.identifier))
    }
    var reached = [Bool](repeating: false, count: records.count)
    var pending = roots
    while let index = pending.popLast() {
      reached[index] = true
      pending += children[index]
    }
    if let lost = reached.firstIndex(of: false) {
      // Following parents from a point that the root does not reach leads onto the cycle.
      var index = lost
      for _ in records { index = parents[index]! }
      throw MorphologyError(
        file: file, line: records[index].line, reason: .cycle(records[index].identifier))
    }
    return roots
  }

  /// Points of other types than soma, axon and dendrites get that of their parent: end and branch points of an axon belong to
  /// it. On the soma they are dendrites, and stay what they are.
  private static func giveTypes(to records: inout [Record], roots: [Int], children: [[Int]]) {
    var pending = roots
    while let index = pending.popLast() {
      for child in children[index] {
        let isOther = !(1...4).contains(records[child].type)
        if isOther, records[index].type != somaType { records[child].type = records[index].type }
        pending.append(child)
      }
    }
  }

  private func checkTypes() throws(MorphologyError) {
    guard records.contains(where: { $0.type == Self.somaType }) else {
      throw MorphologyError(file: file, line: nil, reason: .noSoma)
    }
    for (index, record) in records.enumerated() {
      let parentType = parents[index].map { records[$0].type }
      let reason: MorphologyError.Reason? =
        switch (record.type, parentType) {
        case (Self.somaType, nil), (Self.somaType, Self.somaType), (Self.axonType, .some): nil
        case (_, nil) where index != root: nil
        case (_, nil), (Self.somaType, _): .detachedSoma(record.identifier)
        case (_, Self.axonType): .dendriteOnAxon(record.identifier)
        default: nil
        }
      if let reason { throw MorphologyError(file: file, line: record.line, reason: reason) }
    }
  }
}
