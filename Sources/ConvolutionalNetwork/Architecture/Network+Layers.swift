extension Network {
  /// Some neighbouring layers as a network, which takes what the layers before them give.
  public func layers(_ range: Range<Int>) -> Network {
    let before = range.lowerBound == 0 ? architecture.input : architecture.outputs[range.lowerBound - 1]
    guard let part = try? NetworkArchitecture(input: before, layers: Array(architecture.layers[range])),
      case let first = skipped(range.lowerBound),
      let network = try? Network(
        architecture: part, parameters: Array(parameters[first..<first + part.parameterCount]))
    else { preconditionFailure("layers without weights are no network") }
    return network
  }

  /// Number of parameters of the first `count` layers.
  private func skipped(_ count: Int) -> Int {
    let part = try? NetworkArchitecture(
      input: architecture.input, layers: Array(architecture.layers.prefix(count)))
    // Layers without weights alone are no architecture.
    return part?.parameterCount ?? 0
  }
}
