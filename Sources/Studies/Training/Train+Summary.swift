import Foundation

extension Train {
  /// The figures of a training.
  package struct Summary: Sendable, Encodable {
    /// Samples passed through the networks and back per second, in this run.
    package let samplesPerSecond: Double
    /// Epochs done, by all networks together.
    package let epochs: Int
    /// The epoch whose weights are kept; of the first network, if there are several.
    package let bestEpoch: Int
    /// Loss over the training samples in the best epoch, averaged over the networks.
    package let trainingLoss: Double
    /// Loss over the samples that decide, in the best epoch, averaged over the networks.
    package let validationLoss: Double
    /// Root of the mean squared error of the estimates over the samples that decide, by parameter name, in units of the
    /// target range.
    package let validationErrors: [String: Double]
    /// Number of trained parameters of one network.
    package let parameters: Int
    /// Number of networks.
    package let members: Int
    /// Seconds taken by this run.
    package let seconds: Double
    /// Samples trained on.
    package let trainingSamples: Int
    /// Samples that decided about the best epoch.
    package let validationSamples: Int
    /// Samples left out because they fired no spike.
    package let silent: Int
    /// What is unusual about the data.
    package let notices: [String]
    /// Of each network, the epoch whose weights are kept, and the number of epochs done.
    let courses: [(best: Int, epochs: Int)]

    /// For people: `best epoch 11 of 60`, or of several networks `best epochs 11, 14 of 60`.
    package var bestEpochs: String {
      let isSame = Set(courses.map(\.epochs)).count == 1
      let epochs = courses.map { isSame ? "\($0.best)" : "\($0.best) of \($0.epochs)" }.joined(
        separator: ", ")
      return "best epoch\(courses.count == 1 ? "" : "s") \(epochs)"
        + (isSame ? " of \(courses[0].epochs)" : "")
    }

    enum CodingKeys: String, CodingKey {
      case samplesPerSecond = "samples_per_s"
      case epochs
      case bestEpoch = "best_epoch"
      case trainingLoss = "training_loss"
      case validationLoss = "validation_loss"
      case validationErrors = "validation_rmse_over_range"
      case parameters, members, seconds
      case trainingSamples = "training_samples"
      case validationSamples = "validation_samples"
      case silent, notices
    }
  }
}
