import RandomStreams
import SpikingNetwork

extension NetworkParameters {
  /// A network of given sizes, otherwise with the defaults but for `changes`.
  static func small(
    _ excitatory: Int, _ inhibitory: Int, inDegrees: (Int, Int),
    _ changes: (inout NetworkParameters) -> Void = { _ in }
  ) -> NetworkParameters {
    var parameters = NetworkParameters()
    parameters.excitatoryNeurons = excitatory
    parameters.inhibitoryNeurons = inhibitory
    parameters.connectivity = .fixedInDegrees(excitatory: inDegrees.0, inhibitory: inDegrees.1)
    parameters.efficacy = 0.5
    changes(&parameters)
    return parameters
  }
}
