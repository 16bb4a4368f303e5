import ConvolutionalNetwork
import RandomStreams
import Testing

@Suite("Network") struct NetworkTests {
  @Test("initial weights are Glorot-uniform, biases zero, and both follow from the key")
  func initialisation() throws {
    let architecture = try NetworkArchitecture.paper()
    let network = Network(architecture: architecture, key: StreamKey(seed: 1))
    #expect(network == Network(architecture: architecture, key: StreamKey(seed: 1)))
    #expect(network != Network(architecture: architecture, key: StreamKey(seed: 2)))
    let fans = [
      "convolution_1/kernel": 12 * 6 + 12 * 20, "convolution_2/kernel": 4 * 40,
      "convolution_3/kernel": 4 * 40, "dense_1/kernel": 428, "dense_2/kernel": 256, "dense_3/kernel": 131,
    ]
    for tensor in architecture.parameters {
      let values = network.values(of: tensor).map(Double.init)
      guard let fan = fans[tensor.name] else {
        #expect(values.allSatisfy { $0 == 0 })
        continue
      }
      let limit = (6 / Double(fan)).squareRoot()
      let count = Double(values.count)
      let mean = values.reduce(0, +) / count
      let variance = values.reduce(0) { $0 + $1 * $1 } / count
      // Four standard errors: of the mean limit/√(3n), of the mean square limit²·√(4/45/n).
      #expect(values.allSatisfy { abs($0) <= limit * (1 + 1e-7) })
      #expect(abs(mean) < 4 * limit / (3 * count).squareRoot())
      #expect(abs(variance - limit * limit / 3) < 4 * limit * limit * (4 / 45 / count).squareRoot())
    }
  }

  @Test("a network is rebuilt from its named tensors, and wrong ones are refused")
  func tensors() throws {
    let architecture = try NetworkArchitecture.paper()
    let network = Network(architecture: architecture, key: StreamKey(seed: 3))
    var tensors = Dictionary(
      uniqueKeysWithValues: architecture.parameters.map { ($0.name, Array(network.values(of: $0))) })
    #expect(try Network(architecture: architecture, tensors: tensors) == network)

    tensors["dense_4/bias"] = [1]
    #expect(throws: WeightError.unknownTensor("dense_4/bias")) {
      try Network(architecture: architecture, tensors: tensors)
    }
    tensors["dense_4/bias"] = nil
    tensors["dense_1/bias"]![5] = .nan
    #expect(throws: WeightError.nonFiniteParameter(tensor: "dense_1/bias")) {
      try Network(architecture: architecture, tensors: tensors)
    }
    tensors["dense_1/bias"] = [1, 2]
    #expect(throws: WeightError.tensorCount("dense_1/bias", 2, expected: 128)) {
      try Network(architecture: architecture, tensors: tensors)
    }
    tensors["dense_1/bias"] = nil
    #expect(throws: WeightError.missingTensor("dense_1/bias")) {
      try Network(architecture: architecture, tensors: tensors)
    }
    #expect(throws: WeightError.parameterCount(2, expected: 60_064)) {
      try Network(architecture: architecture, parameters: [1, 2])
    }
  }

  @Test("a sample's outputs depend neither on the samples beside it nor on the threads")
  func outputsAreIndependent() throws {
    let network = Network(architecture: try .paper(), key: StreamKey(seed: 4))
    let inputs = uniformNumbers(300 * 906, seed: 5)
    let outputs = try network.outputs(for: inputs)
    #expect(outputs.count == 900)
    #expect(try network.outputs(for: inputs, threads: 2) == outputs)
    for sample in [0, 17, 255, 299] {
      let alone = try network.outputs(for: Array(inputs[sample * 906..<(sample + 1) * 906]))
      #expect(alone == Array(outputs[3 * sample..<3 * sample + 3]))
    }
    #expect(try network.outputs(for: []) == [])
  }

  @Test("a gradient has the same bits for any number of threads, in batches of more than one wave, too")
  func gradientBits() throws {
    let architecture = try NetworkArchitecture.paper()
    let network = Network(architecture: architecture, key: StreamKey(seed: 6))
    // Up to 19 chunks, of which the threads share what they cannot deal out: all if there are less chunks than threads.
    for count in [3, 40, 100, 290] {
      let samples = try uniformSamples(architecture, count, seed: 7)
      let one = try network.lossGradient(on: samples, threads: 1)
      for threads in [2, 3, 7, 20] {
        let more = try network.lossGradient(on: samples, threads: threads)
        #expect(more.loss == one.loss && more.gradient == one.gradient)
      }
      #expect(try network.loss(on: samples, threads: 2) == one.loss)
      let inputs = samples.withInputs(Array.init)
      #expect(try network.outputs(for: inputs, threads: 3) == network.outputs(for: inputs))
    }
  }

  @Test("the gradient of a large batch is the mean of those of its halves")
  func halves() throws {
    let architecture = try NetworkArchitecture.paper(channels: 1, width: 60, outputs: 2)
    let network = Network(architecture: architecture, key: StreamKey(seed: 8))
    let all = try uniformSamples(architecture, 600, seed: 9)
    let inputs = all.withInputs(Array.init)
    let halves = try [0..<300, 300..<600].map { range in
      let samples = try SampleSet(
        architecture: architecture, inputs: Array(inputs[range.lowerBound * 60..<range.upperBound * 60]),
        targets: Array(all.targets[range.lowerBound * 2..<range.upperBound * 2]))
      return try network.lossGradient(on: samples).gradient
    }
    let whole = try network.lossGradient(on: all).gradient
    let scale = whole.map(abs).max()!
    // Rounding of sums over 600 samples.
    #expect(whole.indices.allSatisfy { abs(whole[$0] - (halves[0][$0] + halves[1][$0]) / 2) < 1e-5 * scale })
  }

  @Test("samples with NaN, infinity or missing values are refused")
  func refusedSamples() throws {
    let architecture = try NetworkArchitecture(
      input: FeatureShape(positions: 2, channels: 1),
      layers: [.flatten, .dense(outputs: 1, bias: true, activation: .linear)])
    #expect(throws: SampleError.nonFinite("inputs", sample: 1, element: 0)) {
      try SampleSet(architecture: architecture, inputs: [1, 2, .nan, 4], targets: [1, 2])
    }
    #expect(throws: SampleError.nonFinite("targets", sample: 1, element: 0)) {
      try SampleSet(architecture: architecture, inputs: [1, 2, 3, 4], targets: [1, .infinity])
    }
    #expect(throws: SampleError.partialSample("inputs", 3, perSample: 2)) {
      try SampleSet(architecture: architecture, inputs: [1, 2, 3], targets: [1])
    }
    #expect(throws: SampleError.unequalCounts(inputs: 2, targets: 1)) {
      try SampleSet(architecture: architecture, inputs: [1, 2, 3, 4], targets: [1])
    }
    let network = try Network(architecture: architecture, parameters: [1, 1, 0])
    #expect(throws: SampleError.nonFinite("inputs", sample: 0, element: 1)) {
      try network.outputs(for: [1, .infinity])
    }
    let empty = try SampleSet(architecture: architecture, inputs: [], targets: [])
    #expect(throws: TrainingError.noSamples("samples")) { try network.lossGradient(on: empty) }
  }
}
