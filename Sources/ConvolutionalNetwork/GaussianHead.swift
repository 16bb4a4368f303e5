import Foundation

/// Reads a normal distribution of d targets from d + d(d + 1)/2 outputs of a network.
///
/// The outputs are the d means μ, d values that give the logarithms s of the diagonal of L, and the entries of L below
/// its diagonal, row by row. L is the Cholesky factor of the precision matrix: the covariance is (L Lᵀ)⁻¹. Any outputs
/// thus describe a proper distribution. So that none is infinitely narrow, s = b·tanh(output/b) with b = 10.
public struct GaussianHead: Sendable, Hashable {
  /// Number d of targets.
  public let targets: Int

  private static let bound = 10.0

  /// The head for `targets` targets, at least one.
  public init(targets: Int) {
    precondition(targets >= 1, "a distribution has a target")
    self.targets = targets
  }

  /// Number of outputs that a network needs.
  public var outputCount: Int { 2 * targets + targets * (targets - 1) / 2 }

  /// Position of L's entry in row `i` and column `j` < `i`.
  private func index(_ i: Int, _ j: Int) -> Int { 2 * targets + i * (i - 1) / 2 + j }

  /// −log of the density of `values`, ½‖Lᵀ(t − μ)‖² − Σ s + ½ d log 2π, and its derivatives by the outputs.
  func negativeLogLikelihood(
    _ outputs: [Double], of values: UnsafeBufferPointer<Float>, gradient: inout [Double]
  ) -> Double {
    var result = 0.5 * Double(targets) * log(2 * Double.pi)
    for j in 0..<targets {
      let ratio = tanh(outputs[targets + j] / Self.bound)
      let logarithm = Self.bound * ratio
      let diagonal = exp(logarithm)
      let residual = Double(values[j]) - outputs[j]
      var z = diagonal * residual
      for i in (j + 1)..<max(j + 1, targets) { z += outputs[index(i, j)] * (Double(values[i]) - outputs[i]) }
      result += 0.5 * z * z - logarithm
      // Column j of L meets z only: its derivatives are complete, those of the means are sums over the columns.
      gradient[j] = (j == 0 ? 0 : gradient[j]) - diagonal * z
      gradient[targets + j] = (residual * z * diagonal - 1) * (1 - ratio * ratio)
      for i in (j + 1)..<max(j + 1, targets) {
        gradient[i] = (j == 0 ? 0 : gradient[i]) - outputs[index(i, j)] * z
        gradient[index(i, j)] = (Double(values[i]) - outputs[i]) * z
      }
    }
    return result
  }

  /// Mean [target] and covariance [target][target] for one sample of a network's outputs [sample][output].
  public func distribution(of sample: Int, in outputs: [Float]) -> (mean: [Double], covariance: [Double]) {
    let values = outputs[sample * outputCount..<(sample + 1) * outputCount].map(Double.init)
    return (Array(values.prefix(targets)), covariance(values))
  }

  /// The covariance matrix [target][target] that the outputs describe.
  public func covariance(_ outputs: [Double]) -> [Double] {
    precondition(outputs.count == outputCount, "one distribution")
    // Rows of L⁻ᵀ by back substitution, column by column of the unit matrix: Lᵀ x = e.
    var inverse = [Double](repeating: 0, count: targets * targets)
    for column in 0..<targets {
      for i in (0...column).reversed() {
        var sum = i == column ? 1.0 : 0
        for k in (i + 1)..<max(i + 1, column + 1) {
          sum -= outputs[index(k, i)] * inverse[k * targets + column]
        }
        inverse[i * targets + column] = sum / exp(Self.bound * tanh(outputs[targets + i] / Self.bound))
      }
    }
    var covariance = inverse
    for i in 0..<targets {
      for j in 0..<targets {
        covariance[i * targets + j] = (0..<targets).reduce(0) {
          $0 + inverse[i * targets + $1] * inverse[j * targets + $1]
        }
      }
    }
    return covariance
  }
}
