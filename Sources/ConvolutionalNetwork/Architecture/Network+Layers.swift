extension Network {
  /// The same network without the layers after the first `count`, which gives what these make of its inputs.
  public func first(_ count: Int) -> Network {
    precondition((1...architecture.layers.count).contains(count), "some of the layers")
    guard
      let part = try? NetworkArchitecture(
        input: architecture.input, layers: Array(architecture.layers.prefix(count))),
      let network = try? Network(
        architecture: part, parameters: Array(parameters.prefix(part.parameterCount)))
    else { preconditionFailure("layers before the first weights are no network") }
    return network
  }
}
