import FieldPotential
import Foundation
import Testing

@Suite struct CellMorphologyTests {
  struct Stick: Decodable {
    var type: String
    var parent: Int
    var start: [Double]
    var end: [Double]
    var diameter: Double
  }

  private func areas(_ morphology: CellMorphology) throws -> [SectionType: Double] {
    try CableDiscretisation(morphology, parameters: KernelParameters()).segments
      .reduce(into: [:]) { $0[$1.type, default: 0] += $1.area }
  }

  @Test("built-in cells are the published sticks", arguments: ["stick_pyramid", "stick_interneuron"])
  func builtIn(name: String) throws {
    let sticks: [Stick] = try FieldReference.decode("stick_cells", as: [String: [Stick]].self)[name]!
    let sections = try stickCell(name).sections
    #expect(sections.count == sticks.count)
    for (section, stick) in zip(sections, sticks) {
      #expect("\(section.type)" == stick.type && (section.parent ?? -1) == stick.parent)
      for (point, position) in zip(section.points, [stick.start, stick.end]) {
        // Nine decimals are given.
        #expect(
          zip(position, [point.position.x, point.position.y, point.position.z]).allSatisfy {
            abs($0 - $1) < 1e-8
          })
        #expect(point.diameter == stick.diameter)
      }
    }
  }

  @Test("SWC files of the sticks give the same cells", arguments: ["stick_pyramid", "stick_interneuron"])
  func reads(name: String) throws {
    let read = try CellMorphology(contentsOf: FieldReference.url(name, "swc"))
    #expect(read.name == name && read.notices.isEmpty)
    #expect(try read.sections.count == stickCell(name).sections.count)
    let expected = try areas(stickCell(name))
    for (type, area) in try areas(read) {
      // Coordinates in the files have three decimals.
      #expect(abs(area / expected[type]! - 1) < 6e-4)
    }
    let count = try CableDiscretisation(read, parameters: KernelParameters()).segments.count
    #expect(try count == FieldReference.shared.get().discretisation[name]!.area.count)
  }

  /// An SWC text and the error that it must cause.
  struct Malformed: CustomTestStringConvertible {
    var text: String
    var line: Int?
    var reason: MorphologyError.Reason
    var testDescription: String { text }

    init(_ text: String, _ line: Int?, _ reason: MorphologyError.Reason) {
      self.text = text
      self.line = line
      self.reason = reason
    }

    static let all: [Malformed] = [
      Malformed("", nil, .empty),
      Malformed("# only a comment\n\n", nil, .empty),
      Malformed("1 1 0 0 0 5 -1\n2 3 0 0 1\n", 2, .malformedLine("2 3 0 0 1")),
      Malformed("1 1 0 zero 0 5 -1", 1, .malformedLine("1 1 0 zero 0 5 -1")),
      Malformed("1.5 1 0 0 0 5 -1", 1, .malformedLine("1.5 1 0 0 0 5 -1")),
      Malformed("1 1 0 0 inf 5 -1", 1, .invalidCoordinate("inf")),
      Malformed("1 1 0 0 0 0 -1", 1, .invalidRadius("0")),
      Malformed("1 1 0 0 0 5 -1\n2 3 0 0 9 -1 1", 2, .invalidRadius("-1")),
      Malformed("1 1 0 0 0 nan -1", 1, .invalidRadius("nan")),
      Malformed("#c\n1 1 0 0 0 5 -1\n1 3 0 0 9 1 1", 3, .duplicateIdentifier(1)),
      Malformed("1 1 0 0 0 5 -1\n2 3 0 0 9 1 7", 2, .missingParent(7)),
      Malformed("1 1 0 0 0 5 -1\n2 3 0 0 9 1 -2", 2, .missingParent(-2)),
      Malformed("1 1 0 0 0 5 -1\n2 3 0 0 9 1 3\n3 3 0 0 20 1 2", 3, .cycle(3)),
      Malformed("1 1 0 0 0 5 1", 1, .cycle(1)),
      Malformed("1 1 0 0 0 5 -1\n2 1 0 0 9 1 -1", 2, .severalRoots(2)),
      Malformed("1 3 0 0 0 5 -1\n2 3 0 0 9 1 1", nil, .noSoma),
      Malformed("1 3 0 0 0 5 -1\n2 1 0 0 9 1 1", 1, .detachedSoma(1)),
      Malformed("1 1 0 0 0 5 -1\n2 3 0 0 9 1 1\n3 1 0 0 20 1 2", 3, .detachedSoma(3)),
      Malformed("1 1 0 0 0 5 -1\n2 2 0 0 9 1 1\n3 3 0 0 20 1 2", 3, .dendriteOnAxon(3)),
    ]
  }

  @Test("malformed files name the line and the reason", arguments: Malformed.all)
  func malformed(file: Malformed) {
    let error = #expect(throws: MorphologyError.self) {
      try CellMorphology(swc: file.text, name: "cell.swc")
    }
    #expect(error?.reason == file.reason && error?.line == file.line)
    #expect(error?.description.hasPrefix(file.line.map { "cell.swc:\($0): " } ?? "cell.swc: ") == true)
  }

  @Test("a file that does not exist is an error with its path")
  func unreadable() {
    let error = #expect(throws: MorphologyError.self) {
      try CellMorphology(contentsOf: URL(fileURLWithPath: "/nowhere/cell.swc"))
    }
    #expect(error?.description == "/nowhere/cell.swc: cannot be read")
  }

  @Test(
    "one or three soma points are a cylinder as long as it is wide",
    arguments: [
      "1 1 5 5 5 8 -1", "1 1 5 5 5 8 -1\n2 1 5 -3 5 8 1\n3 1 5 13 5 8 1",
    ])
  func soma(text: String) throws {
    let soma = try CellMorphology(swc: text, name: "soma")
    #expect(try abs(areas(soma)[.soma]! / (4 * .pi * 64) - 1) < 1e-12)
    #expect(soma.sections[0].points.map(\.diameter) == [16, 16])
  }

  @Test("a stack of frusta keeps its area, an outline its mean radius")
  func otherSomata() throws {
    let stack = try CellMorphology(
      swc: "1 1 0 0 0 3 -1\n2 1 0 0 10 5 1\n3 1 0 0 20 5 2\n4 1 0 0 25 4 3", name: "stack")
    // Mean circumference times slant height of each frustum: π(r₁+r₂)·sqrt(h² + (r₂-r₁)²).
    let slants: [Double] = [8 * 104.squareRoot(), 10 * 10, 9 * 26.squareRoot()]
    let expected = Double.pi * slants.reduce(0, +)
    #expect(try abs(areas(stack)[.soma]! / expected - 1) < 1e-12)

    let outline = (0..<12).map { (index: Int) -> String in
      let angle = Double(index) * .pi / 6
      let (x, y) = (7 + 9 * cos(angle), 9 * sin(angle))
      let parent = index == 0 ? -1 : index
      return "\(index + 1) 1 \(x) \(y) 3 0.5 \(parent)"
    }
    let contour = try CellMorphology(swc: outline.joined(separator: "\n"), name: "contour")
    #expect(try abs(areas(contour)[.soma]! / (4 * .pi * 81) - 1) < 1e-12)
  }

  @Test("axons are left out, other types follow the dendrite they are on; both are announced")
  func notices() throws {
    let cell = try CellMorphology(
      swc: """
        1 1 0 0 0 5 -1
        2 4 0 0 5 1 1
        3 2 5 0 0 1 1   # an axon
        4 4 0 0 30 1 2
        5 2 0 9 30 1 4
        6 7 0 0 60 1 4
        """, name: "cell.swc")
    #expect(
      cell.notices == [
        "cell.swc: 2 axon points are left out",
        "cell.swc: points of type 7 count as the type of what they are on",
      ])
    // The side branch is an axon, so that the dendrite stays one section.
    #expect(cell.sections.map(\.type) == [.soma, .apicalDendrite])
    #expect(cell.sections[1].points.count == 3)
  }

  @Test("line endings, tabs, a byte-order mark and comments in any encoding do no harm")
  func fileConventions() throws {
    let bytes = Array("\u{FEFF}# ".utf8) + [0xB5] + Array("m\r\n1 1 0 0 0 5 -1\r\n\t2\t3 0 0 9 1 1\r\n".utf8)
    let url = FileManager.default.temporaryDirectory.appendingPathComponent("\(UUID()).swc")
    try Data(bytes).write(to: url)
    defer { try? FileManager.default.removeItem(at: url) }
    let cell = try CellMorphology(contentsOf: url)
    #expect(cell.sections.count == 2 && cell.length(of: [.basalDendrite]) == 9)
  }

  @Test("sections break where a chain branches or changes its type, and begin at their parent's end")
  func sections() throws {
    // Points may come in any order.
    let cell = try CellMorphology(
      swc: """
        5 4 0 0 90 1 4
        1 1 1 1 1 5 -1
        2 3 1 1 11 1 1
        3 3 1 1 31 1 2
        4 3 1 1 51 1 3
        6 3 1 21 31 1 3
        """, name: "cell")
    #expect(
      cell.sections.map(\.type) == [.soma, .basalDendrite, .basalDendrite, .apicalDendrite, .basalDendrite])
    #expect(cell.sections.map(\.parent) == [nil, 0, 1, 2, 1])
    #expect(cell.sections[1].points.map(\.position) == [[0, 0, 10], [0, 0, 30]])
    #expect(cell.sections[4].points.map(\.position) == [[0, 0, 30], [0, 20, 30]])
  }

  @Test("rotations are right-handed and follow one another")
  func rotation() throws {
    let cell = try CellMorphology(swc: "1 1 0 0 0 5 -1\n2 4 0 0 0 1 1\n3 4 0 100 0 1 2", name: "along y")
    let upright = cell.rotated(x: .pi / 2).sections[1].points[1].position
    #expect(abs(upright.z - 100) < 1e-12 && abs(upright.y) < 1e-12)
    let twice = cell.rotated(x: .pi / 2, y: .pi / 2).sections[1].points[1].position
    #expect(abs(twice.x - 100) < 1e-12)
    let turned = cell.rotated(z: .pi / 2).sections[1].points[1].position
    #expect(abs(turned.x + 100) < 1e-12)
  }
}
