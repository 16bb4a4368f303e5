import CNetworkStep
import RandomStreams

/// One time step of all neurons, given what arrives: drive, membranes, spikes.
package struct NetworkStep {
  private let drive: PoissonDrive
  private let membranes: MembraneState
  private let instructions: InstructionSet
  private let lines: Int

  /// The neurons of a network at its beginning.
  ///
  /// - Parameters:
  ///   - key: The network's; names the streams of the drive, initial potentials and properties that are drawn.
  ///   - instructions: What the step is computed with.
  package init(_ constants: NetworkConstants, key: StreamKey, instructions: InstructionSet = .chosen) {
    drive = PoissonDrive(table: constants.drive, neurons: constants.neurons, key: key)
    membranes = MembraneState(constants, key: key)
    lines = NeuronLine.count(for: constants.neurons)
    self.instructions = instructions
  }

  /// The potential of a neuron relative to rest, in mV.
  package func potential(of neuron: Int) -> Float { membranes.potential(of: neuron) }

  /// Advances from k·dt to (k + 1)·dt, k being `step`; writes the ids of neurons that fire in increasing order to `spikes`
  /// and returns their number.
  package func advance(step: Int, _ inputs: NetworkInputs, spikes: UnsafeMutablePointer<UInt32>) -> Int {
    withUnsafePointer(to: inputs) { inputs in
      withUnsafePointer(to: drive.native) { drive in
        withUnsafePointer(to: membranes.native) { membranes in
          Int(
            instructions.kernels.step(
              membranes, drive, inputs, lines, self.drive.firstDraw(step: step), spikes))
        }
      }
    }
  }
}

/// What arrives in a step; see `network_step.h`.
package typealias NetworkInputs = network_inputs

extension NetworkInputs {
  /// Counts of excitatory and inhibitory inputs by neuron, padded to whole lines; they become zero.
  package init(excitatory: UnsafeMutablePointer<UInt16>, inhibitory: UnsafeMutablePointer<UInt16>) {
    self.init()
    self.excitatory.counts = excitatory
    self.inhibitory.counts = inhibitory
  }
}
