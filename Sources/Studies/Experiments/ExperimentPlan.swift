import Foundation
import ParameterEstimation
import ParameterSampling
import SimulationData

/// A variant with what its data sets hold, checked before any work is done.
struct PlannedVariant {
  let variant: ExperimentVariant
  let trainingSet: AnalysedDataset
  let testSet: AnalysedDataset
  let part: Evaluation.Part
  /// The parameters estimated.
  let targetBox: ParameterBox
  /// Numbers of usable samples.
  let trainingSamples, validationSamples: Int
  /// Analysed time without the transient, in ms.
  let analysedTime: Int
  /// Whether the best epoch is chosen on samples that are tested on, which flatters it.
  let isOptimistic: Bool

  init(
    _ variant: ExperimentVariant, of configuration: ExperimentConfiguration, _ shelf: inout DatasetShelf
  ) throws {
    self.variant = variant
    trainingSet = try shelf.open(configuration.trainingSet(of: variant))
    testSet = try shelf.open(configuration.testSet(of: variant))
    part = variant.test.part
    let description = trainingSet.description
    targetBox = try variant.training.targetBox(for: description, file: trainingSet.path)
    analysedTime = description.duration - description.transient

    let rows = try trainingSet.identities()
    let tested = testSet.path == trainingSet.path ? rows : try testSet.identities()
    let isPaperLike = variant.training.selection == .test
    let training = rows.usable(isPaperLike ? [.training, .validation] : [.training])
    let deciding = rows.usable(isPaperLike ? [.test] : [.validation])
    let testing = tested.usable(part.split.map { [$0] } ?? DatasetSplit.allCases)
    validationSamples = deciding.count
    for (part, count, path) in [
      ("training", training.count, trainingSet.path), ("validation", deciding.count, trainingSet.path),
      (part.rawValue, testing.count, testSet.path),
    ] where count == 0 {
      throw EstimatorError.noSamples(file: path, split: part)
    }
    switch variant.training.samples {
    case .all: trainingSamples = training.count
    case .first(let limit):
      guard limit <= training.count else {
        throw EstimatorError.tooFewSamples(file: trainingSet.path, needed: limit, actual: training.count)
      }
      trainingSamples = limit
    }
    guard testing.isDisjoint(with: training) else {
      throw ExperimentError.testedOnTraining(variant: variant.name, part: part.rawValue, file: testSet.path)
    }
    isOptimistic = !testing.isDisjoint(with: deciding)
  }

  /// Whether errors of two variants can be compared sample by sample.
  func hasTestOf(_ other: PlannedVariant) -> Bool { testSet.path == other.testSet.path && part == other.part }
}

extension DatasetRows {
  /// Keys of the samples of some parts that fired.
  fileprivate func usable(_ splits: [DatasetSplit]) -> Set<UInt64> {
    let numbers = splits.map(\.rawValue)
    return Set((0..<count).lazy.filter { numbers.contains(split[$0]) && !isSilent($0) }.map { seedKey[$0] })
  }
}
