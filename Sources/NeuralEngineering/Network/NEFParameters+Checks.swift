import ParameterChecks

extension NEFParameters {
  /// Most neurons of a population, and most samples.
  static let most = 10_000
  /// Most steps of a simulation, and of all samples together.
  static let mostSteps = 10_000_000

  /// Notes what is wrong.
  package func check(_ rules: inout ParameterRules) {
    let milliseconds = 1000.0
    for (value, key) in [
      (neuron.timeStep, Key.timeStep), (neuron.membraneTimeConstant, .membraneTimeConstant),
      (neuron.refractoryPeriod, .refractoryPeriod), (synapticTimeConstant, .synapticTimeConstant),
    ] {
      rules.requirePositive(value * milliseconds, key.rawValue)
    }
    rules.requirePositive(countingTime, Key.countingTime.rawValue)
    rules.requirePositive(duration, Key.duration.rawValue)
    rules.require(a.neurons, in: 1...Self.most, Key.neuronsA.rawValue)
    rules.require(b.neurons, in: 1...Self.most, Key.neuronsB.rawValue)
    rules.require(samples, in: 1...Self.most, Key.samples.rawValue)
    if case .ridge(let noise) = solver { rules.requirePositive(noise, Key.ridge.rawValue) }
    for intercepts in a.intercepts == b.intercepts ? [a.intercepts] : [a.intercepts, b.intercepts] {
      rules.require(
        intercepts.lowerBound >= -1 && intercepts.lowerBound < 1 && intercepts.upperBound <= 1,
        Key.intercepts.rawValue, shown(intercepts),
        "a range from -1 to 1, which neurons have without its upper end"
      )
    }
    checkRates(&rules)
    checkSteps(&rules)
  }

  /// Rates that the refractory period allows.
  private func checkRates(_ rules: inout ParameterRules) {
    for (range, key) in [(a.maximumRates, Key.ratesA), (b.maximumRates, .ratesB)] {
      rules.require(
        range.lowerBound > 0 && range.upperBound.isFinite, key.rawValue, shown(range), "rates above 0 Hz")
      rules.require(
        range.upperBound < neuron.rateLimit, key.rawValue, with: [Key.refractoryPeriod.rawValue],
        "is out of range", got: shown(range), expected: "rates below 1/t_ref = \(neuron.rateLimit) Hz")
    }
  }

  /// A time step that the membrane can follow, and times that are not too long for it.
  private func checkSteps(_ rules: inout ParameterRules) {
    let step = Key.timeStep.rawValue
    for (limit, key) in [
      (neuron.membraneTimeConstant, Key.membraneTimeConstant), (synapticTimeConstant, .synapticTimeConstant),
    ] {
      rules.require(
        neuron.timeStep < limit, step, with: [key.rawValue], "is out of range", got: neuron.timeStep * 1000,
        expected: "less than \(key.rawValue) = \(limit * 1000)")
    }
    for (time, count, key) in [(duration, 1, Key.duration), (countingTime, samples, .countingTime)] {
      let steps = time / neuron.timeStep
      rules.require(
        steps >= 0.5 && steps * Double(count) <= Double(Self.mostSteps), key.rawValue,
        with: count == 1 ? [step] : [step, Key.samples.rawValue], "is out of range", got: time,
        expected: "at least one step of \(step) and no more than \(Self.mostSteps)"
          + (count == 1 ? "" : " over all samples"))
    }
  }

  private func shown(_ range: ClosedRange<Double>) -> String { "\(range.lowerBound),\(range.upperBound)" }
}
