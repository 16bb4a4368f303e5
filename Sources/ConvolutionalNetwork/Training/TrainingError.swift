/// Why a training cannot start or go on.
public enum TrainingError: Error, Sendable, Equatable, CustomStringConvertible {
  /// A hyperparameter is impossible.
  case invalidOption(name: String, value: Double, expected: String)
  /// A set of samples is empty.
  case noSamples(String)
  /// A set of samples was made for another architecture.
  case samplesOfOtherShape(String, inputs: Int, targets: Int, expectedInputs: Int, expectedTargets: Int)
  /// A state to continue from does not belong to this training.
  case stateMismatch(String, Int, expected: Int)
  /// The loss of a batch became NaN or infinite; epochs and batches are counted from 1.
  case nonFiniteLoss(epoch: Int, batch: Int)
  /// The loss on the validation samples became NaN or infinite.
  case nonFiniteValidationLoss(epoch: Int)

  /// One line with the value found and what was expected.
  public var description: String {
    switch self {
    case .invalidOption(let name, let value, let expected): "\(name) is \(value), expected \(expected)"
    case .noSamples(let what): "there are no \(what)"
    case .samplesOfOtherShape(let what, let inputs, let targets, let expectedInputs, let expectedTargets):
      "\(what) have \(inputs) inputs and \(targets) targets each, "
        + "expected \(expectedInputs) and \(expectedTargets)"
    case .stateMismatch(let what, let value, let expected):
      "training state: \(what) is \(value), expected \(expected)"
    case .nonFiniteLoss(let epoch, let batch): "the loss is not finite in epoch \(epoch), batch \(batch)"
    case .nonFiniteValidationLoss(let epoch): "the validation loss is not finite after epoch \(epoch)"
    }
  }
}

extension SampleSet {
  /// Throws unless there are samples and they fit `architecture` and `loss`.
  func check(_ architecture: NetworkArchitecture, _ loss: Loss, _ name: String) throws(TrainingError) {
    guard count > 0 else { throw .noSamples(name) }
    let inputs = architecture.input.count
    let targets = loss.targetCount(outputs: architecture.output.count) ?? 0
    guard inputCount == inputs, targetCount == targets else {
      throw .samplesOfOtherShape(
        name, inputs: inputCount, targets: targetCount, expectedInputs: inputs, expectedTargets: targets)
    }
  }
}
