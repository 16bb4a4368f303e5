/// How a signal differs from the one that it should be.
package struct SignalError: Sendable, Equatable {
  /// The root mean square of the difference.
  package let rms: Double
  /// The time in s by which the signal goes ahead of the ideal one; nil where that cannot be told from an offset or a gain.
  ///
  /// It is c of the regression signal(t) ≈ a + b ideal(t) + c ideal′(t): to first order, ideal(t + c) is the ideal plus c times
  /// its slope.
  package let lead: Double?
  /// The root mean square of what is left of the difference without the lead, signal − ideal − c ideal′.
  package let rmsWithoutLead: Double

  /// Compares signals of equal length, with a time step in s.
  package init(of signal: [Double], from ideal: [Double], timeStep: Double) {
    precondition(signal.count == ideal.count, "signals of equal length")
    let slope = ideal.indices.map { index in
      let (before, after) = (max(index - 1, 0), min(index + 1, ideal.count - 1))
      return before < after ? (ideal[after] - ideal[before]) / (Double(after - before) * timeStep) : 0
    }
    let difference = zip(signal, ideal).map { $0 - $1 }
    let lead = Self.slopeCoefficient(of: difference, on: ideal, slope)
    self.lead = lead
    rms = Self.rootMeanSquare(difference)
    rmsWithoutLead =
      lead.map { lead in
        Self.rootMeanSquare(zip(difference, slope).map { $0 - lead * $1 })
      } ?? rms
  }

  /// c of the regression of y on 1, x and s; that of y + x is the same.
  private static func slopeCoefficient(of y: [Double], on x: [Double], _ s: [Double]) -> Double? {
    let count = Double(y.count)
    let means = (x: x.reduce(0, +) / count, s: s.reduce(0, +) / count)
    var (xx, xs, ss, xy, sy) = (0.0, 0.0, 0.0, 0.0, 0.0)
    for index in y.indices {
      let (x, s) = (x[index] - means.x, s[index] - means.s)
      xx += x * x
      xs += x * s
      ss += s * s
      xy += x * y[index]
      sy += s * y[index]
    }
    let determinant = xx * ss - xs * xs
    return determinant > 1e-9 * xx * ss ? (xx * sy - xs * xy) / determinant : nil
  }

  private static func rootMeanSquare(_ values: [Double]) -> Double {
    (values.reduce(0) { $0 + $1 * $1 } / Double(max(values.count, 1))).squareRoot()
  }
}
