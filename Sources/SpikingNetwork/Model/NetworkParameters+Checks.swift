import ParameterChecks
import RandomStreams

extension NetworkParameters {
  /// The most neurons of a network.
  static let mostNeurons = 1 << 24
  /// The most inputs of one kind that a neuron may have: counts of a step, drive included, fit into 16 bits.
  static let largestInDegree = (1 << 15) - 1
  /// Refractory periods that are possible, in time steps.
  static let refractoryRange = 0...65_535
  /// Delays that are possible, in time steps.
  static let delayRange = 1...(1 << 16)

  /// Notes everything that is wrong with a network that is simulated in steps of `timeStep` ms.
  public func check(_ rules: inout ParameterRules, timeStep: Double) {
    checkRanges(&rules)
    checkConnectivity(&rules, timeStep: timeStep)
    for (key, value) in [("network.V_reset_mV", resetPotential), ("network.E_L_mV", restingPotential)] {
      rules.require(
        value < threshold, key, with: ["network.theta_mV"], "is not below the threshold", got: value,
        expected: "less than theta_mV = \(threshold)")
    }
    let drive = externalSpikes(in: timeStep)
    rules.require(
      PoissonTable.meanRange.contains(drive), "network.J_mV",
      with: [
        "network.eta", "network.tau_m_ms", "network.theta_mV", "network.E_L_mV", SimulationTiming.timeStepKey,
      ],
      "is too small for the external drive", got: "\(drive) external inputs per time step",
      expected: "at most \(PoissonTable.meanRange.upperBound)")
    rules.checkTime(refractoryPeriod, within: Self.refractoryRange, timeStep, "network.t_ref_ms")
    if case .explicit = connectivity {
    } else {
      rules.checkTime(delay, within: Self.delayRange, timeStep, "network.delay_ms")
    }
    checkSpread(&rules, timeStep: timeStep)
  }

  /// Rules about single values.
  private func checkRanges(_ rules: inout ParameterRules) {
    rules.require(excitatoryNeurons, in: 1...Self.mostNeurons, "network.excitatory_neurons")
    rules.require(inhibitoryNeurons, in: 1...Self.mostNeurons, "network.inhibitory_neurons")
    if case .fixedInDegree(let fraction) = connectivity {
      rules.require(
        fraction > 0 && fraction <= 1, "network.connection_fraction", fraction,
        "a number greater than 0 and not greater than 1")
    }
    rules.requirePositive(eta, "network.eta")
    rules.requireNotNegative(g, "network.g")
    rules.requirePositive(efficacy, "network.J_mV")
    rules.requirePositive(membraneTimeConstant, "network.tau_m_ms")
    rules.requireNotNegative(synapticTimeConstant, "network.tau_syn_ms")
    rules.requireNotNegative(refractoryPeriod, "network.t_ref_ms")
    rules.requireFinite(threshold, "network.theta_mV")
    rules.requireFinite(resetPotential, "network.V_reset_mV")
    rules.requireFinite(restingPotential, "network.E_L_mV")
    rules.requireNotNegative(delay, "network.delay_ms")
  }

