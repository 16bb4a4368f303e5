import Foundation

/// A synapse whose effect decays exponentially: y ← (1 − s) y in every step, and s times its input is added, s = 1 − exp(−dt/τ).
package struct ExponentialSynapse: Sendable, Equatable {
  /// s.
  package let share: Double
  /// 1 − s.
  package let decay: Double

  /// A synapse; both times in the same unit.
  package init(timeConstant: Double, timeStep: Double) {
    share = 1 - exp(-timeStep / timeConstant)
    decay = 1 - share
  }

  /// A signal behind the synapse, which starts from 0.
  package func filtered(_ signal: [Double]) -> [Double] {
    var value = 0.0
    return signal.map { input in
      value = decay * value + share * input
      return value
    }
  }
}
