/// Excitatory and inhibitory Poisson inputs that make the potential jump.
package struct PoissonInput: Sendable, Equatable {
  /// Jump at an excitatory input in mV, and inputs in Hz.
  package var excitatoryJump, excitatoryRate: Double
  /// Jump down at an inhibitory input in mV, and inputs in Hz.
  package var inhibitoryJump, inhibitoryRate: Double

  /// Inputs: jumps in mV, at least 0, rates in Hz.
  package init(
    excitatoryJump: Double, excitatoryRate: Double, inhibitoryJump: Double = 0, inhibitoryRate: Double = 0
  ) {
    self.excitatoryJump = excitatoryJump
    self.excitatoryRate = excitatoryRate
    self.inhibitoryJump = inhibitoryJump
    self.inhibitoryRate = inhibitoryRate
  }

  /// Jumps of equal size up and down that have a given mean and deviation; nil where that takes negative rates.
  ///
  /// - Parameters:
  ///   - jump: in mV
  ///   - membraneTimeConstant: in ms
  package init?(_ noise: WhiteNoise, jump: Double, membraneTimeConstant: Double) {
    let tau = membraneTimeConstant / 1000
    let sum = noise.deviation * noise.deviation / (tau * jump * jump), difference = noise.mean / (tau * jump)
    // Up to rounding, where inputs of one kind are all there are.
    guard sum * (1 + 1e-9) >= abs(difference), sum.isFinite else { return nil }
    self.init(
      excitatoryJump: jump, excitatoryRate: max(0, (sum + difference) / 2), inhibitoryJump: jump,
      inhibitoryRate: max(0, (sum - difference) / 2))
  }

  /// Its diffusion approximation: μ = τ (J_e r_e − J_i r_i), σ² = τ (J_e² r_e + J_i² r_i).
  package func whiteNoise(membraneTimeConstant: Double) -> WhiteNoise {
    let tau = membraneTimeConstant / 1000
    let variance =
      excitatoryJump * excitatoryJump * excitatoryRate + inhibitoryJump * inhibitoryJump * inhibitoryRate
    return WhiteNoise(
      mean: tau * (excitatoryJump * excitatoryRate - inhibitoryJump * inhibitoryRate),
      deviation: (tau * variance).squareRoot())
  }
}