  private func checkConnectivity(_ rules: inout ParameterRules, timeStep: Double) {
    let sizes = ["network.excitatory_neurons", "network.inhibitory_neurons"]
    rules.require(
      neurons <= Self.mostNeurons, sizes[0], with: [sizes[1]], "is too large", got: "\(neurons) neurons",
      expected: "at most \(Self.mostNeurons) in both populations")
    if case .explicit(let synapses) = connectivity {
      return ExplicitWiring.check(&rules, synapses, of: self, timeStep: timeStep)
    }
    let key = "network.connection_fraction"
    for (size, neurons, isExcitatory) in [
      (sizes[0], excitatoryNeurons, true), (sizes[1], inhibitoryNeurons, false),
    ] {
      var least = 0
      if case .fixedInDegree(let fraction) = connectivity {
        let exact = fraction * Double(neurons)
        least = 1
        rules.require(
          exact >= 0.5, key, with: [size], "gives no input from the population \(size) = \(neurons)",
          got: fraction, expected: "at least one input")
        rules.requireConsistent(
          abs(exact - exact.rounded()) <= ParameterRules.tolerance * exact, key, with: [size],
          "gives no whole number of inputs from the population \(size) = \(neurons)", got: "\(exact) inputs",
          expected: "a share that is a whole number of neurons")
      }
      let inDegrees = connectivity.inDegrees(of: self)
      let inDegree = isExcitatory ? inDegrees.excitatory : inDegrees.inhibitory
      rules.require(
        (least...Self.largestInDegree).contains(inDegree), key, with: [size], "gives an impossible in-degree",
        got: "\(inDegree) inputs from the population \(size)",
        expected: "\(least) to \(Self.largestInDegree)")
      let sources = neurons &- (allowsAutapses ? 0 : 1)
      rules.require(
        allowsAutapses || sources >= 1 || inDegree == 0, "network.autapses", with: [size],
        "leaves a population of one neuron without input", got: allowsAutapses,
        expected: "more than one neuron")
      rules.require(
        allowsMultapses || sources < 1 || inDegree <= sources, "network.multapses",
        with: [key, "network.autapses", size], "needs more different neurons than there are",
        got: "\(inDegree) inputs", expected: "at most \(sources)")
    }
  }

  /// The bounds hold the nominal values, and only what a neuron or synapse can have.
  private func checkSpread(_ rules: inout ParameterRules, timeStep: Double) {
    let lowest = max(resetPotential, restingPotential)
    let longestPause = Double(Self.refractoryRange.upperBound) * timeStep
    let longestDelay = Double(Self.delayRange.upperBound) * timeStep
    for (name, spread, nominal, isPossible, expected) in [
      ("tau_m_ms", spread.membraneTimeConstant, membraneTimeConstant, { $0 > 0 }, "more than 0"),
      (
        "t_ref_ms", spread.refractoryPeriod, refractoryPeriod, { $0 >= 0 && $0 <= longestPause },
        "0 to \(longestPause)"
      ),
      ("theta_mV", spread.threshold, threshold, { $0 > lowest }, "more than V_reset_mV and E_L_mV"),
      (
        "delay_ms", spread.delay, delay,
        { $0 >= timeStep * (1 - ParameterRules.tolerance) && $0 <= longestDelay },
        "dt_ms to \(longestDelay)"
      ),
    ] as [(String, Spread?, Double, (Double) -> Bool, String)] {
      guard let spread else { continue }
      let key = "network.spread.\(name)"
      rules.requireNotNegative(spread.standardDeviation, key)
      for (end, bound) in [("lower", spread.bounds.lowerBound), ("upper", spread.bounds.upperBound)] {
        rules.require(
          bound.isFinite && isPossible(bound), key, "has an impossible \(end) bound", got: bound,
          expected: expected)
      }
      rules.require(
        spread.bounds.contains(nominal), key, with: ["network.\(name)"], "does not hold the nominal value",
        got: "\(spread.bounds.lowerBound) to \(spread.bounds.upperBound)",
        expected: "bounds around \(name) = \(nominal)")
    }
  }
}

extension ParameterRules {
  /// Requires a time in ms to be a whole number of time steps within a range.
  mutating func checkTime(_ time: Double, within range: ClosedRange<Int>, _ timeStep: Double, _ key: String) {
    let related = [SimulationTiming.timeStepKey]
    require(
      time / timeStep >= Double(range.lowerBound) * (1 - Self.tolerance), key, with: related,
      "is shorter than one time step", got: time, expected: "at least dt_ms = \(timeStep)")
    requireMultiple(time, of: timeStep, key, with: SimulationTiming.timeStepKey)
    require(
      time / timeStep <= Double(range.upperBound) * (1 + Self.tolerance), key, with: related,
      "is too long", got: time, expected: "at most \(range.upperBound) time steps of \(timeStep) ms")
  }
}
