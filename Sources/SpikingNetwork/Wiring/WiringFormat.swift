/// How the wiring is held in memory and spikes are delivered. Results do not depend on it.
public enum WiringFormat: Sendable, CaseIterable {
  /// A list of targets per source; for delays that are all equal, suits sparse networks.
  case targetLists
  /// A row of bits per source, for delays that are all equal; suits densities above some percent.
  case bitMatrix
  /// A list of targets per source and delay, for any network.
  case delayedTargetLists

  /// Formats that can hold the network's wiring, the fastest first.
  static func applicable(to constants: NetworkConstants) -> [WiringFormat] {
    guard constants.uniformDelay != nil else { return [.delayedTargetLists] }
    // Adding a bit of a row costs about a fiftieth of an increment at a listed target.
    return Double(constants.neurons) < 50 * constants.meanInDegree
      ? [.bitMatrix, .targetLists, .delayedTargetLists] : [.targetLists, .delayedTargetLists, .bitMatrix]
  }
}
