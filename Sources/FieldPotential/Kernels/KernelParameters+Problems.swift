extension KernelParameters {
  /// A quantity with an impossible value.
  public struct Problem: Sendable, Equatable, CustomStringConvertible {
    /// The property's name.
    public let parameter: String
    /// Its value.
    public let got: String
    /// What would be possible.
    public let expected: String

    /// `name: got …, expected …`.
    public var description: String { "\(parameter): got \(got), expected \(expected)" }
  }

  /// All impossible values; empty if kernels can be computed.
  public var problems: [Problem] {
    var problems: [Problem] = []
    func require(_ holds: Bool, _ parameter: String, _ got: some Any, _ expected: String) {
      if !holds { problems.append(Problem(parameter: parameter, got: "\(got)", expected: expected)) }
    }
    let positive: [(String, Double)] = [
      ("specificCapacitance", specificCapacitance), ("axialResistivity", axialResistivity),
      ("membraneTimeConstant", membraneTimeConstant), ("dLambda", dLambda),
      ("lambdaFrequency", lambdaFrequency), ("synapticTimeConstant", synapticTimeConstant),
      ("pointNeuronCapacitance", pointNeuronCapacitance), ("conductivity", conductivity),
      ("cylinderRadius", cylinderRadius), ("binWidth", binWidth),
    ]
    for (name, value) in positive {
      require(value > 0 && value.isFinite, name, value, "a positive finite number")
    }
    require(synapticDelay >= 0 && synapticDelay.isFinite, "synapticDelay", synapticDelay, "0 ms or more")
    require(
      excludedRadius >= 0 && excludedRadius < cylinderRadius, "excludedRadius", excludedRadius,
      "0 or more and less than cylinderRadius (\(cylinderRadius))")
    require(
      somaHeights.lowerBound.isFinite && somaHeights.upperBound.isFinite, "somaHeights", somaHeights,
      "finite heights")
    let counts = [
      ("excitatoryNeurons", excitatoryNeurons), ("inhibitoryNeurons", inhibitoryNeurons),
      ("heightSamples", heightSamples), ("orientationSamples", orientationSamples),
    ]
    for (name, count) in counts { require(count > 0, name, count, "1 or more") }
    require((1...100_000).contains(lagCount), "lagCount", lagCount, "1 to 100000")
    require(
      (2...1_000).contains(stepsPerBin) && stepsPerBin % 2 == 0, "stepsPerBin", stepsPerBin,
      "an even number from 2 to 1000")
    require(!contacts.isEmpty, "contacts", "none", "1 or more")
    for contact in contacts where !(contact.position.length.isFinite) {
      require(false, "contacts", contact, "finite coordinates")
    }
    require(Set(layers.map(\.name)).count == layers.count, "layers", layers.map(\.name), "different names")
    for (pathway, synapses) in pathways.sorted(by: { $0.key.rawValue < $1.key.rawValue }) {
      for (layer, number) in synapses.synapsesPerCell.sorted(by: { $0.key < $1.key }) {
        let name = "pathways.\(pathway.rawValue).synapsesPerCell.\(layer)"
        require(number >= 0 && number.isFinite, name, number, "0 or more")
        require(
          layers.contains { $0.name == layer }, name, "layer '\(layer)'",
          "one of \(layers.map(\.name).joined(separator: ", "))")
      }
    }
    return problems
  }
}
