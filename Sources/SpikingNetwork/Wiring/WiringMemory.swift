import Foundation

extension Simulation {
  /// Bytes that the wiring takes in memory in the format chosen by default, about; the rest is little.
  public var memoryBytes: Int {
    let neurons = Double(network.neurons)
    let lines = Double(NeuronLine.count(for: network.neurons))
    let inputs = Double(network.excitatoryInDegree + network.inhibitoryInDegree)
    let index: Double = network.neurons < 1 << 16 ? 2 : 4
    switch formats[0] {
    case .bitMatrix:
      let density = inputs / neurons
      // Of the synapses drawn onto a neuron, those that repeat an earlier pair; lists of sixteen are half empty at the
      // end.
      let repeated = network.allowsMultapses ? inputs + neurons * (exp(-density) - 1) : 0
      return Int(neurons * (64 * lines + index * (repeated + 8)))
    case .targetLists: return Int(neurons * (inputs * 2 + 8 * (neurons / Double(1 << 14)).rounded(.up)))
    case .delayedTargetLists: return Int(neurons * (inputs * 2 + 8 * 32))
    }
  }
}
