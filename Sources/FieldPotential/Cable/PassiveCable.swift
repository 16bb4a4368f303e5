import Numerics

/// A passive cell solved exactly in time: the cable equation C dv/dt = -(L + C/τ_m) v + I separates into
/// modes, the eigenvectors of C^-½ L C^-½.
public struct PassiveCable: Sendable {
  /// The geometry and the axial conductances.
  public let discretisation: CableDiscretisation
  /// Eigenvalues of C^-½ L C^-½ in 1/ms, ascending from 0; the rates of the modes less 1/τ_m.
  public let axialRates: [Double]
  /// C^-½ times the eigenvectors, one mode after the other: the potentials of each mode.
  let potentialModes: [Double]
  /// C^½ times the eigenvectors, one mode after the other; times -rate: the transmembrane currents of each.
  let currentModes: [Double]
  let leakRate: Double
  let alpha: AlphaResponse

  /// Segments.
  public var count: Int { discretisation.segments.count }

  /// Discretises and solves `morphology`.
  /// - Throws: `KernelError.tooManySegments`, or `.eigensolverFailed`, which finite numbers do not bring about.
  public init(_ morphology: CellMorphology, parameters: KernelParameters) throws(KernelError) {
    discretisation = try CableDiscretisation(morphology, parameters: parameters)
    leakRate = 1 / parameters.membraneTimeConstant
    alpha = AlphaResponse(timeConstant: parameters.synapticTimeConstant)
    // µF/cm² times µm² is 1e-5 nF.
    let roots = discretisation.segments.map { (1e-5 * parameters.specificCapacitance * $0.area).squareRoot() }
    let count = roots.count
    var matrix = discretisation.laplacian
    for i in 0..<count {
      for j in 0..<count { matrix[i * count + j] /= roots[i] * roots[j] }
    }
    let modes: SymmetricEigensystem
    do {
      modes = try SymmetricEigensystem(Matrix(rows: count, columns: count, matrix))
    } catch { throw .eigensolverFailed(error.info) }
    axialRates = modes.values.map { max(0, $0) }
    let vectors = modes.vectors.elements
    potentialModes = vectors.indices.map { vectors[$0] / roots[$0 % count] }
    currentModes = vectors.indices.map { vectors[$0] * roots[$0 % count] }
  }

  /// How much each mode is driven by currents into the segments.
  func modalDrive(_ input: [Double]) -> [Double] {
    (0..<count).map { dotProduct(potentialModes, row: $0, input, row: 0, count: count) }
  }

  /// The potential of the transmembrane currents of every mode, [channel][mode], for a map [channel][segment].
  func modePotentials(_ map: [Double]) -> [Double] {
    var result: [Double] = []
    for channel in 0..<map.count / count {
      for mode in 0..<count {
        let potential = dotProduct(map, row: channel, currentModes, row: mode, count: count)
        result.append(-axialRates[mode] * potential)
      }
    }
    return result
  }

  /// The time course of every mode, [mode][time], for times in ms after the onset of an alpha current.
  package func modeResponses(at times: [Double]) -> [Double] {
    axialRates.flatMap { rate in times.map { alpha.value(at: $0, rate: rate + leakRate) } }
  }

  /// Membrane potentials in mV, [segment][time], at times in ms after alpha currents set in whose peaks
  /// are `input` (nA, one per segment).
  public func membranePotentials(input: [Double], times: [Double]) -> [Double] {
    combine(potentialModes, drive: modalDrive(input), times: times)
  }

  /// Transmembrane currents in nA, [segment][time], outward positive, the synaptic current included, so that
  /// they sum to zero at all times. Arguments as for `membranePotentials(input:times:)`.
  public func transmembraneCurrents(input: [Double], times: [Double]) -> [Double] {
    combine(currentModes, drive: zip(modalDrive(input), axialRates).map { -$0 * $1 }, times: times)
  }

  private func combine(_ modes: [Double], drive: [Double], times: [Double]) -> [Double] {
    let responses = modeResponses(at: times)
    var result = [Double](repeating: 0, count: count * times.count)
    for mode in 0..<count {
      for segment in 0..<count {
        let weight = modes[mode * count + segment] * drive[mode]
        for time in times.indices {
          result[segment * times.count + time] += weight * responses[mode * times.count + time]
        }
      }
    }
    return result
  }
}
