import RandomStreams
import SpikingNetwork

/// The parts of a time step one at a time, for benchmarks: what ``Simulation`` does with a bit matrix and equal neurons.
package struct StepParts {
  /// The wiring.
  package let matrix: BitMatrix<UInt16>
  /// Neurons of the network.
  package let neurons: Int
  /// Values that a word of the drive is compared with.
  package let driveCells: Int
  private let lines: Int
  private var delivery: BitMatrixDelivery<UInt16>
  private let drive: PoissonDrive
  private let network: NetworkStep
  private var ring: DelayRing
  private let counts: AlignedArray<UInt16>
  private let spikes: AlignedArray<UInt32>

  /// Draws the network named by `key`; throws `ParameterError`.
  package init(_ parameters: NetworkParameters, key: StreamKey) throws {
    let constants = try NetworkConstants(parameters, timeStep: SimulationTiming().timeStep)
    neurons = constants.neurons
    lines = constants.lines
    driveCells = PoissonCells(constants.drive).ends.count
    matrix = BitMatrix(
      wiring: FixedInDegreeWiring(constants: constants, key: key), memory: SimulationMemory(), threads: 1)
    delivery = BitMatrixDelivery(matrix: matrix)
    drive = PoissonDrive(table: constants.drive, neurons: neurons, key: key)
    network = NetworkStep(constants, key: key)
    ring = DelayRing(
      delaySteps: constants.uniformDelay ?? 1, neurons: lines * NeuronLine.size,
      excitatoryNeurons: constants.excitatory)
    counts = AlignedArray(repeating: 0, count: NeuronLine.size)
    spikes = AlignedArray(repeating: 0, count: lines * NeuronLine.size)
  }

  /// Steps in which the given spikes arrive, ids in increasing order, one list per step, whatever else fires.
  package mutating func step(arriving steps: [[UInt32]]) {
    for (step, ids) in steps.enumerated() {
      _ = network.advance(step: step, delivery.inputs(at: step, from: ring), spikes: spikes.pointer)
      ids.withUnsafeBufferPointer { ids in
        if let start = ids.baseAddress { ring.storage(for: step).update(from: start, count: ids.count) }
      }
      _ = ring.commit(step: step, count: ids.count)
    }
  }

  /// Draws external inputs of all neurons.
  package func draw(steps: Range<Int>) {
    for step in steps {
      for line in 0..<lines { drive.draw(step: step, line: line, to: counts.pointer) }
    }
  }

  /// Draws external inputs and advances the membranes of all neurons, which receive nothing else; returns spikes.
  package func advance(steps: Range<Int>) -> Int {
    var count = 0
    for step in steps { count += network.advance(step: step, NetworkInputs(), spikes: spikes.pointer) }
    return count
  }
}
