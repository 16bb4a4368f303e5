import RandomStreams

/// An architecture with values for its parameters.
public struct Network: Sendable, Equatable {
  /// The layers.
  public let architecture: NetworkArchitecture
  /// All trainable values, in the order of ``NetworkArchitecture/parameters``.
  public let parameters: [Float]

  /// Takes given parameters; throws ``WeightError`` if there are too few or too many, or one is not finite.
  public init(architecture: NetworkArchitecture, parameters: [Float]) throws(WeightError) {
    let expected = architecture.parameterCount
    guard parameters.count == expected else {
      throw .parameterCount(parameters.count, expected: expected)
    }
    if let index = parameters.firstIndex(where: { !$0.isFinite }) {
      throw .nonFiniteParameter(tensor: architecture.parameters.first { $0.range.contains(index) }!.name)
    }
    self.architecture = architecture
    self.parameters = parameters
  }

  /// Assembles the parameters from named tensors, in any order; each must be there once and have the right
  /// number of values.
  public init(
    architecture: NetworkArchitecture, tensors: [String: [Float]]
  ) throws(WeightError) {
    var parameters: [Float] = []
    for tensor in architecture.parameters {
      guard let values = tensors[tensor.name] else { throw .missingTensor(tensor.name) }
      guard values.count == tensor.range.count else {
        throw .tensorCount(tensor.name, values.count, expected: tensor.range.count)
      }
      parameters += values
    }
    let known = Set(architecture.parameters.map(\.name))
    if let unknown = tensors.keys.sorted().first(where: { !known.contains($0) }) {
      throw .unknownTensor(unknown)
    }
    try self.init(architecture: architecture, parameters: parameters)
  }

  /// Draws the weights as Glorot and Bengio 2010, uniform in ±sqrt(6 / (fan in + fan out)), and sets biases to
  /// zero. A convolution's fans are width · channels and width · filters, as in Keras.
  public init(architecture: NetworkArchitecture, key: StreamKey) {
    self.architecture = architecture
    var parameters: [Float] = []
    parameters.reserveCapacity(architecture.parameterCount)
    for (index, tensor) in architecture.parameters.enumerated() {
      switch tensor.role {
      case .bias:
        parameters.append(contentsOf: repeatElement(0, count: tensor.range.count))
      case .weights(let fanIn, let fanOut):
        let limit = (6 / Double(fanIn + fanOut)).squareRoot()
        var stream = key.derived(.weights, UInt64(index)).generator()
        for _ in tensor.range { parameters.append(Float(stream.uniform(in: -limit..<limit))) }
      }
    }
    self.parameters = parameters
  }

  /// The values of one of the architecture's tensors.
  public func values(of tensor: ParameterTensor) -> ArraySlice<Float> { parameters[tensor.range] }
}

extension StreamPurpose {
  /// The initial weights of one tensor.
  static let weights = StreamPurpose("network weights")
  /// The order of the training samples in one epoch.
  static let shuffle = StreamPurpose("training order")
}

/// Why values are not a network's parameters.
public enum WeightError: Error, Sendable, Equatable, CustomStringConvertible {
  /// The flat vector has the wrong length.
  case parameterCount(Int, expected: Int)
  /// A named tensor is missing.
  case missingTensor(String)
  /// A named tensor belongs to no layer.
  case unknownTensor(String)
  /// A named tensor has the wrong number of values.
  case tensorCount(String, Int, expected: Int)
  /// A tensor holds NaN or infinity.
  case nonFiniteParameter(tensor: String)

  /// One line with the value found and what was expected.
  public var description: String {
    switch self {
    case .parameterCount(let count, let expected): "got \(count) parameters, expected \(expected)"
    case .missingTensor(let name): "the parameters \(name) are missing"
    case .unknownTensor(let name): "the network has no parameters \(name)"
    case .tensorCount(let name, let count, let expected): "\(name) has \(count) values, expected \(expected)"
    case .nonFiniteParameter(let name): "\(name) holds a value that is not finite"
    }
  }
}
