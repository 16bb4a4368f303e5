import ParameterChecks

/// What is not known of the cells and tissue around an electrode: each sample has its own, uniform in a range. By default
/// all samples have the same kernels.
public struct KernelNuisance: Sendable, Equatable {
  /// Shift of all somata against the configured heights, in µm; steps of 10 µm.
  public var somaShift: ClosedRange<Double> = 0...0
  /// Strength of all kernels against what cells and tissue give, in dB: an unknown conductivity σ makes 20·log₁₀(σ₀/σ) of
  /// the configured σ₀, an unknown density of cells the same.
  public var gain: ClosedRange<Double> = 0...0
  /// Strength of the inhibitory kernels against what the cells' shapes give, in dB.
  public var inhibitoryGain: ClosedRange<Double> = 0...0
  /// Pairs of an excitatory and an inhibitory cell, each sample with one of them, in place of the configured ones; empty for
  /// those.
  public var cells: [[MorphologySource]] = []

  /// Steps of the shift, in µm.
  public static let shiftStep = 10.0

  /// Nothing is unknown.
  public init() {}

  /// Whether all samples have the configured cells in the configured tissue.
  public var isNone: Bool { self == KernelNuisance() }

  /// Notes everything that is wrong.
  func check(_ rules: inout ParameterRules) {
    rules.require(
      [somaShift.lowerBound, somaShift.upperBound].allSatisfy {
        abs($0) <= 10_000 && ($0 / Self.shiftStep).rounded() * Self.shiftStep == $0
      }, "kernel.nuisance.soma_shift_um", [somaShift.lowerBound, somaShift.upperBound],
      "multiples of 10 from -10000 to 10000")
    for (key, gain) in [("gain_dB", gain), ("gain_I_dB", inhibitoryGain)] {
      rules.require(
        abs(gain.lowerBound) <= 60 && abs(gain.upperBound) <= 60, "kernel.nuisance.\(key)", gain,
        "gains from -60 to 60 dB")
    }
    rules.require(
      cells.allSatisfy { $0.count == 2 }, "kernel.nuisance.morphologies", cells.map(\.count),
      "pairs [excitatory, inhibitory]")
  }
}
