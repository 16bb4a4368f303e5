import Configuration
import Foundation
import ParameterSampling
import SimulationData

/// What a study's samples have to be like, by its configuration alone.
struct StudyReference {
  let simulator: SampleSimulator
  private let study: Study
  private let expected: DatasetDescription

  /// Files that the configuration names are found relative to `folder`.
  init(_ configuration: StoredConfiguration, folder: String) throws {
    study = try Study(configuration.values, folder: URL(fileURLWithPath: folder, isDirectory: true))
    let kernels = try study.kernels()
    simulator = SampleSimulator(study, kernels: kernels)
    var expected = study.datasetDescription(kernels)
    expected.configuration = configuration
    self.expected = expected
  }

  var configuration: StoredConfiguration { expected.configuration }

  /// Why a description is not this study's; nil if it is. Data may be from any version of the program.
  func difference(of description: DatasetDescription) -> String? {
    var expected = expected
    expected.softwareVersion = description.softwareVersion
    return description.difference(from: expected)
  }

  /// The sample with an index; nil if the study has none.
  func sample(_ index: UInt64) -> SampleIdentity? {
    guard index < UInt64(study.configuration.sampling.samples) else { return nil }
    return SampleIdentity(seed: study.configuration.seed, index: Int(index))
  }

  /// What is stored of a sample without having been simulated, and differs from what it has to be.
  func differences(of rows: DatasetRows, at row: Int) -> [String] {
    guard let sample = sample(rows.sampleIndex[row]) else { return ["sample_index"] }
    let split = sample.part(of: study.configuration.split)
    let count = study.box.count
    var differing: [String] = []
    if rows.seedKey[row] != sample.key.fingerprint { differing.append("seed_key") }
    if rows.split[row] != split.rawValue { differing.append("split") }
    if Array(rows.parameters[(row * count)..<((row + 1) * count)]) != study.parameters(of: sample) {
      differing.append("parameters")
    }
    return differing
  }
}
