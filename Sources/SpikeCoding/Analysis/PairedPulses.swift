import Numerics

/// The change of a recurrent weight by one spike of each of two neurons, against the time between them: the insets of
/// Figs. 1D and 4A of Brendel et al. 2020.
///
/// The paper states no protocol. Here two neurons without noise are at rest; a constant current of 20 ms brings the
/// postsynaptic one to threshold at time 0, and a pulse of one step fires the presynaptic one. Only the rule of Eq. 6 is at
/// work.
package struct PairedPulses: Sendable, Equatable {
  /// t_pre − t_post in ms.
  package let lags: [Double]
  /// Changes of Ω_post,pre: decreases strengthen inhibition, increases strengthen excitation.
  package let changes: [Double]

  private static let ramp = 20.0
  private static let start = 60.0

  /// Pairs up to `reach` ms apart, for neurons with a given reset and weight from pre to post.
  package init(_ parameters: CodingParameters, reach: Double = 50, reset: Double = -0.5, weight: Double = 0) {
    var two = parameters
    (two.neurons, two.signals, two.voltageNoise, two.thresholdNoise) = (2, 2, 0, 0)
    let dt = two.timeStep
    let count = Int((reach / dt).rounded())
    // Where both would spike in one step only one does.
    let lags = (-count...count).filter { $0 != 0 }
    changes = lags.map { Self.change(two, lag: $0, reset: reset, weight: weight) }
    self.lags = lags.map { Double($0) * dt }
  }

  private static func change(_ parameters: CodingParameters, lag: Int, reset: Double, weight: Double)
    -> Double
  {
    let dt = parameters.timeStep, leak = 1 - parameters.leakPerStep
    let ramp = Int((Self.ramp / dt).rounded()), post = Int((Self.start / dt).rounded())
    let steps = 2 * post
    var currents = [Double](repeating: 0, count: 2 * steps)
    let drive = parameters.threshold * 1.000_001 * parameters.leakPerStep
    var reached = 0.0
    for _ in 0..<ramp { reached = leak * reached + drive }
    for step in (post - ramp + 1)...post {
      currents[2 * step + 1] =
        drive * parameters.threshold * 1.000_001 / (reached * parameters.stepInSeconds)
    }
    currents[2 * (post + lag)] = 1.5 * parameters.threshold / parameters.stepInSeconds
    let omega = Matrix(rows: 2, columns: 2, [reset, 0, weight, reset])
    var network = CodingNetwork(
      parameters,
      CodingWeights(feedforward: Matrix(rows: 2, columns: 2, [1, 0, 0, 1]), recurrent: omega))
    var silence = NoNoise(), none = NoObserver()
    network.run(
      InputSequence(signals: 2, currents: currents), noise: &silence, learning: .recurrent, observer: &none)
    return network.weights.recurrent[1, 0] - weight
  }
}
