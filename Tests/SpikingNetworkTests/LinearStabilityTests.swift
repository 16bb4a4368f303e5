import Foundation
import Numerics
import SpikingNetwork
import Testing

@Suite("Linear stability")
struct LinearStabilityTests {
  private struct Point: Decodable {
    let eta, g, J, rate_hz, winding_turns, static_loop_gain: Double
    let crossings_hz_and_gain: [[Double]]
  }
  private struct File: Decodable { let points: [Point] }
  private struct Boundary: Decodable {
    let kind: String
    let g, J: Double
    let boundary_eta, frequency_hz, from_eta, to_eta: Double?
    let gains: [Double]?
  }

  private func stability(_ eta: Double, _ g: Double, _ efficacy: Double) -> LinearStability {
    let theory = MeanField(network(eta, g, efficacy))
    return LinearStability(theory, theory.state(theory.rate))
  }

  @Test("Unstable modes, and loop gains at the frequencies of zero phase, at eleven points")
  func points() throws {
    let points = try theoryReference("stability", as: File.self).points
    #expect(points.count == 11)
    for point in points {
      let theory = MeanField(network(point.eta, point.g, point.J))
      let states = theory.states
      #expect(states.count == 1 && abs(states[0].rate / point.rate_hz - 1) < 1e-8)
      let stability = LinearStability(theory, states[0])
      // Its turns end at 1000 Hz, short of a whole number.
      #expect(stability.unstableModeCount == Int(-point.winding_turns.rounded()), "\(point)")
      #expect(stability.zeroPhases.count == point.crossings_hz_and_gain.count)
      for (found, expected) in zip(stability.zeroPhases, point.crossings_hz_and_gain) {
        // The reference joins points up to 3.2 Hz apart by straight lines.
        #expect(abs(found.frequency - expected[0]) < 0.02, "\(point)")
        #expect(abs(found.gain / expected[1] - 1) < 1e-3, "\(point)")
      }
      let loop = try #require(LoopGain(theory, rate: states[0].rate))
      #expect(abs(loop.value(frequency: 0.01).real / point.static_loop_gain - 1) < 1e-8)
    }
  }

  @Test(
    "One pair grows where networks oscillate, near the frequency of the spectrum's peak in NEST",
    arguments: [
      (4.0, 6.0, 0.1, 188.0, 183.0), (4, 7, 0.15, 174, 177), (0.9, 4.5, 0.1, 29, 23), (0.9, 7, 0.25, 43, 30),
    ])
  func oscillations(eta: Double, g: Double, efficacy: Double, frequency: Double, peak: Double) throws {
    let stability = stability(eta, g, efficacy)
    #expect(stability.unstableModes.count == 1 && stability.unstableModeCount == 2)
    let zeroPhase = try #require(stability.zeroPhases.first { $0.gain > 1 })
    #expect(abs(zeroPhase.frequency - frequency) < 1)
    let mode = stability.unstableModes[0]
    #expect(mode.growth > 0 && abs(mode.frequency / zeroPhase.frequency - 1) < 0.02)
    #expect(abs(mode.frequency / peak - 1) < 0.5)
  }

  @Test(
    "Where networks lock at 333 Hz a pair near 1/t_d grows",
    arguments: [(2.0, 3.0, 0.1, 663.0), (2, 3.5, 0.25, 734)])
  func delayed(eta: Double, g: Double, efficacy: Double, frequency: Double) {
    let growing = stability(eta, g, efficacy).zeroPhases.filter { $0.gain > 1 }
    #expect(growing.count == 1 && abs(growing[0].frequency - frequency) < 1)
  }

  @Test(
    "Asynchronous states are stable",
    arguments: [(2.0, 5.0, 0.1), (2.8, 5.5, 0.05), (2, 4.5, 0.35), (3, 6, 0.2), (1.5, 8, 0.4)])
  func asynchronous(eta: Double, g: Double, efficacy: Double) {
    let stability = stability(eta, g, efficacy)
    #expect(stability.unstableModeCount == 0 && stability.unstableModes.isEmpty)
    #expect(stability.zeroPhases.allSatisfy { $0.gain < 1 })
  }

  @Test("A growing mode is a root: the loop gain there is 1")
  func roots() throws {
    let theory = MeanField(network(4, 6, 0.1))
    let state = theory.state(theory.rate)
    let mode = try #require(LinearStability(theory, state).unstableModes.first)
    let lambda = Complex(mode.growth, 2 * Double.pi * mode.frequency) / 1000
    let loop = try #require(LoopGain(theory, rate: state.rate))
    #expect((loop.value(lambda) - Complex(1)).magnitude < 1e-9)
  }

  @Test("The state between two others tips over without oscillating")
  func tipping() throws {
    let theory = MeanField(network(0.8, 3, 0.1))
    let stability = theory.states.map { LinearStability(theory, $0) }
    #expect(stability[0].unstableModeCount == 0)
    #expect(stability[1].unstableModeCount % 2 == 1)
    let mode = try #require(stability[1].unstableModes.first)
    #expect(mode.frequency == 0 && mode.growth > 0)
  }

  @Test("Nothing grows in a network that is silent to the last digit")
  func silent() {
    let theory = MeanField(network(0.1, 5, 0.01))
    let stability = LinearStability(theory, theory.state(theory.rate))
    #expect(LoopGain(theory, rate: 0) == nil)
    #expect(theory.rate == 0 && stability.unstableModeCount == 0 && stability.zeroPhases.isEmpty)
  }

  @Test("Borders at J = 0.1 mV are where the reference has them, and none where it has none")
  func borders() throws {
    let boundaries: [Boundary] = try theoryReference("boundaries")
    #expect(boundaries.count == 10)
    for row in boundaries {
      let isFast = row.kind == "fast"
      let found = StabilityPlane.border(
        network(2, row.g, row.J), eta: isFast ? 1.6...4.5 : 0.86...1.6, band: isFast ? 60...400 : 8...200)
      // The reference halves the range down to 0.002.
      #expect((found == nil) == (row.boundary_eta == nil), "\(row)")
      if let found, let eta = row.boundary_eta, let frequency = row.frequency_hz {
        #expect(abs(found.eta - eta) < 0.002 && abs(found.frequency - frequency) < 0.6, "\(row)")
      }
      for (eta, gain) in zip([row.from_eta, row.to_eta], row.gains ?? []) {
        let theory = MeanField(network(try #require(eta), row.g, row.J))
        let loop = try #require(LoopGain(theory, rate: theory.rate))
        let largest = loop.zeroPhases(in: isFast ? 60...400 : 8...200).map(\.gain).max() ?? -1
        #expect(abs(largest - gain) < 1e-3, "\(row)")
      }
    }
  }

  @Test("The plane of η and g has all three kinds of borders, in pieces that lie within it")
  func plane() throws {
    var rows = 0
    let plane = StabilityPlane(network(2, 5, 0.1), eta: 0.8...4, g: 3...8, points: 14) { rows += 1 }
    #expect(rows > 14)
    for oscillation in StabilityPlane.Oscillation.allCases {
      #expect(plane.borders.contains { $0.oscillation == oscillation }, "\(oscillation)")
    }
    for piece in plane.borders {
      for end in [piece.from, piece.to] {
        #expect((0.8...4).contains(end.eta) && (3...8).contains(end.g))
      }
    }
    // The fast border as at g = 6.
    let near = plane.borders.filter {
      $0.oscillation == .fast && min($0.from.g, $0.to.g) <= 6 && max($0.from.g, $0.to.g) >= 6
    }
    #expect(near.contains { abs($0.from.eta - 3.26) < 0.3 })
  }
}
