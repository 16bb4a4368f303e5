import Foundation
import RandomStreams
import SpikingNetwork

/// The network written out neuron by neuron, for comparison with the engines.
///
/// It shares with them the wiring as drawn and the definitions of the random streams, nothing else.
struct ReferenceNetwork {
  /// All spikes before the end, in order of time, then of neuron.
  private(set) var grid: [UInt32] = []
  private(set) var neurons: [UInt32] = []
  /// The most recurrent inputs of one population that a neuron took up, not being refractory, in one step.
  private(set) var mostInputs = 0
  /// The most neurons that fired in one step.
  private(set) var mostSpikes = 0

  init(_ p: NetworkParameters, key: StreamKey, steps: Int) throws {
    var wiring = FixedInDegreeWiring(constants: try NetworkConstants(p), key: key)
    var targets = [[Int]](repeating: [], count: p.neurons)
    for target in 0..<p.neurons { wiring.forEachSource(of: target) { targets[$0].append(target) } }
    var drive = try ReferenceDrive(
      mean: p.externalSpikesPerStep, blocks: (p.neurons + 255) / 256, key: key)

    let threshold = Float(p.threshold - p.restingPotential)
    let reset = Float(p.resetPotential - p.restingPotential)
    let decay = Float(exp(-p.timeStep / p.membraneTimeConstant))
    let excitatoryWeight = Float(p.efficacy), inhibitoryWeight = Float(-p.g * p.efficacy)
    let delay = Int((p.delay / p.timeStep).rounded())
    let refractory = Int((p.refractoryPeriod / p.timeStep).rounded())

    // Uniform in [rest, threshold), from 24 bits.
    let start = key.derived(StreamPurpose("initial potential"))
    var potential = (0..<p.neurons).map { Float(start.word(at: UInt64($0)) >> 40) * 0x1p-24 * threshold }
    var clamped = [Int](repeating: 0, count: p.neurons)
    var spikes: [[Int]] = []
    for step in 0..<steps {
      var excitatory = [Int](repeating: 0, count: p.neurons), inhibitory = excitatory
      if step >= delay {
        for source in spikes[step - delay] {
          for target in targets[source] {
            if source < p.excitatoryNeurons { excitatory[target] += 1 } else { inhibitory[target] += 1 }
          }
        }
      }
      let external = drive.counts(step: step)
      var fired: [Int] = []
      for neuron in 0..<p.neurons {
        if clamped[neuron] > 0 {
          clamped[neuron] -= 1
          continue
        }
        mostInputs = max(mostInputs, excitatory[neuron], inhibitory[neuron])
        potential[neuron] =
          potential[neuron] * decay
          + (excitatoryWeight * Float(excitatory[neuron] + external[neuron])
            + inhibitoryWeight * Float(inhibitory[neuron]))
        if potential[neuron] >= threshold {
          potential[neuron] = reset
          clamped[neuron] = refractory
          fired.append(neuron)
        }
      }
      spikes.append(fired)
      mostSpikes = max(mostSpikes, fired.count)
      // A spike at the very end lies outside [0, duration).
      if step + 1 < steps {
        grid += fired.map { _ in UInt32(step + 1) }
        neurons += fired.map { UInt32($0) }
      }
    }
  }
}
