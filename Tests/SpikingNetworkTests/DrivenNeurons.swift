import RandomStreams
import SpikingNetwork
import Testing

/// 256 neurons that receive given counts in every step and next to nothing else.
struct DrivenNeurons {
  private let network: NetworkStep
  private var step = 0

  init(
    neurons: (Int, Int) = (200, 56), instructions: InstructionSet = .chosen,
    _ change: (inout NetworkParameters) -> Void
  ) throws {
    let parameters = NetworkParameters.small(neurons.0, neurons.1, inDegrees: (0, 0)) {
      $0.eta = 1e-12
      change(&$0)
    }
    network = NetworkStep(
      try NetworkConstants(parameters, timeStep: 0.1), key: StreamKey(seed: 1), instructions: instructions)
  }

  /// The potential of a neuron relative to rest, in mV.
  func potential(of neuron: Int) -> Double { Double(network.potential(of: neuron)) }

  /// Advances by one step and returns the neurons that fired.
  @discardableResult mutating func advance(excitatory: UInt16, inhibitory: UInt16 = 0) -> [UInt32] {
    advance(
      excitatory: .init(repeating: excitatory, count: 256),
      inhibitory: .init(repeating: inhibitory, count: 256))
  }

  mutating func advance(excitatory: [UInt16], inhibitory: [UInt16]) -> [UInt32] {
    // Vectors of whole lines are read: the counts have to be aligned.
    let size = NeuronLine.size
    let inputs = AlignedArray<UInt16>(repeating: 0, count: 2 * size)
    for i in 0..<256 { (inputs.pointer[i], inputs.pointer[size + i]) = (excitatory[i], inhibitory[i]) }
    let spikes = AlignedArray<UInt32>(repeating: 0, count: size)
    let count = network.advance(
      step: step, NetworkInputs(excitatory: inputs.pointer, inhibitory: inputs.pointer + size),
      spikes: spikes.pointer)
    step += 1
    #expect((0..<(2 * size)).allSatisfy { inputs.pointer[$0] == 0 }, "counts become zero")
    return (0..<count).map { spikes.pointer[$0] }
  }
}
