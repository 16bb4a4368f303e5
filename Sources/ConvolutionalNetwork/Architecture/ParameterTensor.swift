/// A named part of a network's flat parameter vector.
///
/// Layouts are Keras': a convolution's kernel is [width][input channel][filter], a dense kernel
/// [input][output], the last index varying fastest. Names are `convolution_1/kernel`, `dense_1/kernel`,
/// `dense_1/bias`, …, counted from 1 for each kind of layer.
public struct ParameterTensor: Sendable, Hashable {
  /// What a tensor's values do, which decides how they are initialised.
  enum Role: Sendable, Hashable {
    case weights(fanIn: Int, fanOut: Int)
    case bias
  }

  /// Layer and kind, separated by a slash.
  public let name: String
  /// Extents, slowest first.
  public let shape: [Int]
  let role: Role
  /// Where the values lie in the flat parameter vector.
  public let range: Range<Int>
}
