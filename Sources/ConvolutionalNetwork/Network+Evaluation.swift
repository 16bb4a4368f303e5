extension Network {
  /// The network's outputs.
  ///
  /// - Parameters:
  ///   - inputs: [sample][position][channel]; any number of samples.
  ///   - threads: number of threads to use; it has no influence on the result.
  /// - Returns: [sample][output]. A sample's outputs do not depend on the samples beside it.
  /// - Throws: ``SampleError`` if the last sample is incomplete or a value is not finite.
  public func outputs(for inputs: [Float], threads: Int = 1) throws(SampleError) -> [Float] {
    let count = try SampleSet.count(of: inputs, perSample: architecture.input.count, "inputs")
    guard count > 0 else { return [] }
    let evaluator = evaluator(threads: threads, batch: 0)
    return inputs.withUnsafeBufferPointer { evaluator.outputs(for: $0.baseAddress!, count: count) }
  }

  /// Mean over samples and outputs of the squared difference between output and target.
  ///
  /// The samples must be made for this architecture; throws ``TrainingError/noSamples(_:)`` if there are none.
  public func meanSquaredError(on samples: SampleSet, threads: Int = 1) throws(TrainingError) -> Double {
    try samples.check(architecture, "samples")
    return evaluator(threads: threads, batch: 0).loss(of: samples)
  }

  /// The mean squared error as above and its derivative with respect to each of the parameters.
  public func meanSquaredErrorGradient(
    on samples: SampleSet, threads: Int = 1
  ) throws(TrainingError) -> (loss: Double, gradient: [Float]) {
    try samples.check(architecture, "samples")
    let evaluator = evaluator(threads: threads, batch: samples.count)
    let loss = Array(0..<samples.count).withUnsafeBufferPointer { order in
      evaluator.gradient(of: samples, order: order)
    }
    let gradient = UnsafeBufferPointer(start: evaluator.gradient, count: parameters.count)
    return (loss, Array(gradient))
  }

  private func evaluator(threads: Int, batch: Int) -> BatchEvaluator {
    let evaluator = BatchEvaluator(architecture: architecture, threads: threads, largestBatch: batch)
    parameters.withUnsafeBufferPointer { evaluator.load($0.baseAddress!) }
    return evaluator
  }
}
