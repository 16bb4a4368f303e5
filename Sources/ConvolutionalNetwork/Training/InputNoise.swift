import RandomStreams

/// Random changes of the inputs, new for each sample in each epoch: a network learns from them what not to rely on.
///
/// Input i becomes x + a[i]·n + b[i]·z, where n is drawn for each input and z once for a sample. Both have mean 0 and
/// variance 1 and are sums of four uniform numbers, so nearly normal. They follow from the training's key, the epoch and
/// the sample.
public struct InputNoise: Sendable, Hashable {
  /// Amplitudes a [position][channel] of what differs between inputs.
  public let independent: [Float]
  /// Amplitudes b [position][channel] of what is common to a sample.
  public let common: [Float]

  /// Noise with given amplitudes, one of each kind for each input of a network.
  public init(independent: [Float], common: [Float]) {
    precondition(independent.count == common.count, "two amplitudes per input")
    self.independent = independent
    self.common = common
  }

  /// Adds noise to the inputs of one sample, which are `stride` floats apart.
  func add(to inputs: UnsafeMutablePointer<Float>, stride: Int, key: StreamKey) {
    var stream = XoshiroLanes(key: key)
    let shared = Self.numbers(&stream)[0]
    for start in Swift.stride(from: 0, to: independent.count, by: 8) {
      let numbers = Self.numbers(&stream)
      for i in start..<min(start + 8, independent.count) {
        inputs[i * stride] += independent[i] * numbers[i - start] + common[i] * shared
      }
    }
  }

  /// Eight numbers of mean 0 and variance 1: the sum of four uniform ones below 2¹⁶, whose variances are 2³²/12 each.
  @inline(__always)
  private static func numbers(_ stream: inout XoshiroLanes) -> SIMD8<Float> {
    let words = stream.next()
    let mask = SIMD8<UInt64>(repeating: 0xffff)
    let sum = (words & mask) &+ ((words &>> 16) & mask) &+ ((words &>> 32) & mask) &+ (words &>> 48)
    let scale = Float(3).squareRoot() / 65536
    return (SIMD8<Float>(SIMD8<Int32>(truncatingIfNeeded: sum)) - 131_070) * scale
  }
}

extension StreamPurpose {
  /// The noise of an epoch's inputs.
  static let inputNoise = StreamPurpose("input noise")
  /// One sample of it.
  static let noisySample = StreamPurpose("noisy sample")
}
