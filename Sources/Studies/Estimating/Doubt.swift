extension Estimate {
  /// Why an estimate is not to be trusted.
  package struct Doubt: Sendable, Equatable {
    /// Its kind.
    package let flag: Flag
    /// For people.
    package let text: String
  }

  /// What can speak against an estimate.
  package enum Flag: String, Sendable, CaseIterable, Encodable {
    /// A parameter outside the range that was sampled for the model's training.
    case outside = "outside_range"
    /// A recording shorter than the model's training.
    case short = "shorter_than_trained"
    /// Pieces of the window differ more than the predicted distributions allow.
    case changing = "pieces_differ"
    /// The potentials are no signal.
    case unusable = "no_estimate"
    /// The spectrum is unlike those of the training.
    case untypical = "unlike_training"
    /// The spectrum is unlike those of simulations with the estimated parameters.
    case contradicted = "unlike_simulations"
  }
}
