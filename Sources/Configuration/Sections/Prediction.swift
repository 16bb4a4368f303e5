import ConvolutionalNetwork

/// What an estimator says about the parameters.
public enum Prediction: String, Sendable, CaseIterable {
  /// One value each, trained on the mean squared error.
  case point
  /// A normal distribution of all together, trained on its likelihood.
  case gaussian

  /// What its networks are trained on.
  public var loss: Loss {
    switch self {
    case .point: .squaredError
    case .gaussian: .gaussian()
    }
  }
}
