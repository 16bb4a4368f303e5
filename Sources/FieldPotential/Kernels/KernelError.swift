/// Why kernels cannot be computed.
public enum KernelError: Error, Sendable, Equatable, CustomStringConvertible {
  /// Synapses are asked for in a layer that no segment of an allowed type ever lies in.
  case noTarget(Pathway, layer: String)
  /// A cell has more segments than can be solved at once.
  case tooManySegments(cell: String, limit: Int)
  /// LAPACK's `dsyevd` reported an error.
  case eigensolverFailed(Int)

  /// One line per problem.
  public var description: String {
    switch self {
    case .noTarget(let pathway, let layer):
      "pathway \(pathway.rawValue): no segment of an allowed type lies in layer '\(layer)' at any soma depth"
        + " (kernel.rotation_E and rotation_I turn cells that do not stand along z)"
    case .tooManySegments(let cell, let limit):
      "cell '\(cell)' has more than \(limit) segments; choose a larger kernel.d_lambda or a lower kernel.lambda_f_Hz"
    case .eigensolverFailed(let info): "eigenvalues of the cable not found (dsyevd returned \(info))"
    }
  }
}
