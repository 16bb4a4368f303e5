import Foundation
import RandomStreams
import SingleNeuron
import Testing

@Suite("A neuron under Poisson inputs, simulated")
struct PoissonDriveTests {
  private struct Simulated: Decodable {
    struct Row: Decodable {
      let J_e, rate_e, J_i, rate_i, siegert_hz: Double
      let event_driven, grid: Run?

      enum CodingKeys: String, CodingKey {
        case J_e, rate_e, J_i, rate_i, siegert_hz, event_driven
        case grid = "grid_0.1ms"
      }
    }
    struct Run: Decodable { let rate_hz, rate_se, cv: Double }
    let rows: [Row]
  }

  private let neuron = LIFNeuron()
  private let theory = NoisyNeuron(LIFNeuron())

  private func simulated(
    _ input: PoissonInput, seconds: Double, timeStep: Double? = nil, seed: UInt64 = 1
  ) throws -> IntervalMoments {
    let driven = PoissonDrivenNeuron(neuron, input: input)
    let duration = 1000 * seconds / Double(PoissonDrivenNeuron.lanes)
    return if let timeStep {
      try driven.intervals(duration: duration, timeStep: timeStep, key: StreamKey(seed: seed))
    } else {
      driven.intervals(duration: duration, key: StreamKey(seed: seed))
    }
  }

  private func input(_ mean: Double, _ deviation: Double, jump: Double) throws -> PoissonInput {
    try #require(
      PoissonInput(WhiteNoise(mean: mean, deviation: deviation), jump: jump, membraneTimeConstant: 20))
  }

  @Test("At jumps of 0.01 mV the rate is Siegert's within 0.5 % or three standard errors")
  func smallJumps() throws {
    let input = PoissonInput(excitatoryJump: 0.01, excitatoryRate: 105_000)
    let found = try simulated(input, seconds: 200)
    let noise = input.whiteNoise(membraneTimeConstant: 20)
    let expected = theory.rate(noise)
    #expect(abs(found.rate - expected) < max(0.005 * expected, 3 * found.rateError))
    #expect(agrees(found.coefficientOfVariation, theory.coefficientOfVariation(noise), to: 0.05))
  }

  @Test(
    "At finite jumps rates and CVs are those of another program, exactly in time and on the grid of 0.1 ms")
  func finiteJumps() throws {
    let file: Simulated = try reference("poisson_drive")
    var deviations: [Double] = []
    for row in file.rows {
      let input = PoissonInput(
        excitatoryJump: row.J_e, excitatoryRate: row.rate_e, inhibitoryJump: row.J_i,
        inhibitoryRate: row.rate_i)
      for (reference, timeStep) in [(row.event_driven, nil), (row.grid, 0.1)] {
        guard let reference else { continue }
        let seconds = min(1000, 1.5e7 / (row.rate_e + row.rate_i))
        let found = try simulated(input, seconds: seconds, timeStep: timeStep, seed: 2)
        let error = hypot(found.rateError, reference.rate_se)
        #expect(abs(found.rate - reference.rate_hz) < max(4 * error, 0.001 * reference.rate_hz), "\(row)")
        let spread = 4 / Double(found.count).squareRoot()
        #expect(abs(found.coefficientOfVariation - reference.cv) < max(0.02, spread) * reference.cv, "\(row)")
        if timeStep == nil { deviations.append(reference.rate_hz / row.siegert_hz - 1) }
      }
    }
    // What the diffusion approximation misses there.
    #expect(agrees(try #require(deviations.max()), 0.0406, to: 0.01))
    #expect(agrees(try #require(deviations.min()), -0.1251, to: 0.01))
  }

  @Test("Jumps that shrink bring the rate to Siegert's, in the order of their size")
  func shrinkingJumps() throws {
    let expected = theory.rate(WhiteNoise(mean: 15, deviation: 6))
    let deviations = try [0.5, 0.25, 0.1].map { jump in
      try simulated(input(15, 6, jump: jump), seconds: 600, seed: 3).rate / expected - 1
    }
    for (found, reference) in zip(deviations, [-0.0399, -0.0301, -0.0130]) {
      #expect(abs(found - reference) < 0.025)
    }
    #expect(deviations[0] < deviations[2])
  }

  @Test(
    "On the network's grid plain Siegert is off, and within 1 % with the threshold raised",
    arguments: [(15.0, 6.0, -0.0495), (21, 2, -0.012)])
  func grid(mean: Double, deviation: Double, reference: Double) throws {
    let input = try input(mean, deviation, jump: 0.1)
    let noise = WhiteNoise(mean: mean, deviation: deviation)
    let found = try simulated(input, seconds: 3000, timeStep: 0.1)
    let plain = found.rate / theory.rate(noise) - 1
    let corrected = found.rate / theory.rate(noise, onGridOf: 0.1) - 1
    let error = found.rateError / found.rate
    #expect(abs(plain - reference) < 4 * error + 0.003)
    #expect(abs(corrected) < 0.01, "\(corrected) ± \(error)")
    #expect(error < 0.005)
  }

  @Test("The grid's correction vanishes with the step")
  func finerGrid() {
    let noise = WhiteNoise(mean: 18, deviation: 4)
    let exact = theory.rate(noise)
    let differences = [0.1, 0.025, 0.00625].map { theory.rate(noise, onGridOf: $0) / exact - 1 }
    #expect(differences.allSatisfy { $0 < 0 })
    // As the root of the step.
    #expect(agrees(differences[1] / differences[2], 2, to: 0.1))
  }

  @Test("Equal keys give equal intervals, other keys others; without input there are none")
  func keys() throws {
    let input = PoissonInput(
      excitatoryJump: 0.4, excitatoryRate: 2250, inhibitoryJump: 0.4, inhibitoryRate: 100)
    for timeStep in [nil, 0.1] {
      let runs = try [1, 1, 2].map { try simulated(input, seconds: 20, timeStep: timeStep, seed: $0) }
      #expect(runs[0] == runs[1] && runs[0] != runs[2] && runs[0].count > 20)
    }
    let none = try simulated(PoissonInput(excitatoryJump: 1, excitatoryRate: 0), seconds: 10)
    #expect(none.count == 0 && none.rate.isNaN)
  }

  @Test("Symmetric jumps have the mean and deviation asked for, if their rates can be")
  func symmetric() throws {
    let noise = WhiteNoise(mean: 15, deviation: 6)
    let found = try input(15, 6, jump: 0.5).whiteNoise(membraneTimeConstant: 20)
    #expect(agrees(found.mean, 15, to: 1e-13) && agrees(found.deviation, 6, to: 1e-13))
    #expect(PoissonInput(noise, jump: 2.5, membraneTimeConstant: 20) == nil)
  }
}
