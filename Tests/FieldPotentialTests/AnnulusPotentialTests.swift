import FieldPotential
import Foundation
import Testing

@Suite struct AnnulusPotentialTests {
  private let radius = (1e6 / Double.pi).squareRoot()

  @Test("the closed form agrees with graded quadrature")
  func quadrature() throws {
    let reference = try FieldReference.shared.get().annulus
    let potential = AnnulusPotential(innerRadius: 10, outerRadius: radius, conductivity: 0.3)
    for (a, row) in zip(reference.lateral, reference.potential) {
      for (h, expected) in zip(reference.height, row) {
        // Close to the plane of the annulus the reference's quadrature is good to 1e-6.
        let tolerance = h < 50 ? 1e-6 : 1e-10
        #expect(abs(potential(lateral: a, height: h) / expected - 1) < tolerance, "a = \(a), h = \(h)")
        #expect(potential(lateral: a, height: h) == potential(lateral: a, height: -h))
      }
    }
  }

  @Test("on the axis the potential is that of elementary geometry", arguments: [0, 1e-9, 0.3, 10, 100, 5000])
  func axis(height: Double) {
    let potential = AnnulusPotential(innerRadius: 10, outerRadius: radius, conductivity: 0.3)
    let rings = (radius * radius + height * height).squareRoot() - (100 + height * height).squareRoot()
    let expected = 2 * rings / (radius * radius - 100) / (4 * .pi * 0.3)
    #expect(abs(potential(lateral: 0, height: height) / expected - 1) < 1e-11)
  }

  @Test("the potential is continuous across both edges and in the plane of the disc")
  func continuity() {
    let potential = AnnulusPotential(innerRadius: 10, outerRadius: radius, conductivity: 0.3)
    for edge in [10, radius] {
      for height in [0, 1e-6, 0.01, 5.0] {
        let values = [-1e-9, 0, 1e-9].map { potential(lateral: edge + $0, height: height) }
        #expect(values.allSatisfy { abs($0 / values[1] - 1) < 1e-9 }, "\(values)")
      }
    }
    #expect(abs(potential(lateral: 100, height: 0) / potential(lateral: 100, height: 1e-8) - 1) < 1e-9)
  }

  @Test("a disc without a hole is allowed, a far source is a point")
  func limits() {
    let disc = AnnulusPotential(innerRadius: 0, outerRadius: radius, conductivity: 0.3)
    #expect(abs(disc(lateral: 0, height: 0) * 4 * .pi * 0.3 * radius / 2 - 1) < 1e-12)
    let distance = (3e5 * 3e5 + 4e5 * 4e5).squareRoot()
    // The next term of the expansion is of order (R/distance)², 1e-6.
    #expect(abs(disc(lateral: 3e5, height: 4e5) * 4 * .pi * 0.3 * distance - 1) < 1e-6)
  }

  @Test("off the axis the mean over angles agrees with brute force")
  func lateralContacts() throws {
    // Somata on a fine grid over the annulus, cells turned to a grid of angles, one dendrite, one contact.
    var parameters = KernelParameters()
    parameters.contacts = [Contact(x: 60, y: 80, z: -300)]
    let morphology = try CellMorphology(
      swc: "1 1 0 0 0 10 -1\n2 3 40 0 20 1 1\n3 3 60 0 30 1 2", name: "tilted")
    let discretisation = try CableDiscretisation(morphology, parameters: parameters)
    let mapped = PopulationMap(parameters: parameters)
      .values(discretisation, placement: CellPlacement(somaHeight: -400))

    var sums = [0.0, 0.0]
    let (rings, angles, turns) = (120, 90, 12)
    for ring in 0..<rings {
      // Rings of equal area.
      let fraction = (Double(ring) + 0.5) / Double(rings)
      let r = (100 + fraction * (radius * radius - 100)).squareRoot()
      for angle in 0..<angles {
        let phi = 2 * .pi * Double(angle) / Double(angles)
        let soma = SIMD3(r * cos(phi), r * sin(phi), -400)
        for turn in 0..<turns {
          let cell = morphology.rotated(z: 2 * .pi * (Double(turn) + 0.3) / Double(turns))
          let map = try LineSourceMap(
            CableDiscretisation(cell, parameters: parameters), somaPosition: soma,
            contacts: parameters.contacts, conductivity: parameters.conductivity)
          sums[0] += map.values[0]
          sums[1] += map.values[1]
        }
      }
    }
    let brute = sums.map { $0 / Double(rings * angles * turns) }
    // The contact is 70 µm or more above all sources; the grid is good to about 1e-4.
    #expect(discretisation.segments.count == 2)
    #expect(relativeError(mapped, brute) < 5e-4)
  }
}
