import CNetworkStep

/// Neurons are processed in lines, as many as a cache line has bits; arrays over neurons are padded to whole lines.
package enum NeuronLine {
  /// Neurons per line.
  package static let size = Int(network_line_neurons)

  /// Lines that hold `neurons` neurons.
  static func count(for neurons: Int) -> Int { (neurons + size - 1) / size }
}
