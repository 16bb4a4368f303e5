import RandomStreams

// Parts of the parameters lowered to steps and distributions. All throw ``NetworkError`` for impossible values.
extension NetworkParameters {
  /// Refractory periods that are possible, in time steps.
  static let refractoryRange = 0...65_535
  /// Delays that are possible, in time steps.
  static let delayRange = 1...(1 << 16)

  /// A time in whole steps.
  func steps(_ quantity: String, _ milliseconds: Double, within range: ClosedRange<Int>) throws -> Int {
    let exact = milliseconds / timeStep
    let whole = exact.rounded()
    guard abs(exact - whole) <= 1e-9 * max(1, abs(exact)) else {
      throw NetworkError.notMultipleOfTimeStep(
        quantity: quantity, milliseconds: milliseconds, timeStep: timeStep)
    }
    try NetworkError.require(
      whole >= Double(range.lowerBound) && whole <= Double(range.upperBound), quantity, milliseconds,
      "\(range.lowerBound) to \(range.upperBound) time steps of \(timeStep) ms")
    return Int(whole)
  }

  /// A delay in whole steps.
  func delaySteps(_ quantity: String, _ milliseconds: Double) throws -> Int {
    try steps(quantity, milliseconds, within: Self.delayRange)
  }

  func checkInDegrees() throws {
    for (name, degree, population) in [
      ("excitatory in-degree", excitatoryInDegree, excitatoryNeurons),
      ("inhibitory in-degree", inhibitoryInDegree, inhibitoryNeurons),
    ] {
      try NetworkError.require(degree >= 0 && degree < 1 << 15, name, Double(degree), "0 to 32767")
      if !allowsMultapses {
        let sources = allowsAutapses ? population : population - 1
        try NetworkError.require(
          degree <= sources, name, Double(degree),
          "at most \(sources), as sources are drawn without replacement")
      }
    }
  }

  /// The distributions of neurons' properties; nil if none has a spread.
  func neuronDistributions() throws -> NeuronDistributions? {
    let spreads = [membraneTimeConstantSpread, thresholdSpread, refractoryPeriodSpread]
    guard spreads.contains(where: { $0 != nil }) else { return nil }
    func distribution(
      _ nominal: Double, _ spread: Spread?, _ quantity: String, _ allowed: (Double) -> Bool,
      _ expected: String
    ) throws -> TruncatedNormal {
      try (spread ?? Spread(standardDeviation: 0, bounds: nominal...nominal))
        .distribution(around: nominal, of: quantity, allowed: allowed, expected: expected)
    }
    let lowest = max(restingPotential, resetPotential)
    let longest = Double(Self.refractoryRange.upperBound) * timeStep
    return NeuronDistributions(
      membraneTimeConstant: try distribution(
        membraneTimeConstant, membraneTimeConstantSpread, "membrane time constant", { $0 > 0 }, "> 0 ms"),
      threshold: try distribution(
        threshold, thresholdSpread, "threshold", { $0 > lowest },
        "above the resting and reset potentials, \(lowest) mV"),
      refractoryPeriod: try distribution(
        refractoryPeriod, refractoryPeriodSpread, "refractory period", { $0 >= 0 && $0 <= longest },
        "0 to \(longest) ms"),
      restingPotential: restingPotential, timeStep: timeStep)
  }

  /// The distribution of delays; nil if all are equal.
  func delayLaw() throws -> RoundedNormal? {
    let longest = Double(Self.delayRange.upperBound) * timeStep
    let distribution = try delaySpread?.distribution(
      around: delay, of: "delay", allowed: { $0 >= 0 && $0 <= longest }, expected: "0 to \(longest) ms")
    guard let distribution, distribution.standardDeviation > 0 else { return nil }
    return RoundedNormal(distribution, step: timeStep, least: Self.delayRange.lowerBound)
  }
}
