import FieldPotential
import Foundation
import ParameterSampling
import RandomStreams

/// The cells and the tissue of one sample, where samples differ in them (``FieldPotential/KernelNuisance``).
public struct KernelVariant: Sendable, Hashable {
  /// Shift of the somata in µm.
  public var somaShift = 0.0
  /// Number of the pair of cells; nil for the configured ones.
  public var cells: Int?

  /// The configured cells where they are configured to be.
  public init() {}
}

extension Study {
  /// What a sample's kernels are computed for, and the factors of all of them and of the inhibitory ones beside.
  package func kernelVariant(
    of sample: SampleIdentity
  ) -> (variant: KernelVariant, scale: Double, inhibitoryScale: Double) {
    let nuisance = configuration.kernel.nuisance
    guard !nuisance.isNone else { return (KernelVariant(), 1, 1) }
    var stream = sample.key.derived(.kernelNuisance).generator()
    func draw(_ range: ClosedRange<Double>) -> Double {
      range.lowerBound + (range.upperBound - range.lowerBound) * stream.uniform()
    }
    var variant = KernelVariant()
    let step = KernelNuisance.shiftStep
    variant.somaShift = (draw(nuisance.somaShift) / step).rounded() * step
    let gains = (draw(nuisance.gain), draw(nuisance.inhibitoryGain))
    if !cells.isEmpty { variant.cells = stream.index(below: cells.count) }
    func factor(_ decibels: Double) -> Double { decibels == 0 ? 1 : pow(10, decibels / 20) }
    return (variant, factor(gains.0), factor(gains.1))
  }
}

extension StreamPurpose {
  fileprivate static let kernelNuisance = StreamPurpose("kernel nuisance")
}
