import Numerics

/// How decoders are found from tuning curves.
package enum DecoderSolver: Sendable, Equatable {
  /// By the pseudo-inverse of A Aᵀ. With about as many neurons as samples the decoders fit the chance in measured rates, grow
  /// large, and fail.
  case pseudoInverse
  /// As if the rates had normal noise, whose standard deviation is this share of the largest rate.
  case ridge(noise: Double)
}

/// There are no decoders.
package enum DecoderError: Error, Sendable, Equatable, CustomStringConvertible {
  /// So little noise that A Aᵀ + noise is singular in double precision.
  case singular(noise: Double)
  /// Numbers beyond double precision.
  case overflow

  /// One line that names the option.
  package var description: String {
    switch self {
    case .singular(let noise):
      "\(NEFParameters.Key.ridge.rawValue): got \(noise), with which decoders are not determined, expected more"
    case .overflow:
      "\(NEFParameters.Key.function.rawValue): gives decoders beyond double precision, expected smaller values"
    }
  }
}

/// What a spike of each neuron adds to the number that is read from a population.
///
/// With A [neuron][sample] the rates and f the values to be read, decoders d minimise |Aᵀ d dt − f|²: d = (A Aᵀ)⁺ A f/dt
/// (Eliasmith and Anderson 2003, Neural Engineering, MIT Press, ch. 2 and 4).
package struct Decoders: Sendable, Equatable {
  /// d of each neuron.
  package let weights: [Double]
  /// The root mean square of Aᵀ d dt − f over the samples.
  package let residual: Double

  /// Finds decoders.
  ///
  /// - Parameters:
  ///   - curves: A.
  ///   - values: f, [sample].
  ///   - timeStep: dt in s.
  package init(
    _ curves: TuningCurves, of values: [Double], solver: DecoderSolver, timeStep: Double
  ) throws(DecoderError) {
    precondition(values.count == curves.samples.count, "a value for each sample")
    let rates = curves.rates
    let projected = rates.times(values)
    let solution: [Double]
    switch solver {
    case .pseudoInverse: solution = try Self.pseudoInverse(rates.timesTransposed, times: projected)
    case .ridge(let noise):
      let deviation = noise * (rates.elements.max() ?? 0)
      solution = try Self.ridge(
        rates.timesTransposed, variance: Double(values.count) * deviation * deviation, times: projected,
        noise: noise)
    }
    weights = solution.map { $0 / timeStep }
    let decoded = rates.transposedTimes(solution)
    let squares = zip(decoded, values).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }
    residual = (squares / Double(values.count)).squareRoot()
    guard weights.allSatisfy(\.isFinite), residual.isFinite else { throw .overflow }
  }

  /// The largest decoder by magnitude.
  package var largest: Double { weights.map(\.magnitude).max() ?? 0 }

  /// Eigenvalues below this share of the largest count as zeros, as in NumPy's `pinv`.
  private static let cutoff = 1e-15

  /// Γ⁺ b from Γ = Σ λ v vᵀ: Σ v (v·b)/λ over the λ that are not zero.
  private static func pseudoInverse(
    _ gram: consuming Matrix, times b: [Double]
  ) throws(DecoderError) -> [Double] {
    let system: SymmetricEigensystem
    do { system = try SymmetricEigensystem(gram) } catch { throw .overflow }
    let limit = cutoff * (system.values.map(\.magnitude).max() ?? 0)
    var solution = [Double](repeating: 0, count: b.count)
    for (row, value) in system.values.enumerated() where value.magnitude > limit {
      let vector = system.vectors.row(row)
      let factor = zip(vector, b).reduce(0) { $0 + $1.0 * $1.1 } / value
      for (index, element) in zip(b.indices, vector) { solution[index] += factor * element }
    }
    return solution
  }

  /// (Γ + variance)⁻¹ b.
  private static func ridge(
    _ gram: consuming Matrix, variance: Double, times b: [Double], noise: Double
  ) throws(DecoderError) -> [Double] {
    // A population that is silent for all samples.
    guard variance > 0 || b.contains(where: { $0 != 0 }) else { return b.map { _ in 0 } }
    for index in 0..<gram.rows { gram[index, index] += variance }
    guard let factorisation = CholeskyFactorisation(gram) else { throw .singular(noise: noise) }
    return factorisation.solve(b)
  }
}
