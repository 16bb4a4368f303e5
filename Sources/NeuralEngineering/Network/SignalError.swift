/// How a signal differs from the one that it should be.
package struct SignalError: Sendable, Equatable {
  /// The root mean square of the difference.
  package let rms: Double
  /// The time in s by which the signal goes ahead of the ideal one; nil where that is constant.
  ///
  /// To first order signal(t) = ideal(t + lead), so that the lead is the regression of the difference on the ideal one's slope.
  package let lead: Double?
  /// The root mean square of what the lead does not explain.
  package let rmsWithoutLead: Double

  /// Compares signals of equal length, with a time step in s.
  package init(of signal: [Double], from ideal: [Double], timeStep: Double) {
    precondition(signal.count == ideal.count, "signals of equal length")
    var (squares, product, slopes) = (0.0, 0.0, 0.0)
    for index in signal.indices {
      let difference = signal[index] - ideal[index]
      let (before, after) = (max(index - 1, 0), min(index + 1, ideal.count - 1))
      let slope = before < after ? (ideal[after] - ideal[before]) / (Double(after - before) * timeStep) : 0
      squares += difference * difference
      product += difference * slope
      slopes += slope * slope
    }
    let count = Double(max(signal.count, 1))
    rms = (squares / count).squareRoot()
    lead = slopes > 0 ? product / slopes : nil
    rmsWithoutLead = slopes > 0 ? (max(squares - product * product / slopes, 0) / count).squareRoot() : rms
  }
}
