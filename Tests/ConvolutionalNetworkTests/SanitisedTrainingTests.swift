import ConvolutionalNetwork
import Foundation
import RandomStreams
import Testing

/// Training and inference on inputs that are small enough for a debug build under a sanitizer, for which
/// `./test.sh --sanitize` chooses suites of this name.
@Suite struct SanitisedTrainingTests {
  @Test(
    "threads agree to the bit, on chunks of all widths and shared ones, with inputs in memory and in a file",
    arguments: [Loss.squaredError, .gaussian()])
  func threads(loss: Loss) throws {
    let targets = 2
    let architecture = try NetworkArchitecture(
      input: FeatureShape(positions: 9, channels: 2),
      layers: [
        .convolution(width: 3, filters: 5, bias: true, activation: .rectifiedLinear),
        .maxPooling(width: 2), .flatten,
        .dense(outputs: 7, bias: true, activation: .rectifiedLinear),
        .dense(outputs: loss.outputCount(targets: targets), bias: true, activation: .linear),
      ])
    // 3 chunks of 16, remainders of 8, 4 and 3.
    let inputs = uniformNumbers(63 * architecture.input.count, seed: 1)
    let values = uniformNumbers(63 * targets, seed: 2)
    let array = try SampleSet(architecture: architecture, loss: loss, inputs: inputs, targets: values)
    let mapped = try MappedInputs(in: FileManager.default.temporaryDirectory.path) { append in
      try append(Array(inputs[..<100]))
      try append(Array(inputs[100...]))
    }
    let file = try SampleSet(architecture: architecture, loss: loss, inputs: mapped, targets: values)
    func train(_ samples: SampleSet, threads: Int) throws -> TrainingState {
      try Trainer(
        architecture: architecture, loss: loss, batchSize: 40, epochs: 2, key: StreamKey(seed: 3),
        threads: threads
      ).train(training: samples, validation: samples)
    }
    let expected = try train(array, threads: 1)
    #expect(expected.history.count == 2)
    for threads in [2, 3, 5] {
      #expect(try train(array, threads: threads) == expected)
      #expect(try train(file, threads: threads) == expected)
    }
    let network = try Network(architecture: architecture, parameters: expected.bestParameters)
    #expect(try network.outputs(for: inputs, threads: 3) == network.outputs(for: inputs))
  }
}
