import RandomStreams

/// A network that learns, one piece of input after the other.
///
/// Each piece and its noise have keys of their own, so that learning goes on from a stored state as if it had not stopped.
package struct CodingLearning: Sendable {
  /// The network as it is now.
  package private(set) var network: CodingNetwork
  /// Steps done.
  package private(set) var steps: Int
  /// Spikes in the last piece.
  package private(set) var lastSpikes = 0
  private let input: SmoothedNoise
  private let pieceLength: Int
  private let plasticity: Plasticity
  private let key: StreamKey

  /// Begins, or goes on with a network that has learnt for `steps`.
  package init(
    _ network: CodingNetwork, _ input: InputParameters, plasticity: Plasticity, key: StreamKey, steps: Int = 0
  ) {
    self.network = network
    self.input = SmoothedNoise(input, signals: network.parameters.signals)
    pieceLength = input.sequenceLength
    self.plasticity = plasticity
    self.key = key
    self.steps = steps
  }

  /// Learns from one more piece of input, or from its beginning if `limit` steps are reached before.
  ///
  /// - Throws: ``UnstableLearning``; the network then is as it was before the piece.
  package mutating func advance(limit: Int) throws(UnstableLearning) {
    let index = UInt64(steps / pieceLength)
    let length = min(pieceLength, limit - steps)
    let piece = input.sequence(key: key.derived(.codingInput, index), steps: length)
    var noise = DrawnNoise(key: key.derived(.codingNoise, index))
    var none = NoObserver(), next = network
    let spikes = next.run(piece, noise: &noise, learning: plasticity, observer: &none)
    try UnstableLearning.check(
      step: steps + length, largest: next.largestWeight, spikes: spikes, of: length)
    network = next
    lastSpikes = spikes
    steps += length
  }
}

/// Learning that came to no end: what was found, and when.
package struct UnstableLearning: Error, Sendable, Equatable, CustomStringConvertible {
  /// Steps after which it was found.
  package let step: Int
  /// What was found.
  package let what: String

  /// Weights of this size, two thousand times the threshold of the paper, do not come back.
  private static let limit = 1e3
  /// Steps for which a network may fire in each of them.
  private static let patience = 100_000

  package var description: String {
    "learning is unstable: \(what) after \(step) steps; smaller learning rates help"
  }

  /// Throws if weights have grown out of all proportion, or the network does nothing but fire.
  package static func check(
    step: Int, largest: Double, spikes: Int, of length: Int
  ) throws(UnstableLearning) {
    if !(largest < limit) {
      throw UnstableLearning(
        step: step, what: largest.isFinite ? "a weight of \(largest)" : "a weight that is not finite")
    }
    if spikes == length && length > 1 && step > patience {
      throw UnstableLearning(step: step, what: "a spike in every time step")
    }
  }
}
