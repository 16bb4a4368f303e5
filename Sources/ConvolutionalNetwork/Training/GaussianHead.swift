import Foundation

/// Reads a normal distribution of d targets from d + d(d + 1)/2 outputs of a network.
///
/// The outputs are the d means μ, d values that give logarithms s, and the d(d − 1)/2 entries below the diagonal of a
/// matrix C with ones on its diagonal, row by row. With residuals r = t − μ, the Cᵀr are independent, with standard
/// deviations e^(−s): C_ij is how much t_j goes with t_i for i > j, as in a regression (Pourahmadi 1999,
/// doi:10.1093/biomet/86.3.677). However narrow the distribution is, such entries stay of the size of one, which a network
/// learns faster than the entries of a Cholesky factor. Any outputs describe a proper distribution. So that none is
/// infinitely narrow, s = b·tanh(output/b) with b = 10.
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

  /// Position of C's entry in row `i` and column `j` < `i`.
  private func index(_ i: Int, _ j: Int) -> Int { 2 * targets + i * (i - 1) / 2 + j }

  /// −log of the density of `values`, ½ Σ z² − Σ s + ½ d log 2π with z = e^s Cᵀ(t − μ), plus ½ `errorWeight` |t − μ|², and its
  /// derivatives by the outputs.
  func negativeLogLikelihood(
    _ outputs: UnsafePointer<Double>, of values: UnsafeBufferPointer<Float>, errorWeight: Double,
    gradient: UnsafeMutablePointer<Double>
  ) -> Double {
    var result = 0.5 * Double(targets) * log(2 * Double.pi)
    for j in 0..<targets {
      let ratio = tanh(outputs[targets + j] / Self.bound)
      let logarithm = Self.bound * ratio
      let inverseDeviation = exp(logarithm)
      var combined = Double(values[j]) - outputs[j]
      for i in (j + 1)..<max(j + 1, targets) {
        combined += outputs[index(i, j)] * (Double(values[i]) - outputs[i])
      }
      let z = inverseDeviation * combined
      result += 0.5 * z * z - logarithm
      // Column j of C meets z_j only: its derivatives are complete, those of the means are sums over the columns.
      let slope = inverseDeviation * z
      gradient[j] = (j == 0 ? 0 : gradient[j]) - slope
      gradient[targets + j] = (z * z - 1) * (1 - ratio * ratio)
      for i in (j + 1)..<max(j + 1, targets) {
        gradient[i] = (j == 0 ? 0 : gradient[i]) - outputs[index(i, j)] * slope
        gradient[index(i, j)] = (Double(values[i]) - outputs[i]) * slope
      }
    }
    if errorWeight > 0 {
      for i in 0..<targets {
        let error = Double(values[i]) - outputs[i]
        result += 0.5 * errorWeight * error * error
        gradient[i] -= errorWeight * error
      }
    }
    return result
  }

  /// The covariance matrix [target][target] that the outputs describe.
  public func covariance(_ outputs: [Double]) -> [Double] {
    precondition(outputs.count == outputCount, "one distribution")
    // With z = e^s Cᵀ r, back substitution gives r for each unit vector z: a column of the covariance's root.
    var root = [Double](repeating: 0, count: targets * targets)
    for column in 0..<targets {
      for i in (0...column).reversed() {
        var sum = i == column ? exp(-Self.bound * tanh(outputs[targets + i] / Self.bound)) : 0
        for k in (i + 1)..<max(i + 1, column + 1) {
          sum -= outputs[index(k, i)] * root[k * targets + column]
        }
        root[i * targets + column] = sum
      }
    }
    var covariance = root
    for i in 0..<targets {
      for j in 0..<targets {
        covariance[i * targets + j] = (0..<targets).reduce(0) {
          $0 + root[i * targets + $1] * root[j * targets + $1]
        }
      }
    }
    return covariance
  }
}
