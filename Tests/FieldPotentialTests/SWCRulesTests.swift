import FieldPotential
import Foundation
import Testing

/// Reconstructions are read as NEURON's Import3d reads them. Numbers were computed with NEURON 9.0.2: sums over the points of
/// the sections that `Import3d_SWC_read` and `Import3d_GUI` make of each text (lateral areas of frusta, lengths), by
///
///     reader = h.Import3d_SWC_read(); reader.input(file); h.Import3d_GUI(reader, 0).instantiate(None)
@Suite("SWC files are read by NEURON's rules")
struct SWCRulesTests {
  /// A text, and what NEURON makes of it, in µm² and µm.
  struct Cell: CustomTestStringConvertible {
    var testDescription: String
    var text: String
    var soma, area, length: Double
  }

  static let cells = [
    Cell(
      testDescription: "a long soma of two points",
      text:
        "1 1 0 0 -5 1.2 -1\n2 1 0 0 5 1.2 1\n3 3 0 0 -5 1 1\n4 3 0 0 -160 1 3\n5 4 0 0 5 1.5 2\n6 4 0 0 300 1 5",
      soma: 75.398224, area: 973.893723 + 2316.927789, length: 450),
    Cell(
      testDescription: "a soma of three points on a line",
      text: "1 1 0 0 -20 2 -1\n2 1 0 0 0 3 1\n3 1 0 0 20 2 2\n4 3 0 0 100 1 3\n5 3 0 0 200 1 4",
      soma: 629.103, area: 1130.973, length: 180),
    Cell(
      testDescription: "a dendrite of one point on a soma of one",
      text:
        "1 1 0 0 0 10 -1\n2 3 0 0 -5 1 1\n3 3 0 0 -160 1 2\n4 4 0 0 5 1.5 1\n5 4 0 0 300 1 4\n6 4 0 0 200 2 1",
      soma: 1256.637, area: 973.894 + 2316.928 + 2513.274, length: 650),
    Cell(
      testDescription: "a dendrite that branches at its first point",
      text: "1 1 0 0 0 10 -1\n2 3 0 0 -30 1 1\n3 3 0 0 -160 1 2\n4 3 50 0 -100 1 2",
      soma: 1256.637, area: 188.496 + 816.814 + 540.5, length: 30 + 130 + 86.023),
    Cell(
      testDescription: "a dendrite of one point on a soma of several",
      text: "1 1 0 0 -20 8 -1\n2 1 0 0 0 9 1\n3 1 0 0 20 8 2\n4 3 30 0 25 1 3",
      soma: 2138.952, area: 191.096, length: 30.414),
    Cell(
      testDescription: "three points by NeuroMorpho.org's convention",
      text:
        "1 1 0 0 0 8 -1\n2 1 0 -8 0 8 1\n3 1 0 8 0 8 1\n4 3 30 0 25 1 1\n5 3 60 0 25 1 1\n6 3 90 0 25 1 5",
      soma: 804.248, area: 245.366 + 188.496, length: 39.051 + 30),
    Cell(
      testDescription: "pieces without parent, whole numbers with a point, more columns",
      text:
        "1.0 1 0 0 0 10 -1 7\n2 3.0 0 0 -15 1 1\n3 3 0 0 -160 1 2.0\n4 2 50 0 -100 1 -1\n5 2 90 0 -100 1 4\n"
        + "6 3 80 0 80 1 -1\n7 3 80 0 180 1 6",
      soma: 1256.637, area: 911.062 + 628.319, length: 245),
  ]

  @Test("areas and lengths are NEURON's", arguments: cells)
  func measures(cell: Cell) throws {
    let read = try CellMorphology(swc: cell.text, name: "cell")
    for (value, expected) in [
      (read.area(of: [.soma]), cell.soma), (read.area(of: [.basalDendrite, .apicalDendrite]), cell.area),
      (read.length(of: [.basalDendrite, .apicalDendrite]), cell.length),
    ] {
      // Three decimals are given.
      #expect(abs(value - expected) < 1e-6 * expected + 1.5e-3, "\(value) \(expected)")
    }
  }

