import Foundation

extension Train {
  /// The figures of a training.
  public struct Summary: Sendable, Codable {
    /// Samples passed through the networks and back per second, in this run.
    public let samplesPerSecond: Double
    /// Epochs done, by all networks together.
    public let epochs: Int
    /// The epoch whose weights are kept; of the first network, if there are several.
    public let bestEpoch: Int
    /// Loss over the training samples in the best epoch, averaged over the networks.
    public let trainingLoss: Double
    /// Loss over the samples that decide, in the best epoch, averaged over the networks.
    public let validationLoss: Double
    /// Root of the mean squared error of the estimates over the samples that decide, by parameter name, in units of the
    /// target range.
    public let validationErrors: [String: Double]
    /// Number of trained parameters of one network.
    public let parameters: Int
    /// Number of networks.
    public let members: Int
    /// Seconds taken by this run.
    public let seconds: Double
    /// Samples trained on.
    public let trainingSamples: Int
    /// Samples that decided about the best epoch.
    public let validationSamples: Int
    /// Samples left out because they fired no spike.
    public let silent: Int
    /// What is unusual about the data.
    public let notices: [String]

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
