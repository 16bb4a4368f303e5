import FieldPotential
import Foundation
import Testing

/// A tapering, branching cell compared with NEURON and LFPy; see `Reference/neuron_reference.py`.
@Suite struct NeuronTests {
  struct Reference: Decodable {
    var segments: [Int]
    var area: [Double]
    var start: [[Double]]
    var end: [[Double]]
    var half_resistance: [Double]
    var map: [[Double]]
    var time: [Double]
    var membrane_potential: [[Double]]
  }

  private let reference: Reference
  private let cable: PassiveCable

  init() throws {
    reference = try FieldReference.decode("neuron_reference", as: Reference.self)
    let cell = try CellMorphology(contentsOf: FieldReference.url("tapered", "swc"))
    cable = try PassiveCable(cell, parameters: KernelParameters())
  }

  @Test("segments lie where NEURON puts them, with its areas")
  func segments() {
    let segments = cable.discretisation.segments
    #expect(segments.count == reference.segments.reduce(0, +))
    // NEURON keeps points in single precision.
    #expect(relativeError(segments.map(\.area), reference.area) < 1e-6)
    let ends = segments.flatMap { [$0.start.x, $0.start.y, $0.start.z, $0.end.x, $0.end.y, $0.end.z] }
    #expect(relativeError(ends, zip(reference.start, reference.end).flatMap { $0 + $1 }) < 1e-6)
  }

  @Test("axial conductances within a section are NEURON's")
  func conductances() {
    // NEURON gives the resistance from each segment's centre to that of the one before it.
    let count = cable.count
    var first = 0
    for length in reference.segments {
      for segment in (first + 1)..<max(first + 1, first + length) {
        let conductance = -cable.discretisation.laplacian[segment * count + segment - 1]
        #expect(abs(conductance * reference.half_resistance[segment] - 1) < 1e-6)
      }
      first += length
    }
  }

  @Test("line sources around a tapering cell are LFPy's")
  func map() {
    let contacts = [0.0, 60, 400].map { Contact(x: 30, y: 5, z: $0) }
    let map = LineSourceMap(
      cable.discretisation, somaPosition: .zero, contacts: contacts, conductivity: 0.3)
    #expect(relativeError(map.values, reference.map.joined()) < 1e-6)
  }

  @Test("potentials after a synaptic current are NEURON's")
  func potentials() {
    var input = [Double](repeating: 0, count: cable.count)
    input[cable.count - 1] = 1
    let potentials = cable.membranePotentials(input: input, times: reference.time)
    // NEURON's steps of 0.005 ms leave an error of about 1e-4.
    #expect(relativeError(potentials, reference.membrane_potential.joined()) < 2e-4)
  }
}
