import RandomStreams

/// A network that can learn piece by piece, and be stored.
package protocol LearningNetwork: Sendable {
  /// Number of signals.
  var signals: Int { get }
  /// The largest weight without its sign; infinite if any is not a number.
  var largestWeight: Double { get }
  /// Everything that changes, to be stored; weights first.
  var arrays: [StateArray] { get }

  /// Learns from a piece of input.
  ///
  /// - Returns: Whether there was a spike in every step.
  mutating func learn(from input: InputSequence, _ plasticity: Plasticity, key: StreamKey) -> Bool

  /// The same network with stored arrays in place of its own; those that are not given stay.
  func with(_ arrays: [StateArray]) -> Self
}

/// A part of a network's state.
package struct StateArray: Sendable, Equatable {
  /// Its name in files.
  package let name: String
  /// Its extents.
  package let shape: [Int]
  /// Its numbers in row-major order.
  package let values: [Double]
  /// Whether it holds weights, which are kept over the course of learning.
  package let isWeight: Bool

  /// An array.
  package init(_ name: String, _ shape: [Int], _ values: [Double], isWeight: Bool = false) {
    precondition(values.count == shape.reduce(1, *), "\(name): as many numbers as its extents say")
    self.name = name
    self.shape = shape
    self.values = values
    self.isWeight = isWeight
  }
}

/// A network that learns, one piece of input after the other.
///
/// Each piece and its noise have keys of their own, so that learning goes on from a stored state as if it had not stopped.
package struct Learning<Network: LearningNetwork>: Sendable {
  /// The network as it is now.
  package private(set) var network: Network
  /// Steps done.
  package private(set) var steps: Int
  private let input: any InputSource
  private let pieceLength: Int
  private let plasticity: Plasticity
  private let key: StreamKey

  /// Begins, or goes on with a network that has learnt for `steps`.
  package init(
    _ network: Network, _ input: any InputSource, pieceLength: Int, plasticity: Plasticity, key: StreamKey,
    steps: Int = 0
  ) {
    self.network = network
    self.input = input
    self.pieceLength = pieceLength
    self.plasticity = plasticity
    self.key = key
    self.steps = steps
  }

  /// The same with smoothed noise for input.
  package init(
    _ network: Network, _ input: InputParameters, plasticity: Plasticity, key: StreamKey, steps: Int = 0
  ) {
    self.init(
      network, SmoothedNoise(input, signals: network.signals), pieceLength: input.sequenceLength,
      plasticity: plasticity, key: key, steps: steps)
  }

  /// Learns from one more piece of input, or from its beginning if `limit` steps are reached before.
  ///
  /// - Throws: ``UnstableLearning``; the network then is as it was before the piece.
  package mutating func advance(limit: Int) throws(UnstableLearning) {
    let index = UInt64(steps / pieceLength)
    let length = min(pieceLength, limit - steps)
    var next = network
    let firesAlways = next.learn(
      from: input.sequence(key: key.derived(.codingInput, index), steps: length), plasticity,
      key: key.derived(.codingNoise, index))
    try UnstableLearning.check(
      step: steps + length, largest: next.largestWeight, firesAlways: firesAlways && length > 1)
    network = next
    steps += length
  }
}

/// Learning that came to no end: what was found, and when.
package struct UnstableLearning: Error, Sendable, Equatable, CustomStringConvertible {
  /// Steps after which it was found.
  package let step: Int
  /// What was found.
  package let what: String

  /// Weights of this size, two thousand times the paper's threshold, do not come back.
  private static let limit = 1e3
  /// Steps for which a network may fire in each of them.
  private static let patience = 100_000

  package var description: String {
    "learning is unstable: \(what) after \(step) steps; smaller learning rates help"
  }

  /// Throws if weights have grown out of all proportion, or the network does nothing but fire.
  package static func check(step: Int, largest: Double, firesAlways: Bool) throws(UnstableLearning) {
    if !(largest < limit) {
      throw UnstableLearning(
        step: step, what: largest.isFinite ? "a weight of \(largest)" : "a weight that is not finite")
    }
    if firesAlways && step > patience {
      throw UnstableLearning(step: step, what: "a spike in every time step")
    }
  }
}