  @Test("a long soma makes the field of a round one with its area")
  func equalKernels() throws {
    let round = try CellMorphology(
      swc: "1 1 0 0 0 2.4494897 -1\n3 3 0 0 -5 1 1\n4 3 0 0 -160 1 3\n5 4 0 0 5 1.5 1\n6 4 0 0 300 1 5",
      name: "round")
    let long = try CellMorphology(swc: Self.cells[0].text, name: "long")
    var parameters = KernelParameters()
    parameters.orientationSamples = 5
    let kernels = try [round, long].map {
      try FieldKernels(parameters: parameters, excitatoryMorphology: $0).excitatory.values
    }
    let largest = kernels[0].map(abs).max()!
    #expect(zip(kernels[0], kernels[1]).allSatisfy { abs($0 - $1) < 1e-6 * largest })
  }

  @Test("end and branch points of an axon are left out with it, those of a dendrite are dendrite")
  func codes() throws {
    let cell = try CellMorphology(
      swc: """
        1 1 0 0 0 10 -1
        2 2 0 0 -15 1 1
        3 5 0 0 -160 1 2
        4 6 50 0 -100 1 3
        5 3 0 0 15 1 1
        6 5 0 0 60 1 5
        7 6 0 0 100 1 6
        """, name: "cell.swc")
    #expect(cell.sections.map(\.type) == [.soma, .basalDendrite])
    #expect(cell.length(of: [.basalDendrite]) == 85)
    #expect(
      cell.notices == [
        "cell.swc: 3 axon points are left out",
        "cell.swc: points of type 5, 6 count as the type of what they are on",
      ])
  }

  @Test("pieces without parent are announced")
  func pieces() throws {
    let cell = try CellMorphology(swc: Self.cells[6].text, name: "cell.swc")
    #expect(
      cell.notices == [
        "cell.swc: 2 axon points are left out",
        "cell.swc: 1 piece of dendrite without parent is joined to the soma",
      ])
    #expect(cell.sections.dropFirst().allSatisfy { $0.parent == 0 })
  }

  @Test("a cell is turned upright, and one that lies is announced")
  func rotations() throws {
    let lying = try CellMorphology(
      swc: "1 1 0 0 0 5 -1\n2 4 0 10 0 1 1\n3 4 30 300 20 1 2\n4 3 0 -90 0 1 1", name: "cell.swc")
    #expect(
      lying.standing(key: "kernel.rotation_E") == [
        "cell.swc: its apical dendrite points along y, across the layers or down; kernel.rotation_E: \"y\" sets it upright"
      ])
    for rotation in [CellRotation.up([0, 1, 0]), .angles(x: 90, y: 0, z: 0)] {
      let upright = rotation.applied(to: lying)
      #expect(upright.standing(key: "kernel.rotation_E").isEmpty)
      let tip = upright.sections[1].points.last!.position
      #expect(abs(tip.x - 30) < 1e-9 && abs(tip.y + 20) < 1e-9 && abs(tip.z - 300) < 1e-9)
      #expect(abs(upright.area(of: [.apicalDendrite]) - lying.area(of: [.apicalDendrite])) < 1e-9)
    }
    let down = CellRotation.up([0, -1, 0]).applied(to: lying)
    #expect(abs(down.extent.lower.z + 300) < 1e-9)
    #expect(CellRotation.none.applied(to: lying) == lying)
    // Any direction ends up on z.
    let direction = SIMD3(0.3, -0.8, 0.4)
    let stick = try CellMorphology(swc: "1 1 0 0 0 5 -1\n2 4 300 -800 400 1 1", name: "stick")
    let turned = CellRotation.up(direction).applied(to: stick).sections[1].points[1].position
    #expect(abs(turned.x) < 1e-9 && abs(turned.y) < 1e-9 && turned.z > 0)
  }
}
