/// Input currents of a stretch of time.
package struct InputSequence: Sendable, Equatable {
  /// Number of signals.
  package let signals: Int
  /// Currents c, [step][signal].
  package let currents: [Double]

  /// Currents by step and signal.
  package init(signals: Int, currents: [Double]) {
    precondition(signals > 0 && currents.count.isMultiple(of: signals), "a current for each signal and step")
    self.signals = signals
    self.currents = currents
  }

  /// The same current in every step.
  package init(constant current: [Double], steps: Int) {
    self.init(signals: current.count, currents: (0..<steps).flatMap { _ in current })
  }

  /// Currents of which the leaky integral x follows a signal: c = dx/dt + λx. The signal is given by step in s.
  package init(
    steps: Int, signals: Int, parameters: CodingParameters, following signal: (Double) -> [Double]
  ) {
    let dt = parameters.stepInSeconds, leak = 1 - parameters.leakPerStep
    var before = signal(-dt), currents: [Double] = []
    for step in 0..<steps {
      let now = signal(Double(step) * dt)
      currents += zip(now, before).map { ($0 - leak * $1) / dt }
      before = now
    }
    self.init(signals: signals, currents: currents)
  }

  /// The same with all currents multiplied.
  package func scaled(by factor: Double) -> InputSequence {
    InputSequence(signals: signals, currents: currents.map { $0 * factor })
  }

  /// Number of steps.
  package var steps: Int { currents.count / signals }

  /// The signals x that the currents stand for, x ← (1 − λ dt) x + dt c from 0 on, [step][signal].
  package func filtered(leakPerStep: Double, stepInSeconds dt: Double) -> [Double] {
    let leak = 1 - leakPerStep
    var x = [Double](repeating: 0, count: signals)
    var result: [Double] = []
    result.reserveCapacity(currents.count)
    for step in 0..<steps {
      for signal in 0..<signals {
        x[signal] = leak * x[signal] + dt * currents[step * signals + signal]
        result.append(x[signal])
      }
    }
    return result
  }

  /// The signals for a network of one population.
  package func filtered(_ parameters: CodingParameters) -> [Double] {
    filtered(leakPerStep: parameters.leakPerStep, stepInSeconds: parameters.stepInSeconds)
  }

  /// The signals for a network of two populations.
  package func filtered(_ parameters: BalancedParameters) -> [Double] {
    filtered(leakPerStep: parameters.leakPerStep, stepInSeconds: parameters.stepInSeconds)
  }
}
