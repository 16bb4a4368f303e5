import Foundation
import RandomStreams
import SpikingNetwork

/// The network written out neuron by neuron, for comparison with the engines.
///
/// It shares with them the wiring and its delays as drawn and the definitions of the random streams, nothing else.
struct ReferenceNetwork {
  /// All spikes before the end, in order of time, then of neuron.
  private(set) var grid: [UInt32] = []
  private(set) var neurons: [UInt32] = []
  /// The most recurrent inputs of one population that a neuron which is not refractory received in one step.
  private(set) var mostInputs = 0
  /// The most neurons that fired in one step.
  private(set) var mostSpikes = 0

  init(_ p: NetworkParameters, key: StreamKey, steps: Int, timeStep: Double = 0.1) throws {
    let targets = try Self.targets(p, timeStep, key: key)
    let neurons = Self.properties(p, timeStep, key: key)
    var drive = try ReferenceDrive(
      mean: p.externalSpikes(in: timeStep), blocks: (p.neurons + 255) / 256, key: key)

    let threshold = Float(p.threshold - p.restingPotential)
    let reset = Float(p.resetPotential - p.restingPotential)
    let excitatoryWeight = Float(p.efficacy), inhibitoryWeight = Float(-p.g * p.efficacy)

    // Uniform in [rest, nominal threshold), from 24 bits.
    let start = key.derived(StreamPurpose("initial potential"))
    var potential = (0..<p.neurons).map { Float(start.word(at: UInt64($0)) >> 40) * 0x1p-24 * threshold }
    var current = [Float](repeating: 0, count: p.neurons)
    let currentDecay = p.synapticTimeConstant > 0 ? Float(exp(-timeStep / p.synapticTimeConstant)) : 0
    var clamped = [Int](repeating: 0, count: p.neurons)
    // Excitatory and inhibitory inputs of each neuron in the steps to come.
    let longest = targets.joined().map(\.delay).max() ?? 0
    let noInputs = [Int](repeating: 0, count: 2 * p.neurons)
    var inputs = [[Int]](repeating: noInputs, count: longest + 1)
    for step in 0..<steps {
      let arriving = inputs[step % (longest + 1)]
      inputs[step % (longest + 1)] = noInputs
      let external = drive.counts(step: step)
      var fired: [Int] = []
      for neuron in 0..<p.neurons {
        var input =
          excitatoryWeight * Float(arriving[2 * neuron] + external[neuron])
          + inhibitoryWeight * Float(arriving[2 * neuron + 1])
        if p.synapticTimeConstant > 0 {
          let old = current[neuron]
          current[neuron] = old * currentDecay + input
          input = old * neurons[neuron].transfer
        }
        if clamped[neuron] > 0 {
          clamped[neuron] -= 1
          continue
        }
        mostInputs = max(mostInputs, arriving[2 * neuron], arriving[2 * neuron + 1])
        potential[neuron] = potential[neuron] * neurons[neuron].decay + input
        if potential[neuron] >= neurons[neuron].threshold {
          potential[neuron] = reset
          clamped[neuron] = neurons[neuron].refractorySteps
          fired.append(neuron)
        }
      }
      for source in fired {
        let kind = source < p.excitatoryNeurons ? 0 : 1
        for synapse in targets[source] {
          inputs[(step + synapse.delay) % (longest + 1)][2 * synapse.target + kind] += 1
        }
      }
      mostSpikes = max(mostSpikes, fired.count)
      // A spike at the very end lies outside [0, duration).
      if step + 1 < steps {
        grid += fired.map { _ in UInt32(step + 1) }
        self.neurons += fired.map { UInt32($0) }
      }
    }
  }
  /// Targets and delays in steps of the synapses of every source.
  private static func targets(_ p: NetworkParameters, _ timeStep: Double, key: StreamKey) throws -> [[(
    target: Int, delay: Int
  )]] {
    var targets = [[(target: Int, delay: Int)]](repeating: [], count: p.neurons)
    if case .explicit(let synapses) = p.connectivity {
      for synapse in synapses {
        targets[synapse.source].append((synapse.target, Int((synapse.delay / timeStep).rounded())))
      }
      return targets
    }
    var wiring = FixedInDegreeWiring(constants: try NetworkConstants(p, timeStep: timeStep), key: key)
    let delays = wiring.delays
    for target in 0..<p.neurons {
      wiring.forEachSynapse(of: target) { targets[$0].append((target, delays[$1])) }
    }
    return targets
  }

  private struct Neuron {
    let decay: Float
    /// What the potential takes up of a synaptic current.
    let transfer: Float
    let threshold: Float
    let refractorySteps: Int
  }

  /// Draws each neuron's properties.
  private static func properties(_ p: NetworkParameters, _ timeStep: Double, key: StreamKey) -> [Neuron] {
    (0..<p.neurons).map { neuron in
      func draw(_ nominal: Double, _ spread: Spread?, _ purpose: StreamPurpose) -> Double {
        guard let spread else { return nominal }
        var random = key.derived(purpose, UInt64(neuron)).generator()
        return TruncatedNormal(
          mean: nominal, standardDeviation: spread.standardDeviation, bounds: spread.bounds
        ).sample(&random)
      }
      let timeConstant = draw(
        p.membraneTimeConstant, p.spread.membraneTimeConstant, StreamPurpose("membrane time constant"))
      let threshold = draw(p.threshold, p.spread.threshold, StreamPurpose("threshold"))
      let period = draw(p.refractoryPeriod, p.spread.refractoryPeriod, StreamPurpose("refractory period"))
      return Neuron(
        decay: Float(exp(-timeStep / timeConstant)),
        transfer: Float(
          NeuronProperties.transfer(
            membraneTimeConstant: timeConstant, synapticTimeConstant: p.synapticTimeConstant, step: timeStep)),
        threshold: Float(threshold - p.restingPotential),
        refractorySteps: Int((period / timeStep).rounded()))
    }
  }
}
