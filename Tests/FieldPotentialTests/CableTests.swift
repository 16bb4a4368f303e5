import FieldPotential
import Foundation
import Testing

@Suite struct CableTests {
  static let cells = ["ball_and_stick", "stick_pyramid", "stick_interneuron"]

  @Test("segments have the reference's number, lengths and areas", arguments: cells)
  func segments(name: String) throws {
    let segments = try CableDiscretisation(stickCell(name), parameters: KernelParameters()).segments
    let reference = try FieldReference.shared.get().discretisation[name]!
    #expect(segments.count == reference.area.count)
    // The reference gives twelve digits.
    #expect(relativeError(segments.map(\.area), reference.area) < 1e-11)
    #expect(relativeError(segments.map(\.length), reference.length) < 1e-11)
  }

  @Test("mode rates agree with those of a dense elimination", arguments: cells)
  func rates(name: String) throws {
    let cable = try PassiveCable(stickCell(name), parameters: KernelParameters())
    #expect(
      try relativeError(cable.axialRates, FieldReference.shared.get().discretisation[name]!.rates) < 1e-10)
    // One mode moves no axial current: all segments at one potential.
    #expect(cable.axialRates[0] < 1e-12 * cable.axialRates.last!)
  }

  @Test("potentials, currents and maps of single cells agree to 1e-6", arguments: cells)
  func singleCell(name: String) throws {
    let reference = try FieldReference.shared.get().single_cell[name]!
    let parameters = KernelParameters()
    let cable = try PassiveCable(stickCell(name), parameters: parameters)
    let times = reference.time.map { $0 - SourceNetwork().delay }
    let potentials = cable.membranePotentials(input: reference.input, times: times)
    let currents = cable.transmembraneCurrents(input: reference.input, times: times)
    #expect(relativeError(potentials, reference.membrane_potential.joined()) < 1e-6)
    #expect(relativeError(currents, reference.transmembrane_current.joined()) < 1e-6)

    let soma = SIMD3(reference.soma[0], reference.soma[1], reference.soma[2])
    let map = LineSourceMap(
      cable.discretisation, somaPosition: soma, contacts: parameters.contacts,
      conductivity: parameters.conductivity)
    #expect(relativeError(map.values, reference.map.joined()) < 1e-6)
  }

  @Test("a section that leads back to where it began is a point source")
  func closedSection() throws {
    let parameters = KernelParameters()
    let cell = try CellMorphology(
      swc: "1 1 0 0 0 10 -1\n2 3 0 0 20 1 1\n3 3 0 0 30 1 2\n4 3 0 0 20 1 3", name: "bent")
    let discretisation = try CableDiscretisation(cell, parameters: parameters)
    let map = LineSourceMap(
      discretisation, somaPosition: .zero, contacts: [Contact(z: 70)], conductivity: 0.3)
    #expect(discretisation.segments.count == 2)
    #expect(abs(map.values[1] * 4 * .pi * 0.3 * 50 - 1) < 1e-12)
  }

  @Test("transmembrane currents sum to zero", arguments: cells)
  func currentsSumToZero(name: String) throws {
    let cable = try PassiveCable(stickCell(name), parameters: KernelParameters())
    let times = (0..<300).map { Double($0) / 3 }
    var input = [Double](repeating: 0, count: cable.count)
    input[cable.count / 2] = 1
    let currents = cable.transmembraneCurrents(input: input, times: times)
    let largest = currents.map(abs).max()!
    for time in times.indices {
      let sum = (0..<cable.count).reduce(0) { $0 + currents[$1 * times.count + time] }
      #expect(abs(sum) < 1e-12 * largest)
    }
  }

  @Test("the modal solution solves the cable equation, as integrated step by step")
  func modesAgainstIntegration() throws {
    let parameters = KernelParameters()
    let cable = try PassiveCable(stickCell("ball_and_stick"), parameters: parameters)
    let count = cable.count
    let laplacian = cable.discretisation.laplacian
    let capacitances = cable.discretisation.segments.map { 1e-5 * $0.area }
    let tau = parameters.synapticTimeConstant
    let target = count - 1

    func derivative(_ v: [Double], _ time: Double) -> [Double] {
      (0..<count).map { i in
        var current = i == target ? M_E * time / tau * exp(-time / tau) : 0
        for j in 0..<count { current -= laplacian[i * count + j] * v[j] }
        return current / capacitances[i] - v[i] / parameters.membraneTimeConstant
      }
    }
    func step(_ v: [Double], _ k: [Double], _ h: Double) -> [Double] { zip(v, k).map { $0 + h * $1 } }

    // Runge-Kutta of order 4. The fastest rate is about 50/ms, so that h·rate < 0.2 and the error of the
    // slow part is far below 1e-7.
    let h = 1.0 / 256
    var v = [Double](repeating: 0, count: count)
    for index in 0..<Int(10 / h) {
      let time = Double(index) * h
      let k1 = derivative(v, time)
      let k2 = derivative(step(v, k1, h / 2), time + h / 2)
      let k3 = derivative(step(v, k2, h / 2), time + h / 2)
      let k4 = derivative(step(v, k3, h), time + h)
      for i in v.indices { v[i] += h / 6 * (k1[i] + 2 * (k2[i] + k3[i]) + k4[i]) }
    }
    var input = [Double](repeating: 0, count: count)
    input[target] = 1
    #expect(relativeError(cable.membranePotentials(input: input, times: [10]), v) < 1e-7)
  }

  @Test(
    "an unbranched uniform cable is cut by the d_λ rule",
    arguments: [(350.0, 2.0, 11), (30, 2, 1), (130, 0.3, 11)])
  func lambdaRule(length: Double, diameter: Double, count: Int) throws {
    // λ(100 Hz) = 1e5 sqrt(d/(4π·100·150)) µm is 325.7 µm for 2 µm and 126.2 µm for 0.3 µm.
    let swc = "1 1 0 0 0 10 -1\n2 3 0 0 0 \(diameter / 2) 1\n3 3 0 0 \(length) \(diameter / 2) 2"
    let morphology = try CellMorphology(swc: swc, name: "stick")
    let segments = try CableDiscretisation(morphology, parameters: KernelParameters()).segments
    #expect(segments.count == 1 + count)
  }
}

