import Foundation
import RandomStreams
import SpikingNetwork
import Testing

private let all = Array(0..<256 as Range<UInt32>)

@Suite("Membrane")
struct MembraneTests {
  @Test(
    "The rate under constant input is the analytic one, to the next step of the grid",
    arguments: [
      // Refractory period in ms, reset in mV, counts per step, J in mV.
      (2.0, 10.0, UInt16(3), 0.05), (2, 10, 2, 0.1), (0, 10, 5, 0.1), (2, 0, 1, 0.15), (0.1, -5, 30, 0.05),
      (20, 10, 1, 0.5), (2, 10, 100, 0.02), (5, 19, 1, 0.101),
    ])
  func rateUnderConstantInput(refractory: Double, reset: Double, counts: UInt16, efficacy: Double) throws {
    var neurons = try DrivenNeurons {
      ($0.refractoryPeriod, $0.resetPotential, $0.efficacy) = (refractory, reset, efficacy)
    }
    var times = [[Int]](repeating: [], count: 256)
    for step in 0..<20_000 {
      for neuron in neurons.advance(excitatory: counts) { times[Int(neuron)].append(step) }
    }
    // Jumps of J·n every dt lead to the potential that a constant current RI = J·n/(1 − exp(−dt/τ)) has at
    // the grid points: V approaches RI with the time constant τ.
    let dt = 0.1, tau = 20.0, threshold = 20.0
    let drive = efficacy * Double(counts) / (1 - exp(-dt / tau))
    let rise = tau * log((drive - reset) / (drive - threshold))
    // The first step with V ≥ θ. Examples lie off the grid points by far more than Float rounding.
    let interval = Int((refractory / dt).rounded()) + Int((rise / dt).rounded(.up))
    for times in times {
      #expect(times.count > 10)
      #expect(zip(times, times.dropFirst()).allSatisfy { $1 - $0 == interval })
    }
    let analyticRate = 1000 / (refractory + rise)
    let rate = 1000 / (Double(interval) * dt)
    #expect(rate <= analyticRate && 1000 / rate - 1000 / analyticRate < dt)
  }

  @Test("Constant input below threshold never makes a neuron fire again")
  func subthresholdInput() throws {
    // The potential tends to 0.099/(1 − exp(−0.005)) = 19.85 mV.
    var neurons = try DrivenNeurons { $0.efficacy = 0.099 }
    for _ in 0..<1000 { _ = neurons.advance(excitatory: 1) }
    for _ in 0..<5000 { #expect(neurons.advance(excitatory: 1).isEmpty) }
  }

  @Test("A potential equal to the threshold is a spike")
  func spikeAtThreshold() throws {
    var neurons = try DrivenNeurons {
      ($0.efficacy, $0.resetPotential, $0.refractoryPeriod) = (0.5, 0, 0)
    }
    #expect(neurons.advance(excitatory: 100) == all)  // now all are at rest
    for _ in 0..<10 { #expect(neurons.advance(excitatory: 40) == all) }
    #expect(neurons.advance(excitatory: 39) == [])
  }

  @Test("Excitation and inhibition of one step are summed before the threshold is tested")
  func inhibitionCounts() throws {
    var neurons = try DrivenNeurons {
      ($0.efficacy, $0.g, $0.resetPotential, $0.refractoryPeriod) = (0.5, 4, 0, 0)
    }
    #expect(neurons.advance(excitatory: 1000) == all)
    // 80·0.5 − 10·2 = 20 mV, then 2 mV less.
    #expect(neurons.advance(excitatory: 80, inhibitory: 10) == all)
    #expect(neurons.advance(excitatory: 80, inhibitory: 11) == [])
  }

  @Test(
    "Counts of up to 16 bits and their order within the line are kept", arguments: InstructionSet.available)
  func everyNeuronHasItsOwnCounts(instructions: InstructionSet) throws {
    var neurons = try DrivenNeurons(instructions: instructions) {
      ($0.efficacy, $0.g, $0.resetPotential, $0.refractoryPeriod) = (0.5, 1, 0, 0)
    }
    let inhibitory = (0..<256).map { UInt16($0 * 250) }
    for neuron in 0..<256 {
      _ = neurons.advance(
        excitatory: .init(repeating: .max, count: 256), inhibitory: .init(repeating: 0, count: 256))
      // All but one miss the threshold by one count.
      var excitatory = inhibitory.map { $0 + 39 }
      excitatory[neuron] += 1
      #expect(neurons.advance(excitatory: excitatory, inhibitory: inhibitory) == [UInt32(neuron)])
    }
  }

  @Test("A neuron rests for the refractory period, inputs in it are lost", arguments: [0, 1, 2, 20, 300])
  func refractoriness(steps: Int) throws {
    var neurons = try DrivenNeurons {
      ($0.efficacy, $0.resetPotential, $0.refractoryPeriod) = (0.5, 0, Double(steps) / 10)
    }
    #expect(neurons.advance(excitatory: 1000) == all)
    for _ in 0..<3 {
      for _ in 0..<steps { #expect(neurons.advance(excitatory: 1000, inhibitory: 7) == []) }
      // What came meanwhile has no effect: 39 counts are one too few from the reset potential, 40 enough.
      #expect(neurons.advance(excitatory: 40) == all)
      for _ in 0..<steps { #expect(neurons.advance(excitatory: 1000) == []) }
      #expect(neurons.advance(excitatory: 39) == [])
      #expect(neurons.advance(excitatory: 1000) == all)
    }
  }

  @Test("The reset potential does not decay during refractoriness")
  func resetIsHeld() throws {
    var neurons = try DrivenNeurons {
      ($0.efficacy, $0.resetPotential, $0.refractoryPeriod) = (0.5, 19.5, 10)
    }
    #expect(neurons.advance(excitatory: 1000) == all)
    for _ in 0..<100 { #expect(neurons.advance(excitatory: 0) == []) }
    // 19.5·exp(−0.005) + 2·0.5 mV are above 20 mV; after 10 ms of decay they would be 12.8 mV.
    #expect(neurons.advance(excitatory: 2) == all)
  }

  @Test("Initial potentials are uniform between rest and threshold")
  func initialPotentials() throws {
    // Neuron i fires in the first step with n counts of 0.1 mV if V(0)·exp(−dt/τ) ≥ 20 − 0.1·n.
    var fired = [Int](repeating: 0, count: 11)
    for level in 0...10 {
      var neurons = try DrivenNeurons { $0.efficacy = 0.1 }
      fired[level] = neurons.advance(excitatory: UInt16(20 * level)).count
    }
    #expect(fired[0] == 0)
    for level in 1...10 {
      let p = 1 - min(1, (20 - 2 * Double(level)) / 20 * exp(0.1 / 20))
      let error = (256 * p * (1 - p)).squareRoot()
      #expect(abs(Double(fired[level]) - 256 * p) <= 4 * error)
    }
  }

  @Test("Neurons that only fill up a line never fire", arguments: InstructionSet.available)
  func padding(instructions: InstructionSet) throws {
    var neurons = try DrivenNeurons(neurons: (3, 2), instructions: instructions) { _ in }
    var fired: Set<[UInt32]> = []
    for _ in 0..<1000 { fired.insert(neurons.advance(excitatory: .max)) }
    #expect(fired == [[], [0, 1, 2, 3, 4]])
  }
}
