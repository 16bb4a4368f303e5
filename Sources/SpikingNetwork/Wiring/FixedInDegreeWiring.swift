import RandomStreams

extension StreamPurpose {
  static let connectivity = StreamPurpose("connectivity")
  static let sourcesOfTarget = StreamPurpose("sources of target")
}

/// Draws the sources of every neuron: C_E uniformly from the excitatory and C_I from the inhibitory
/// population, by default with replacement and including the neuron itself.
///
/// Each target has a stream of its own, so sources can be drawn again, in any order, by any engine.
package struct FixedInDegreeWiring: Wiring {
  private let constants: NetworkConstants
  private let key: StreamKey
  private let numbers: AlignedArray<UInt32>
  /// Sources already drawn for the current target, used without multapses only.
  private var taken: [UInt64]
  /// Where delays are drawn from, unless all are equal.
  private let delaySource: DelayIndexSource?
  private let drawnDelays: AlignedArray<UInt16>

  /// Draws from the streams of the network's `key`.
  package init(constants: NetworkConstants, key: StreamKey) {
    self.init(
      constants: constants, drawingFrom: key.derived(.connectivity),
      constants.delayLaw.map { DelayIndexSource($0, key: key) })
  }

  private init(
    constants: NetworkConstants, drawingFrom key: StreamKey, _ delaySource: DelayIndexSource?
  ) {
    self.constants = constants
    self.key = key
    self.delaySource = delaySource
    let inDegree = constants.excitatoryInDegree + constants.inhibitoryInDegree
    drawnDelays = AlignedArray(
      repeating: 0, count: delaySource == nil ? 0 : inDegree + DelayIndexSource.overshoot)
    let longest = max(constants.excitatoryInDegree, constants.inhibitoryInDegree)
    numbers = AlignedArray(repeating: 0, count: longest + UniformIndexSource.overshoot)
    taken = constants.allowsMultapses ? [] : Array(repeating: 0, count: (constants.neurons + 63) / 64)
  }

  package var neurons: Int { constants.neurons }
  package var delays: [Int] { constants.delays }

  /// A wiring that draws the same, for use on another thread.
  package func copy() -> FixedInDegreeWiring {
    FixedInDegreeWiring(constants: constants, drawingFrom: key, delaySource)
  }

  /// Calls `body` with each source of `target` in the order drawn: first excitatory, then inhibitory ones.
  @inline(__always)
  package mutating func forEachSource(of target: Int, _ body: (Int) -> Void) {
    var random = UniformIndexSource(key: key.derived(.sourcesOfTarget, UInt64(target)))
    for (first, population, degree) in [
      (0, constants.excitatory, constants.excitatoryInDegree),
      (constants.excitatory, constants.inhibitory, constants.inhibitoryInDegree),
    ] {
      if constants.allowsMultapses && constants.allowsAutapses {
        random.fill(numbers.pointer, count: degree, below: UInt32(population))
        for i in 0..<degree { body(first &+ Int(numbers.pointer[i])) }
      } else {
        drawRejecting(degree, from: first, population, target: target, &random, body)
      }
    }
  }

  /// Calls `body` with the source and the index of the delay of each synapse of `target`, in the same order.
  @inline(__always)
  package mutating func forEachSynapse(of target: Int, _ body: (_ source: Int, _ delay: Int) -> Void) {
    guard let delaySource else {
      forEachSource(of: target) { body($0, 0) }
      return
    }
    let delays = drawnDelays.pointer
    delaySource.fill(
      delays, count: constants.excitatoryInDegree + constants.inhibitoryInDegree, target: target)
    var synapse = 0
    forEachSource(of: target) { source in
      body(source, Int(delays[synapse]))
      synapse &+= 1
    }
  }

  /// Draws again whatever would be an autapse or multapse that is not allowed.
  private mutating func drawRejecting(
    _ degree: Int, from first: Int, _ population: Int, target: Int, _ random: inout UniformIndexSource,
    _ body: (Int) -> Void
  ) {
    var drawn: [Int] = []
    drawn.reserveCapacity(degree)
    while drawn.count < degree {
      let missing = degree - drawn.count
      random.fill(numbers.pointer, count: missing, below: UInt32(population))
      for i in 0..<missing {
        let source = first + Int(numbers.pointer[i])
        if source == target && !constants.allowsAutapses { continue }
        if !constants.allowsMultapses {
          let bit: UInt64 = 1 << UInt64(source & 63)
          if taken[source >> 6] & bit != 0 { continue }
          taken[source >> 6] |= bit
        }
        drawn.append(source)
        body(source)
      }
    }
    if !constants.allowsMultapses {
      for source in drawn { taken[source >> 6] = 0 }
    }
  }
}