@Suite struct AlphaResponseTests {
  @Test(
    "the response solves its differential equation",
    arguments: [0.05, 0.19, 0.2, 0.2 + 1e-9, 0.21, 3.0, 40.0])
  func solvesEquation(rate: Double) {
    let response = AlphaResponse(timeConstant: 5)
    // Central differences of step 1e-3 ms are exact to about 1e-6 of the input's scale, 1.
    for time in [0.5, 2.0, 5.0, 12.0, 60.0] {
      let slope =
        (response.value(at: time + 1e-3, rate: rate) - response.value(at: time - 1e-3, rate: rate)) / 2e-3
      let input = M_E * time / 5 * exp(-time / 5)
      #expect(abs(slope - (input - rate * response.value(at: time, rate: rate))) < 1e-5)
    }
    #expect(response.value(at: 0, rate: rate) == 0)
    #expect(response.value(at: -1, rate: rate) == 0)
  }

  @Test("nothing is lost where the two rates nearly coincide")
  func coincidingRates() {
    let response = AlphaResponse(timeConstant: 5)
    // With equal rates q = (e/τ)·t²/2·exp(-t/τ); the first-order change is -δ·t/3 relative.
    for time in [0.1, 5.0, 50.0] {
      let equal = M_E / 5 * time * time / 2 * exp(-time / 5)
      for delta in [0, 1e-14, 1e-11, -1e-9] {
        let value = response.value(at: time, rate: 0.2 + delta)
        #expect(abs(value / equal - (1 - delta * time / 3)) < 1e-13)
      }
    }
    // Both branches meet: |x| = 0.5 at a rate of 0.3 and 5 ms.
    let below = response.value(at: 5, rate: 0.3 - 1e-12)
    let above = response.value(at: 5, rate: 0.3 + 1e-12)
    #expect(abs(below / above - 1) < 1e-11)
  }
}
