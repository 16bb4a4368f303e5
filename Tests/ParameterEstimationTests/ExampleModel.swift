import Configuration
import ConvolutionalNetwork
import FieldPotential
import ParameterEstimation
import ParameterSampling
import RandomStreams
import SimulationData

/// A small model for tests of its file.
enum ExampleModel {
  static let power = SpectrumNormaliser.channelPower(scale: [2, 0.1])
  static let logarithm = SpectrumNormaliser.logarithm(
    mean: (0..<18).map { Double($0) / 7 }, standardDeviation: (0..<18).map { Double($0 + 1) / 3 })

  static let ratio = SpectrumNormaliser.logarithmicRatio(
    mean: (0..<18).map { Double($0) / 5 }, standardDeviation: (0..<18).map { Double($0 + 1) / 9 })

  static func model(
    _ normaliser: SpectrumNormaliser = power, selection: DatasetSplit = .validation,
    prediction: Prediction = .point, components: Int = 1, members: Int = 1
  ) throws -> TrainedModel {
    let architecture = try NetworkArchitecture(
      input: FeatureShape(positions: 9, channels: 2),
      layers: [
        .convolution(width: 3, filters: 4, bias: true, activation: .rectifiedLinear), .maxPooling(width: 2),
        .flatten,
        .dense(
          outputs: prediction == .point ? 2 : MixtureHead(targets: 2, components: components).outputCount,
          bias: false, activation: .linear),
      ])
    return TrainedModel(
      estimator: Estimator(
        networks: (0..<members).map {
          Network(architecture: architecture, key: StreamKey(seed: 4 + UInt64($0)))
        },
        prediction: prediction,
        shape: prediction == .gaussian ? PredictionShape(widths: [0.9, 1.25], degreesOfFreedom: 7) : nil,
        normaliser: normaliser,
        targetBox: ParameterBox([
          .init(key: "eta", lower: 1, upper: 3), .init(key: "J_mV", lower: 0.1, upper: 0.4),
        ]),
        contacts: Self.contacts, frequencies: (0..<9).map { Double($0) / 0.3 }),
      courses: (0..<members).map { member in
        .init(
          history: [
            .init(trainingLoss: 0.3, validationLoss: 0.2 + Double(member)),
            .init(trainingLoss: 0.1, validationLoss: .nan),
          ], bestEpoch: 1)
      },
      spectraIdentity: "abc", selection: selection,
      configuration: try StoredConfiguration(yaml: "seed: 1 # η\n", file: ""),
      softwareVersion: "1.2.3")
  }

  static let contacts = [Contact(z: 0), .init(x: 3, y: 4, z: -150)]
}
