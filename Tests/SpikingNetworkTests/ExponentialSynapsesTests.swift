import Foundation
import ParameterChecks
import RandomStreams
import SpikingNetwork
import Testing

@Suite("Exponential synaptic currents")
struct ExponentialSynapsesTests {
  private let timeStep = 0.1, membrane = 20.0

  /// Neurons that have come to rest.
  private func resting(
    _ instructions: InstructionSet = .chosen, _ change: (inout NetworkParameters) -> Void
  ) throws -> DrivenNeurons {
    var neurons = try DrivenNeurons(instructions: instructions, change)
    for _ in 0..<10_000 { neurons.advance(excitatory: 0) }
    return neurons
  }

  @Test(
    "An input makes the postsynaptic potential of an exponential current on a leaky membrane",
    arguments: [0.05, 0.5, 2, 5, 19.999, 20, 50], InstructionSet.available)
  func postsynapticPotential(synaptic: Double, instructions: InstructionSet) throws {
    var neurons = try resting(instructions) { ($0.synapticTimeConstant, $0.g) = (synaptic, 4) }
    let efficacy = 0.5
    func expected(_ time: Double) -> Double {
      guard synaptic != membrane else { return efficacy * time / membrane * exp(-time / membrane) }
      return efficacy * membrane / (membrane - synaptic) * (exp(-time / membrane) - exp(-time / synaptic))
    }
    for (excitatory, inhibitory, size) in [(1, 0, 1.0), (0, 1, -4)] as [(UInt16, UInt16, Double)] {
      neurons.advance(excitatory: excitatory, inhibitory: inhibitory)
      for step in 0..<3000 {
        for neuron in [0, 1, 30, 31, 199, 200, 255] {
          let difference = neurons.potential(of: neuron) - size * expected(Double(step) * timeStep)
          #expect(abs(difference) < 1e-5 * efficacy * abs(size), "step \(step)")
        }
        neurons.advance(excitatory: 0)
      }
      for _ in 0..<12_000 { neurons.advance(excitatory: 0) }
    }
  }

  @Test("A very short current is an input of no duration that arrives a step later")
  func shortCurrents() throws {
    var (short, instant) = (try resting { $0.synapticTimeConstant = 1e-4 }, try resting { _ in })
    short.advance(excitatory: 3)
    instant.advance(excitatory: 0)
    #expect(abs(short.potential(of: 0)) < 1e-15)
    for step in 0..<200 {
      short.advance(excitatory: 0)
      instant.advance(excitatory: step == 0 ? 3 : 0)
      // It has decayed meanwhile, for the step less the time constant.
      let ratio = short.potential(of: 0) / instant.potential(of: 0)
      #expect(abs(ratio - exp(-timeStep / membrane)) < 1e-5)
    }
  }

  @Test(
    "Mean and variance of the potential under Poisson inputs are those of shot noise",
    arguments: [0.5, 5, 20])
  func shotNoise(synaptic: Double) throws {
    let efficacy = 0.05, mean = 10.0
    var neurons = try resting {
      ($0.eta, $0.efficacy, $0.synapticTimeConstant) = (mean / 20, efficacy, synaptic)
    }
    var (sum, squares, count) = (0.0, 0.0, 0.0)
    for step in 0..<30_000 {
      #expect(neurons.advance(excitatory: 0).isEmpty)
      guard step % 20 == 0 else { continue }
      for neuron in 0..<256 {
        let value = neurons.potential(of: neuron) - mean
        (sum, squares, count) = (sum + value, squares + value * value, count + 1)
      }
    }
    // Campbell's theorem for rate mean/(J τ_m).
    let variance = mean * efficacy * membrane / (2 * (membrane + synaptic))
    // Independent values are two correlation times apart; four standard errors.
    let independent = 256 * 3000 / (2 * (membrane + synaptic))
    #expect(abs(sum / count) < 4 * (variance / independent).squareRoot())
    #expect(abs(squares / count / variance - 1) < 4 * (2 / independent).squareRoot())
  }

