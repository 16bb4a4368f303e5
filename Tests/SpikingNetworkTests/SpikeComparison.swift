import SpikingNetwork

extension ReferenceNetwork {
  /// The first spike in which the reference differs from `spikes`.
  func firstDifference(_ spikes: SpikeTimes) -> String? {
    SpikingNetworkTests.firstDifference(
      (spikes.grid, spikes.neurons), (grid, neurons))
  }
}

extension SpikeTimes {
  /// The first spike in which `other` differs.
  func firstDifference(_ other: SpikeTimes) -> String? {
    SpikingNetworkTests.firstDifference((grid, neurons), (other.grid, other.neurons))
  }
}

/// The first spike that is not the same in both. Comparing whole arrays in an expectation would, if they differ, list
/// all differences, which takes hours.
private func firstDifference(
  _ spikes: (grid: [UInt32], neurons: [UInt32]), _ expected: (grid: [UInt32], neurons: [UInt32])
) -> String? {
  func list(_ spikes: (grid: [UInt32], neurons: [UInt32])) -> [SIMD2<UInt32>] {
    zip(spikes.grid, spikes.neurons).map { SIMD2($0, $1) }
  }
  let ours = list(spikes), theirs = list(expected)
  if let i = zip(ours, theirs).enumerated().first(where: { $1.0 != $1.1 })?.offset {
    return "spike \(i): (time, neuron) \(ours[i]) instead of \(theirs[i])"
  }
  return ours.count == theirs.count ? nil : "\(ours.count) spikes instead of \(theirs.count)"
}
