import Foundation

extension CellMorphology {
  /// Reads a reconstruction in the SWC format.
  /// - Throws: `MorphologyError` if the file cannot be read or is not a tree that grows from a soma.
  public init(contentsOf url: URL) throws(MorphologyError) {
    guard let data = try? Data(contentsOf: url) else {
      throw MorphologyError(file: url.path, line: nil, reason: .unreadable)
    }
    // Comments may be in any encoding.
    let tree = try SWCTree(text: String(decoding: data, as: UTF8.self), file: url.path)
    self.init(tree: tree, name: url.deletingPathExtension().lastPathComponent)
  }

  /// Reads the text of an SWC file (types 1 soma, 2 axon, 3 basal and 4 apical dendrite; positions and radii
  /// in µm).
  ///
  /// The soma becomes a cylinder as long as it is wide: the point's or, for NeuroMorpho.org's three points,
  /// the first point's radius is its radius; an outline or a stack of frusta gives one of equal size. Points
  /// are shifted so that its centre is the origin. Unbranched chains of one type become sections.
  ///
  /// Dendrites begin as in NEURON: at their parent's last point; where they leave the soma at their own first point, but at
  /// the soma point that they are attached to, with their own diameter, if they have no second point or the soma is a stack
  /// of frusta. Pieces of dendrite without parent are joined to the soma. Axons are left out; points of other types count
  /// as the type of what they are on. All that leaves a notice.
  /// - Parameters:
  ///   - swc: The text.
  ///   - name: A name for the cell and for error messages.
  /// - Throws: `MorphologyError` with the line at fault.
  public init(swc: String, name: String) throws(MorphologyError) {
    self.init(tree: try SWCTree(text: swc, file: name), name: name)
  }

  private init(tree: SWCTree, name: String) {
    var builder = SectionBuilder(tree: tree)
    builder.growDendrites()
    self.init(name: name, sections: builder.sections, notices: builder.notices)
  }
}

/// Turns a tree of points into unbranched sections.
private struct SectionBuilder {
  let tree: SWCTree
  let soma: EquivalentSoma
  var sections: [CellMorphology.Section]
  var notices: [String] = []

  private struct Seed {
    var firstPoint: Int
    var type: SectionType
    var parentSection: Int
    /// Where the section begins if not at its own first point.
    var start: CellMorphology.Point?
  }

  init(tree: SWCTree) {
    self.tree = tree
    soma = EquivalentSoma(tree: tree)
    sections = [CellMorphology.somaSection(radius: soma.radius, axis: soma.axis)]
    let axonPoints = tree.records.count { $0.type == SWCTree.axonType }
    if axonPoints > 0 { notices.append("\(tree.file): \(axonPoints) axon points are left out") }
    if !tree.otherTypes.isEmpty {
      notices.append(
        "\(tree.file): points of type \(tree.otherTypes.map(String.init).joined(separator: ", ")) "
          + "count as the type of what they are on")
    }
    let pieces = tree.pieces.count { tree.records[$0].type != SWCTree.axonType }
    if pieces > 0 {
      notices.append(
        "\(tree.file): \(pieces) \(pieces == 1 ? "piece" : "pieces") of dendrite without parent"
          + " \(pieces == 1 ? "is" : "are") joined to the soma")
    }
  }

  private func point(_ index: Int) -> CellMorphology.Point {
    let record = tree.records[index]
    return CellMorphology.Point(position: record.position - soma.centre, diameter: 2 * record.radius)
  }

  private func type(of index: Int, on parentType: SectionType) -> SectionType {
    switch tree.records[index].type {
    case SWCTree.somaType: .soma
    case 3: .basalDendrite
    case 4: .apicalDendrite
    default: parentType == .soma ? .basalDendrite : parentType
    }
  }

  private func seeds(at index: Int, type parentType: SectionType, section: Int) -> [Seed] {
    dendriticChildren(of: index).map { child in
      let type = type(of: child, on: parentType)
      var start: CellMorphology.Point? = point(index)
      if parentType == .soma {
        let isSinglePoint = continuation(of: child, type: type) == nil
        start = soma.isStack || isSinglePoint ? start : nil
        start?.diameter = point(child).diameter
      }
      return Seed(firstPoint: child, type: type, parentSection: section, start: start)
    }
  }

  /// The point that follows on a section; nil where it ends.
  private func continuation(of index: Int, type: SectionType) -> Int? {
    let next = dendriticChildren(of: index)
    guard next.count == 1, self.type(of: next[0], on: type) == type else { return nil }
    return next[0]
  }

  private func dendriticChildren(of index: Int) -> [Int] {
    tree.children[index].filter {
      let type = tree.records[$0].type
      return type != SWCTree.axonType && type != SWCTree.somaType
    }
  }

  mutating func growDendrites() {
    let somaPoints = tree.records.indices.filter { tree.records[$0].type == SWCTree.somaType }
    var pending = somaPoints.flatMap { seeds(at: $0, type: .soma, section: 0) }
    pending += tree.pieces.filter { tree.records[$0].type != SWCTree.axonType }.map {
      Seed(firstPoint: $0, type: type(of: $0, on: .soma), parentSection: 0, start: nil)
    }
    pending.reverse()
    while let seed = pending.popLast() {
      var last = seed.firstPoint
      var points = [seed.start, point(last)].compactMap(\.self)
      while let next = continuation(of: last, type: seed.type) {
        last = next
        points.append(point(last))
      }
      let length = zip(points, points.dropFirst()).reduce(0) { $0 + ($1.1.position - $1.0.position).length }
      var owner = seed.parentSection
      if length > 0 {
        owner = sections.count
        sections.append(CellMorphology.Section(type: seed.type, parent: seed.parentSection, points: points))
      }
      pending += seeds(at: last, type: seed.type, section: owner).reversed()
    }
  }
}
