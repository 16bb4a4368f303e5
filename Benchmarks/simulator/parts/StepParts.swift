import RandomStreams
import SpikingNetwork

/// The parts of a time step one at a time, for benchmarks: what ``Engine`` does with a bit matrix and equal neurons.
package struct StepParts {
  /// The wiring.
  package let matrix: BitMatrix<UInt16>
  /// Neurons of the network, and rounded up to whole blocks.
  package let neurons: Int
  package let blocks: Int
  /// Values that a word of the drive is compared with.
  package let driveCells: Int
  private var delivery: BitMatrixDelivery<UInt16>
  private let drive: PoissonDrive
  private let membrane: MembraneState<UniformNeurons>
  private var ring: DelayRing
  private let excitatory: AlignedArray<UInt16>
  private let inhibitory: AlignedArray<UInt16>
  private let spikes: AlignedArray<UInt32>

  /// Draws the network named by `key`; throws `ParameterError`.
  package init(_ parameters: NetworkParameters, key: StreamKey) throws {
    let constants = try NetworkConstants(parameters, timeStep: SimulationTiming().timeStep)
    neurons = constants.neurons
    blocks = constants.blocks
    driveCells = PoissonCells(constants.drive).ends.count
    matrix = Self.wire(constants, key: key)
    delivery = BitMatrixDelivery(matrix: matrix, blocks: blocks)
    drive = PoissonDrive(table: constants.drive, blocks: blocks, key: key)
    membrane = MembraneState(constants: constants, key: key)
    let padded = blocks * NeuronBlock.size
    ring = DelayRing(
      delaySteps: constants.uniformDelay ?? 1, neurons: padded, excitatoryNeurons: constants.excitatory)
    excitatory = AlignedArray(repeating: 0, count: padded)
    inhibitory = AlignedArray(repeating: 0, count: padded)
    spikes = AlignedArray(repeating: 0, count: padded)
  }

  /// Draws the wiring.
  package static func wire(
    _ parameters: NetworkParameters, key: StreamKey, memory: SimulationMemory
  ) throws -> BitMatrix<UInt16> {
    wire(try NetworkConstants(parameters, timeStep: SimulationTiming().timeStep), key: key, memory: memory)
  }

  private static func wire(
    _ constants: NetworkConstants, key: StreamKey, memory: SimulationMemory = SimulationMemory()
  ) -> BitMatrix<UInt16> {
    BitMatrix(wiring: FixedInDegreeWiring(constants: constants, key: key), memory: memory, threads: 1)
  }

  /// Delivers the given spikes, ids in increasing order, one list per step, to the counts of all neurons.
  package mutating func deliver(_ steps: [[UInt32]]) {
    for (step, ids) in steps.enumerated() {
      delivery.deliver(at: step, from: ring)
      for block in 0..<blocks {
        let first = block * NeuronBlock.size
        delivery.readCounts(
          block: block, excitatory: excitatory.pointer + first, inhibitory: inhibitory.pointer + first)
      }
      ids.withUnsafeBufferPointer { ids in
        if let start = ids.baseAddress { ring.storage(for: step).update(from: start, count: ids.count) }
      }
      _ = ring.commit(step: step, count: ids.count)
    }
  }

  /// Draws external inputs of all neurons.
  package func draw(steps: Range<Int>) {
    for step in steps {
      for block in 0..<blocks {
        drive.add(step: step, block: block, to: excitatory.pointer + block * NeuronBlock.size)
      }
    }
  }

  /// Sets the counts to fresh external inputs, for ``advance(steps:)`` to work with.
  package func setInputs() {
    excitatory.pointer.update(repeating: 0, count: excitatory.count)
    inhibitory.pointer.update(repeating: 0, count: inhibitory.count)
    draw(steps: 0..<1)
  }

  /// Advances the membranes of all neurons, with the counts of another block in every step; returns spikes.
  package func advance(steps: Range<Int>) -> Int {
    var count = 0
    for step in steps {
      for block in 0..<blocks {
        let source = (block + step) % blocks * NeuronBlock.size
        count += membrane.advance(
          block: block, excitatory: excitatory.pointer + source, inhibitory: inhibitory.pointer + source,
          spikes: spikes.pointer)
      }
    }
    return count
  }
}
