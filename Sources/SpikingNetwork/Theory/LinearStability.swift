import Foundation
import Numerics

/// A perturbation that grows.
public struct UnstableMode: Sendable, Equatable {
  /// In Hz; 0 of one that grows without oscillating.
  public let frequency: Double
  /// By e in so many 1/s.
  public let growth: Double
}

/// The linear stability of a stationary state in an infinite sparse network whose synapses all have one delay (Brunel 2000,
/// doi:10.1023/A:1008925309027, section 4): which perturbations of the rate grow.
///
/// What becomes of them, such as the locked volleys of the synchronous regular state, it does not say; nor how large
/// fluctuations are in a finite network, which near a border look like oscillations.
public struct LinearStability: Sendable {
  /// The frequencies, in increasing order, at which a perturbation comes back in phase.
  public let zeroPhases: [ZeroPhase]
  /// How many eigenvalues have a positive real part, those of a complex pair counted as two.
  public let unstableModeCount: Int
  /// The perturbations that grow: one for each complex pair, and real ones.
  public let unstableModes: [UnstableMode]

  /// The stability of a state of a theory without a time step, for oscillations up to `highestFrequency` Hz: as neurons answer to white noise however fast
  /// it changes, there may be more at further multiples of 1/t_d, which synapses with a time course would not pass on.
  public init(_ theory: MeanField, _ state: StationaryState, highestFrequency: Double = 1000) {
    guard let loop = LoopGain(theory, rate: state.rate) else {
      (zeroPhases, unstableModeCount, unstableModes) = ([], 0, [])
      return
    }
    zeroPhases = loop.zeroPhases(in: Self.lowestFrequency...highestFrequency)
    let growing = zeroPhases.filter { $0.gain > 1 }
    // How often L(iω) goes clockwise around 1 as ω grows from −∞ to ∞ (Nyquist): L has no poles where Re λ > 0.
    var count = 2 * growing.reduce(0) { $0 + ($1.isFalling ? 1 : -1) }
    var starts = growing.map { Complex(0.005, 2 * Double.pi * $0.frequency / 1000) }
    if state.slope > 1 {
      count += loop.value(frequency: Self.lowestFrequency).imaginary < 0 ? 1 : -1
      starts.insert(Complex(0.01), at: 0)
    }
    unstableModeCount = count
    unstableModes = starts.reduce(into: []) { modes, start in
      guard let lambda = Self.eigenvalue(of: loop, near: start) else { return }
      let mode = UnstableMode(
        frequency: abs(lambda.imaginary) * 500 / Double.pi, growth: lambda.real * 1000)
      let isKnown = modes.contains {
        abs($0.frequency - mode.frequency) + abs($0.growth - mode.growth) < 1e-3 * (1 + mode.frequency)
      }
      if !isKnown { modes.append(mode) }
    }
  }

  private static let lowestFrequency = 0.01

  /// A λ in 1/ms with L(λ) = 1 and a positive real part, by the secant method for ln L; nil if it does not get there.
  private static func eigenvalue(of loop: LoopGain, near start: Complex) -> Complex? {
    func mismatch(_ lambda: Complex) -> Complex { loop.value(lambda).logarithm }
    var (previous, current) = (Complex(0.5 * start.real, start.imaginary), start)
    var (before, value) = (mismatch(previous), mismatch(current))
    for _ in 0..<60 where value.magnitude > 1e-11 {
      var step = -(value / ((value - before) / (current - previous)))
      // L is defined in the right half plane.
      while step.real <= -current.real { step = 0.5 * step }
      (previous, before) = (current, value)
      current = current + step
      value = mismatch(current)
      if !value.magnitude.isFinite { return nil }
    }
    return value.magnitude < 1e-8 ? current : nil
  }
}
