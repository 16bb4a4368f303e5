extension NEFParameters {
  /// Parameters by their names on the command line.
  package enum Key: String, Sendable {
    case neuronsA = "--neurons-a"
    case neuronsB = "--neurons-b"
    case ratesA = "--rates-a"
    case ratesB = "--rates-b"
    case intercepts = "--intercepts"
    case timeStep = "--dt-ms"
    case membraneTimeConstant = "--tau-m-ms"
    case refractoryPeriod = "--t-ref-ms"
    case synapticTimeConstant = "--tau-syn-ms"
    case samples = "--samples"
    case countingTime = "--count-s"
    case ridge = "--ridge"
    case duration = "--duration-s"
    case seed = "--seed"
    case isAnalytic = "--analytic"
    case function = "--function"
    case input = "--input"
  }

  /// All parameters as options of the command, with their values.
  package var options: String {
    func range(_ range: ClosedRange<Double>) -> String { "\(range.lowerBound),\(range.upperBound)" }
    var options: [(Key, String)] = [
      (.neuronsA, "\(a.neurons)"), (.neuronsB, "\(b.neurons)"), (.ratesA, range(a.maximumRates)),
      (.ratesB, range(b.maximumRates)), (.intercepts, range(a.intercepts)),
      (.timeStep, "\(neuron.timeStep * 1000)"),
      (.membraneTimeConstant, "\(neuron.membraneTimeConstant * 1000)"),
      (.refractoryPeriod, "\(neuron.refractoryPeriod * 1000)"),
      (.synapticTimeConstant, "\(synapticTimeConstant * 1000)"), (.samples, "\(samples)"),
      (.countingTime, "\(countingTime)"), (.duration, "\(duration)"), (.seed, "\(seed)"),
    ]
    if case .ridge(let noise) = solver { options.append((.ridge, "\(noise)")) }
    let values = options.map { "\($0.rawValue) \($1)" } + (hasAnalyticCurves ? [Key.isAnalytic.rawValue] : [])
    return values.joined(separator: " ")
  }
}
