import ConvolutionalNetwork

/// What an estimator says about the parameters.
public enum Prediction: String, Sendable, CaseIterable {
  /// One value each, trained on the mean squared error.
  case point
  /// A normal distribution of all together, or a mixture of such, trained on its likelihood.
  case gaussian

  /// Whether a network with a number of outputs can predict `targets` parameters in this way.
  public func isPossible(outputs: Int, targets: Int) -> Bool {
    switch self {
    case .point: outputs == targets
    case .gaussian: MixtureHead(targets: targets, outputs: outputs) != nil
    }
  }
}
