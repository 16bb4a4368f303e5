import RandomStreams

extension StreamPurpose {
  static let delaysOfTarget = StreamPurpose("delays of target")
  static let delayRest = StreamPurpose("delay rest")
}

/// Draws the delays of a neuron's synapses, in the order in which their sources are drawn.
///
/// A delay takes 16 bits of a stream per target; if these lie in the rest of the mixture (``DiscreteCells``), 64
/// further bits by key.
struct DelayIndexSource {
  /// Numbers written beyond those asked for, at most.
  static let overshoot = 31
  private static let inRest = UInt16.max

  private let cells: DiscreteCells
  private let lowest: Int
  private let key: StreamKey
  /// What each 16-bit word stands for.
  private let indices: [UInt16]

  /// Draws from the streams of the network's `key`.
  init(_ law: RoundedNormal, key: StreamKey) {
    cells = DiscreteCells(probabilities: law.probabilities, lowest: law.lowest)
    lowest = law.lowest
    self.key = key
    var indices = [UInt16](repeating: Self.inRest, count: 1 << 16)
    var first = 0
    for (i, end) in cells.ends.enumerated() {
      for word in first..<Int(end) { indices[word] = UInt16(cells.firstValue - law.lowest + i) }
      first = Int(end)
    }
    self.indices = indices
  }

  /// Writes `count` delays of synapses of `target`, as numbers from 0 for the shortest on; there must be room for
  /// ``overshoot`` more, which are undefined.
  func fill(_ numbers: UnsafeMutablePointer<UInt16>, count: Int, target: Int) {
    let stream = key.derived(.delaysOfTarget, UInt64(target))
    var lanes = XoshiroLanes(key: stream)
    for first in stride(from: 0, to: count, by: 32) {
      UnsafeMutableRawPointer(numbers + first).storeBytes(of: lanes.next(), as: SIMD8<UInt64>.self)
    }
    indices.withUnsafeBufferPointer { indices in
      for i in 0..<count {
        numbers[i] = indices[Int(numbers[i])]
        if _slowPath(numbers[i] == Self.inRest) {
          let u = stream.derived(.delayRest).word(at: UInt64(i))
          numbers[i] = UInt16(cells.restValue(for: u) - lowest)
        }
      }
    }
  }
}
