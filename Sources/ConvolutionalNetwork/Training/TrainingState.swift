/// Everything that a training needs to go on after some epoch; storing it and continuing later gives the same
/// bits as an uninterrupted run.
public struct TrainingState: Sendable, Equatable {
  /// Losses of one epoch.
  public struct Epoch: Sendable, Equatable {
    /// Mean over the training samples, each taken when its batch was used, before that batch's step.
    public let trainingLoss: Double
    /// On the validation samples, with the parameters at the end of the epoch, or their average if there is one.
    public let validationLoss: Double

    /// The losses of one epoch.
    public init(trainingLoss: Double, validationLoss: Double) {
      self.trainingLoss = trainingLoss
      self.validationLoss = validationLoss
    }
  }

  /// Parameters after the last finished epoch.
  public var parameters: [Float]
  /// The optimiser's running means.
  public var optimiser: Adam.State
  /// The moving average of the parameters; empty if the training has none.
  public var average: [Float]
  /// Losses of the finished epochs.
  public var history: [Epoch]
  /// What gave the smallest validation loss, the earliest of equals: parameters at the end of an epoch, or their
  /// average; the initial ones before the first epoch.
  public var bestParameters: [Float]

  /// A state from its parts, for example read from a file.
  public init(
    parameters: [Float], optimiser: Adam.State, average: [Float] = [], history: [Epoch],
    bestParameters: [Float]
  ) {
    self.parameters = parameters
    self.optimiser = optimiser
    self.average = average
    self.history = history
    self.bestParameters = bestParameters
  }

  /// The state before the first epoch.
  public init(network: Network, isAveraged: Bool = false) {
    self.init(
      parameters: network.parameters, optimiser: Adam.State(parameterCount: network.parameters.count),
      average: isAveraged ? network.parameters : [], history: [], bestParameters: network.parameters)
  }

  /// Number of the best epoch, counted from 1; nil before the first.
  public var bestEpoch: Int? {
    var best: Int?
    for (index, epoch) in history.enumerated()
    where best == nil || epoch.validationLoss < history[best!].validationLoss {
      best = index
    }
    return best.map { $0 + 1 }
  }

  /// The parameters that a network made of this state has: their average if there is one.
  var result: [Float] { average.isEmpty ? parameters : average }

  /// Adds an epoch that ended with the current parameters.
  mutating func finishEpoch(_ epoch: Epoch) {
    history.append(epoch)
    if bestEpoch == history.count { bestParameters = result }
  }
}
