/// Inputs with the outputs that a network should give for them.
public struct SampleSet: Sendable {
  private let inputs: Inputs
  /// [sample][target].
  public let targets: [Float]
  /// Number of samples.
  public let count: Int
  /// Values per sample of the inputs.
  public let inputCount: Int
  /// Values per sample in ``targets``.
  public let targetCount: Int

  /// Where the inputs lie.
  private enum Inputs {
    case array([Float])
    case mapped(MappedInputs)
  }

  /// Takes samples for networks of `architecture` that are trained on `loss`.
  ///
  /// - Parameter inputs: [sample][position][channel], the last index varying fastest.
  /// - Throws: ``SampleError`` if the numbers of values do not fit it or a value is not finite.
  public init(
    architecture: NetworkArchitecture, loss: Loss = .squaredError, inputs: [Float], targets: [Float]
  ) throws(SampleError) {
    try self.init(.array(inputs), targets, architecture, loss)
  }

  /// The same with inputs in a file.
  public init(
    architecture: NetworkArchitecture, loss: Loss = .squaredError, inputs: MappedInputs, targets: [Float]
  ) throws(SampleError) {
    try self.init(.mapped(inputs), targets, architecture, loss)
  }

  private init(
    _ inputs: Inputs, _ targets: [Float], _ architecture: NetworkArchitecture, _ loss: Loss
  ) throws(SampleError) {
    guard let targetCount = loss.targetCount(outputs: architecture.output.count) else {
      preconditionFailure("no number of targets has \(architecture.output.count) outputs")
    }
    inputCount = architecture.input.count
    self.targetCount = targetCount
    count =
      switch inputs {
      case .array(let values): try Self.count(of: values, perSample: inputCount, "inputs")
      case .mapped(let inputs): try Self.count(of: inputs.values, perSample: inputCount, "inputs")
      }
    let targetSamples = try Self.count(of: targets, perSample: targetCount, "targets")
    guard targetSamples == count else { throw .unequalCounts(inputs: count, targets: targetSamples) }
    self.inputs = inputs
    self.targets = targets
  }

  /// Calls `body` with the inputs, [sample][position][channel], which are there until it returns.
  public func withInputs<Result>(_ body: (UnsafeBufferPointer<Float>) throws -> Result) rethrows -> Result {
    switch inputs {
    case .array(let values): try values.withUnsafeBufferPointer(body)
    case .mapped(let inputs): try withExtendedLifetime(inputs) { try body(inputs.values) }
    }
  }

  /// Number of samples in `values`, which must be whole and finite.
  static func count<Values: RandomAccessCollection>(
    of values: Values, perSample: Int, _ what: String
  ) throws(SampleError) -> Int where Values.Element == Float, Values.Index == Int {
    guard values.count % perSample == 0 else {
      throw .partialSample(what, values.count, perSample: perSample)
    }
    if let index = values.firstIndex(where: { !$0.isFinite }) {
      throw .nonFinite(what, sample: index / perSample, element: index % perSample)
    }
    return values.count / perSample
  }
}

/// Why values are not a set of samples.
public enum SampleError: Error, Sendable, Equatable, CustomStringConvertible {
  /// The number of values is not a multiple of the values per sample.
  case partialSample(String, Int, perSample: Int)
  /// Inputs and targets are not of equally many samples.
  case unequalCounts(inputs: Int, targets: Int)
  /// A value is NaN or infinite.
  case nonFinite(String, sample: Int, element: Int)

  /// One line with the value found and what was expected.
  public var description: String {
    switch self {
    case .partialSample(let what, let count, let perSample):
      "got \(count) values as \(what), expected a multiple of \(perSample)"
    case .unequalCounts(let inputs, let targets): "got \(inputs) inputs but \(targets) targets"
    case .nonFinite(let what, let sample, let element):
      "\(what): element \(element) of sample \(sample) is not finite"
    }
  }
}
