/// The shape of a layer's input or output for one sample: `positions` × `channels`, channels varying fastest
/// (Keras' `channels_last`).
public struct FeatureShape: Sendable, Hashable, Codable {
  /// Number of places along the axis that convolutions slide over.
  public let positions: Int
  /// Number of values at each place.
  public let channels: Int

  /// A shape of `positions` × `channels`.
  public init(positions: Int, channels: Int) {
    self.positions = positions
    self.channels = channels
  }

  /// Number of values of one sample.
  public var count: Int { positions * channels }
}

/// What is applied to each output of a convolution or dense layer.
public enum Activation: String, Sendable, Hashable, Codable {
  /// The identity.
  case linear
  /// max(x, 0); its derivative at 0 is taken as 0.
  case rectifiedLinear
}

/// One layer of a network.
public enum LayerSpecification: Sendable, Hashable, Codable {
  /// y[t, f] = b[f] + Σ_{k, c} x[t + k, c] · w[k, c, f]: stride 1, no padding, every kernel spans all channels.
  case convolution(width: Int, filters: Int, bias: Bool, activation: Activation)
  /// y[t, c] = max over i < width of x[t · width + i, c]; positions that do not fill a window are dropped. The
  /// gradient goes to the first of equal maxima.
  case maxPooling(width: Int)
  /// Joins positions and channels: value (t, c) becomes channel t · channels + c, as Keras' `Flatten`.
  case flatten
  /// y[o] = b[o] + Σ_i x[i] · w[i, o]; needs a flattened input.
  case dense(outputs: Int, bias: Bool, activation: Activation)
}

/// A network's input shape and layers, checked to fit each other.
public struct NetworkArchitecture: Sendable, Hashable {
  /// Shape of one sample's input.
  public let input: FeatureShape
  /// The layers in the order in which they are applied.
  public let layers: [LayerSpecification]
  /// Shape of each layer's output.
  public let outputs: [FeatureShape]
  /// The trainable tensors in the order in which they lie in the flat parameter vector, without gaps.
  public let parameters: [ParameterTensor]

  /// Extents, widths and numbers of filters or outputs that layers may have.
  public static let extentRange = 1...(1 << 20)
  /// The largest number of parameters of a network.
  public static let maximumParameterCount = 1 << 31

  /// Checks every layer against the output of the layer before it.
  public init(input: FeatureShape, layers: [LayerSpecification]) throws(ArchitectureError) {
    for (name, extent) in [("positions", input.positions), ("channels", input.channels)] {
      try Self.check(extent, "input \(name)", layer: nil)
    }
    guard !layers.isEmpty else { throw .noLayers }
    var shape = input
    var outputs: [FeatureShape] = []
    var parameters: [ParameterTensor] = []
    var parameterCount = 0
    var convolutions = 0
    var denseLayers = 0

    func add(_ layer: String, kernel: [Int], fanIn: Int, fanOut: Int, bias: Bool) {
      let tensors = [
        (name: "kernel", shape: kernel, role: ParameterTensor.Role.weights(fanIn: fanIn, fanOut: fanOut))
      ]
      for tensor in tensors + (bias ? [(name: "bias", shape: [kernel.last!], role: .bias)] : []) {
        let count = tensor.shape.reduce(1, *)
        parameters.append(
          ParameterTensor(
            name: "\(layer)/\(tensor.name)", shape: tensor.shape, role: tensor.role,
            range: parameterCount..<parameterCount + count))
        parameterCount += count
      }
    }

    for (index, layer) in layers.enumerated() {
      switch layer {
      case .convolution(let width, let filters, let bias, _):
        try Self.check(width, "convolution width", layer: index)
        try Self.check(filters, "filters", layer: index)
        guard width <= shape.positions else {
          throw .windowWiderThanInput(layer: index, width: width, positions: shape.positions)
        }
        convolutions += 1
        add(
          "convolution_\(convolutions)", kernel: [width, shape.channels, filters],
          fanIn: width * shape.channels, fanOut: width * filters, bias: bias)
        shape = FeatureShape(positions: shape.positions - width + 1, channels: filters)
      case .maxPooling(let width):
        try Self.check(width, "pooling width", layer: index)
        guard width <= shape.positions else {
          throw .windowWiderThanInput(layer: index, width: width, positions: shape.positions)
        }
        shape = FeatureShape(positions: shape.positions / width, channels: shape.channels)
      case .flatten:
        shape = FeatureShape(positions: 1, channels: shape.count)
        try Self.check(shape.channels, "flattened channels", layer: index)
      case .dense(let units, let bias, _):
        try Self.check(units, "outputs", layer: index)
        guard shape.positions == 1 else { throw .denseNeedsFlatInput(layer: index, input: shape) }
        denseLayers += 1
        add(
          "dense_\(denseLayers)", kernel: [shape.channels, units], fanIn: shape.channels, fanOut: units,
          bias: bias)
        shape = FeatureShape(positions: 1, channels: units)
      }
      outputs.append(shape)
      guard parameterCount <= Self.maximumParameterCount else {
        throw .tooManyParameters(atLeast: parameterCount, allowed: Self.maximumParameterCount)
      }
    }
    guard parameterCount > 0 else { throw .noParameters }
    self.input = input
    self.layers = layers
    self.outputs = outputs
    self.parameters = parameters
  }

  private static func check(_ value: Int, _ quantity: String, layer: Int?) throws(ArchitectureError) {
    guard extentRange.contains(value) else {
      throw .outOfRange(layer: layer, quantity: quantity, value: value, allowed: extentRange)
    }
  }

  /// The network of Skaar et al. 2020 (doi:10.1371/journal.pcbi.1007725): three convolutions of widths 12, 4
  /// and 4 with 20 filters, each without bias, rectified and pooled in pairs; two dense layers of 128; a linear
  /// output layer, without bias there. 60,064 parameters for 6 channels, 151 positions and 3 outputs.
  public static func paper(
    channels: Int = 6, width: Int = 151, outputs: Int = 3, outputBias: Bool = false
  ) throws(ArchitectureError) -> NetworkArchitecture {
    func filters(width: Int) -> [LayerSpecification] {
      [
        .convolution(width: width, filters: 20, bias: false, activation: .rectifiedLinear),
        .maxPooling(width: 2),
      ]
    }
    return try NetworkArchitecture(
      input: FeatureShape(positions: width, channels: channels),
      layers: filters(width: 12) + filters(width: 4) + filters(width: 4) + [
        .flatten,
        .dense(outputs: 128, bias: true, activation: .rectifiedLinear),
        .dense(outputs: 128, bias: true, activation: .rectifiedLinear),
        .dense(outputs: outputs, bias: outputBias, activation: .linear),
      ])
  }

  /// Shape of the network's output for one sample.
  public var output: FeatureShape { outputs[outputs.count - 1] }

  /// Length of the flat parameter vector.
  public var parameterCount: Int { parameters.reduce(0) { $0 + $1.range.count } }
}

extension NetworkArchitecture: Codable {
  private enum CodingKeys: String, CodingKey { case input, layers }

  /// Decodes `input` and `layers` and checks them as ``init(input:layers:)`` does.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    try self.init(
      input: container.decode(FeatureShape.self, forKey: .input),
      layers: container.decode([LayerSpecification].self, forKey: .layers))
  }

  /// Encodes `input` and `layers`, from which all else follows.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(input, forKey: .input)
    try container.encode(layers, forKey: .layers)
  }
}
