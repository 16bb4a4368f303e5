/// Population A, which represents the input, and population B, which represents a function of it, one connected to the other
/// by exponential synapses.
///
/// The weight from neuron i of A to neuron j of B is d_i e_j, decoder times encoder. Such a matrix has rank one: what reaches
/// j is e_j u, with one number u for all of B, which each spike of i raises by d_i.
package struct CoupledPopulations: Sendable {
  /// The population that represents the input.
  package let a: Population
  /// The population that represents the function.
  package let b: Population
  /// d of A's neurons, of the function of x.
  package let decodersA: [Double]
  /// d of B's neurons, of what B represents.
  package let decodersB: [Double]
  /// From A to B, and from B to the output.
  package let synapse: ExponentialSynapse

  /// Two populations with their decoders.
  package init(
    a: Population, b: Population, decodersA: [Double], decodersB: [Double], synapse: ExponentialSynapse
  ) {
    precondition(a.count == decodersA.count && b.count == decodersB.count, "a decoder for each neuron")
    (self.a, self.b, self.decodersA, self.decodersB, self.synapse) = (a, b, decodersA, decodersB, synapse)
  }

  /// The weights of all connections, [neuron of A][neuron of B].
  package var weights: [[Double]] { decodersA.map { decoder in b.encoders.map { decoder * $0 } } }

  /// A spike.
  package struct Spike: Sendable, Equatable {
    /// The time step, from 0.
    package let step: Int32
    /// The neuron, from 0.
    package let neuron: Int32

    /// A spike of a neuron in a step.
    package init(step: Int, neuron: Int) { (self.step, self.neuron) = (Int32(step), Int32(neuron)) }
  }

  /// What happens while an input goes on.
  package struct Run: Sendable {
    /// u: the function as A's spikes tell it behind one synapse, in each step.
    package fileprivate(set) var decodedByA: [Double] = []
    /// What B's spikes tell behind another synapse, in each step.
    package fileprivate(set) var output: [Double] = []
    /// Number of spikes of A and of B.
    package fileprivate(set) var spikeCounts = (a: 0, b: 0)
    /// The spikes of A, in order of time; empty unless they were to be kept.
    package fileprivate(set) var spikesA: [Spike] = []
    /// The spikes of B.
    package fileprivate(set) var spikesB: [Spike] = []
  }

  /// Simulates from rest, one step for each number of the input.
  ///
  /// Sums run over the spiking neurons in ascending order.
  package func run(input: [Double], keepsSpikes: Bool = false) -> Run {
    var run = Run()
    run.decodedByA.reserveCapacity(input.count)
    run.output.reserveCapacity(input.count)
    var (membranesA, membranesB) = (MembraneLanes(a), MembraneLanes(b))
    let (jumpsA, jumpsB) = (decodersA.map { $0 * synapse.share }, decodersB.map { $0 * synapse.share })
    var (decoded, output) = (0.0, 0.0)
    for (step, x) in input.enumerated() {
      decoded *= synapse.decay
      membranesA.advance(representing: x) { neuron in
        decoded += jumpsA[neuron]
        run.spikeCounts.a += 1
        if keepsSpikes { run.spikesA.append(Spike(step: step, neuron: neuron)) }
      }
      output *= synapse.decay
      membranesB.advance(representing: decoded) { neuron in
        output += jumpsB[neuron]
        run.spikeCounts.b += 1
        if keepsSpikes { run.spikesB.append(Spike(step: step, neuron: neuron)) }
      }
      run.decodedByA.append(decoded)
      run.output.append(output)
    }
    return run
  }
}
