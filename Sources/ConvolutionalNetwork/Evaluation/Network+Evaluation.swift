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
    let evaluator = evaluator(.squaredError, threads: threads, batch: 0)
    return inputs.withUnsafeBufferPointer { evaluator.outputs(for: $0.baseAddress!, count: count) }
  }

  /// The loss on samples.
  ///
  /// The samples must be made for this architecture and loss; throws ``TrainingError/noSamples(_:)`` if there are none.
  public func loss(
    _ loss: Loss = .squaredError, on samples: SampleSet, threads: Int = 1
  ) throws(TrainingError) -> Double {
    try samples.check(architecture, loss, "samples")
    return evaluator(loss, threads: threads, batch: 0).loss(of: samples)
  }

  /// The loss as above and its derivative with respect to each of the parameters.
  public func lossGradient(
    _ loss: Loss = .squaredError, on samples: SampleSet, threads: Int = 1
  ) throws(TrainingError) -> (loss: Double, gradient: [Float]) {
    try samples.check(architecture, loss, "samples")
    let evaluator = evaluator(loss, threads: threads, batch: samples.count)
    let value = Array(0..<samples.count).withUnsafeBufferPointer { order in
      evaluator.gradient(of: samples, order: order)
    }
    let gradient = UnsafeBufferPointer(start: evaluator.gradient, count: parameters.count)
    return (value, Array(gradient))
  }

  private func evaluator(_ loss: Loss, threads: Int, batch: Int) -> BatchEvaluator {
    let evaluator = BatchEvaluator(
      architecture: architecture, loss: loss, threads: threads, largestBatch: batch)
    parameters.withUnsafeBufferPointer { evaluator.load($0.baseAddress!) }
    return evaluator
  }
}
