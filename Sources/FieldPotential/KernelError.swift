/// Why kernels cannot be computed.
public enum KernelError: Error, Sendable, Equatable, CustomStringConvertible {
  /// Quantities with impossible values, all of them.
  case invalidParameters([KernelParameters.Problem])
  /// Synapses are asked for in a layer that no segment of an allowed type ever lies in.
  case noTarget(Pathway, layer: String)
  /// LAPACK's `dsyevd` reported an error.
  case eigensolverFailed(Int)

  /// One line per problem.
  public var description: String {
    switch self {
    case .invalidParameters(let problems): problems.map(\.description).joined(separator: "\n")
    case .noTarget(let pathway, let layer):
      "pathway \(pathway.rawValue): no segment of an allowed type lies in layer '\(layer)' at any soma depth"
    case .eigensolverFailed(let info): "eigenvalues of the cable not found (dsyevd returned \(info))"
    }
  }
}