  @Test("What the potential takes up is accurate for nearly equal time constants, too")
  func transfer() {
    func transfer(_ membrane: Double, _ synaptic: Double) -> Double {
      NeuronProperties.transfer(
        membraneTimeConstant: membrane, synapticTimeConstant: synaptic, step: timeStep)
    }
    let limit = timeStep / membrane * exp(-timeStep / membrane)
    #expect(transfer(membrane, membrane) == limit)
    for excess in [1e-15, 1e-12, 1e-9, 1e-6, -1e-15, -1e-12, -1e-9, -1e-6] {
      // To first order the transfer falls as 1/τ_syn, by one more term of dt/τ.
      let expected = limit * (1 - excess * (1 - timeStep / membrane / 2))
      #expect(abs(transfer(membrane, membrane * (1 + excess)) / expected - 1) < 1e-15 + 2 * excess * excess)
    }
    for synaptic in [1e-300, 1e-3, 0.5, 2, 15, 25, 400, 1e300] {
      let plain =
        membrane / (membrane - synaptic) * (exp(-timeStep / membrane) - exp(-timeStep / synaptic))
      #expect(abs(transfer(membrane, synaptic) - plain) <= 1e-13 * abs(plain))
    }
    #expect(transfer(1e-6, 2) >= 0 && transfer(1e-300, 1e-300) == 0)
  }

  @Test("A time constant of zero is a network of delta synapses; others change the spikes")
  func zero() throws {
    let spikes = try [0, 0.1, 2].map { time in
      let network = NetworkParameters.small(800, 200, inDegrees: (80, 20)) { $0.synapticTimeConstant = time }
      return try Simulation(network, timing: SimulationTiming(duration: 100)).run(
        key: StreamKey(seed: 1), keepsSpikes: true
      ).spikes
    }
    let plain = try Simulation(
      .small(800, 200, inDegrees: (80, 20)), timing: SimulationTiming(duration: 100)
    ).run(key: StreamKey(seed: 1), keepsSpikes: true).spikes
    let areEqual = spikes.map { $0 == plain }
    #expect(areEqual == [true, false, false])
  }

  private struct Reference: Decodable {
    struct Case: Decodable {
      let synapticTimeConstant: Double
      let potentials: [Double]
      let spikes: [Int]
    }
    // swift-format-ignore: AlwaysUseLowerCamelCase
    let J: Double
    let g: Double
    let excitatory: [UInt16]
    let inhibitory: [UInt16]
    let cases: [Case]
  }

  @Test(
    "A neuron under given inputs has the potentials and spikes of NEST's iaf_psc_exp",
    arguments: InstructionSet.available)
  func neuronOfNEST(instructions: InstructionSet) throws {
    let reference = try NESTReference.decode(Reference.self, "nest_exponential_neuron")
    for example in reference.cases {
      var neurons = try resting(instructions) {
        ($0.efficacy, $0.g, $0.synapticTimeConstant) = (
          reference.J, reference.g, example.synapticTimeConstant
        )
      }
      var (potentials, spikes): ([Double], [Int]) = ([], [])
      for (step, counts) in zip(reference.excitatory, reference.inhibitory).enumerated() {
        let fired = neurons.advance(excitatory: counts.0, inhibitory: counts.1)
        #expect(fired.isEmpty || fired.count == 256)
        if !fired.isEmpty { spikes.append(step) }
        if step % 10 == 9 { potentials.append(neurons.potential(of: 77)) }
      }
      #expect(spikes == example.spikes && spikes.count > 5)
      // Factors in Float are off by up to 3e-8, over 200 steps by 1e-5 of some 20 mV.
      let differences = zip(potentials, example.potentials).map { abs($0 - $1) }
      #expect(potentials.count == 300 && differences.max()! < 3e-4, "τ_syn \(example.synapticTimeConstant)")
    }
  }
}
