/// Why layers do not make a network. Layers are counted from 0.
public enum ArchitectureError: Error, Sendable, Equatable, CustomStringConvertible {
  /// There is no layer.
  case noLayers
  /// No layer has anything to train.
  case noParameters
  /// A size is not positive or absurdly large; `layer` is nil for the network's input.
  case outOfRange(layer: Int?, quantity: String, value: Int, allowed: ClosedRange<Int>)
  /// A kernel or pooling window does not fit into the layer's input.
  case windowWiderThanInput(layer: Int, width: Int, positions: Int)
  /// A dense layer follows an output with several positions.
  case denseNeedsFlatInput(layer: Int, input: FeatureShape)
  /// The flat parameter vector would be too long.
  case tooManyParameters(atLeast: Int, allowed: Int)

  /// One line with the value found and what was expected.
  public var description: String {
    switch self {
    case .noLayers: "a network needs at least one layer"
    case .noParameters: "a network needs at least one convolution or dense layer"
    case .outOfRange(let layer, let quantity, let value, let allowed):
      (layer.map { "layer \($0): " } ?? "")
        + "\(quantity) is \(value), expected \(allowed.lowerBound) … \(allowed.upperBound)"
    case .windowWiderThanInput(let layer, let width, let positions):
      "layer \(layer): a window of width \(width) does not fit into \(positions) positions"
    case .denseNeedsFlatInput(let layer, let input):
      "layer \(layer): a dense layer needs a flattened input, got \(input.positions) × \(input.channels)"
    case .tooManyParameters(let count, let allowed):
      "the network has at least \(count) parameters, at most \(allowed) are supported"
    }
  }
}
