import Foundation

extension PredictionShape {
  /// Samples below which a fit would say more about chance than about the networks.
  public static let leastSamples = 50

  /// Degrees of freedom that a fit chooses from, from long tails to none.
  static let candidates: [Int?] = [3, 4, 5, 6, 8, 10, 12, 15, 20, 30, nil]

  /// The shape under which the truths [sample][parameter] are most likely, for predictions of normal distributions;
  /// ``unchanged(parameters:)`` if there are less than ``leastSamples``.
  public static func fitted(to predictions: [MixtureDistribution], truths: [[Double]]) -> PredictionShape {
    precondition(!predictions.isEmpty && predictions.count == truths.count, "one truth for each prediction")
    let count = predictions[0].count
    guard predictions.count >= leastSamples else { return unchanged(parameters: count) }
    let likelihood = ShapeLikelihood(predictions, truths)
    var start = [Double](repeating: 0, count: count)
    var best: (shape: PredictionShape, value: Double)?
    for candidate in candidates {
      let (logarithms, value) = likelihood.largest(from: start, degreesOfFreedom: candidate)
      start = logarithms
      if best.map({ value > $0.value }) ?? true {
        best = (PredictionShape(widths: logarithms.map { exp($0) }, degreesOfFreedom: candidate), value)
      }
    }
    return best!.shape
  }
}

/// The likelihood of truths as a function of the shape of their predictions.
///
/// Stretching a mixture about its mean m by factors f moves a truth t, as seen by a component, to m + (t − m)/f. Its squared
/// Mahalanobis distance is a quadratic form in (1, 1/f₁, 1/f₂, …), the coefficients of which are found once.
private struct ShapeLikelihood {
  private let parameters: Int
  private let components: Int
  private let samples: Int
  /// [sample][component][row][column] of the forms.
  private var forms: [Double] = []
  /// log det of each component's factor, [sample][component].
  private var logDeterminants: [Double] = []

  private var size: Int { parameters + 1 }

  init(_ predictions: [MixtureDistribution], _ truths: [[Double]]) {
    parameters = predictions[0].count
    components = predictions[0].components.count
    samples = predictions.count
    for (prediction, truth) in zip(predictions, truths) {
      let mean = prediction.mean
      for component in prediction.components {
        // Whitened: where the mean is seen from the component, then what each parameter of the truth adds.
        let columns =
          [component.whitened(mean.indices.map { mean[$0] - component.mean[$0] })]
          + mean.indices.map { p in
            component.whitened(mean.indices.map { $0 == p ? truth[p] - mean[p] : 0 })
          }
        for a in columns { forms += columns.map { b in zip(a, b).reduce(0) { $0 + $1.0 * $1.1 } } }
        logDeterminants.append(component.logDeterminant)
      }
    }
  }

  /// The factors' logarithms where the likelihood is largest, found from `start` by one parameter at a time.
  func largest(from start: [Double], degreesOfFreedom: Int?) -> (logarithms: [Double], value: Double) {
    var logarithms = start
    var value = -Double.infinity
    for _ in 0..<100 {
      for p in 0..<parameters {
        logarithms[p] = smallest(within: -2...2) { logarithm in
          var trial = logarithms
          trial[p] = logarithm
          return -self.value(at: trial, degreesOfFreedom)
        }
      }
      let last = value
      value = self.value(at: logarithms, degreesOfFreedom)
      if value - last < 1e-4 { break }
    }
    return (logarithms, value)
  }

  /// The logarithm of the likelihood.
  private func value(at logarithms: [Double], _ degreesOfFreedom: Int?) -> Double {
    let scales = [1] + logarithms.map { exp(-$0) }
    let products = scales.flatMap { a in scales.map { a * $0 } }
    let logNormalisation =
      StudentDistribution.logNormalisation(dimensions: parameters, degreesOfFreedom)
      - logarithms.reduce(0, +) - log(Double(components))
    var total = 0.0
    forms.withUnsafeBufferPointer { forms in
      for sample in 0..<samples {
        // Added up about the largest term so far.
        var (largest, sum) = (-Double.infinity, 0.0)
        for component in (sample * components)..<((sample + 1) * components) {
          var distance = 0.0
          for i in products.indices { distance += forms[component * products.count + i] * products[i] }
          let term =
            StudentDistribution.logShape(distance, dimensions: parameters, degreesOfFreedom)
            - logDeterminants[component]
          if term > largest {
            sum = sum * exp(largest - term) + 1
            largest = term
          } else {
            sum += exp(term - largest)
          }
        }
        total += largest + log(sum) + logNormalisation
      }
    }
    return total
  }

  /// Where a function is smallest, by golden sections.
  private func smallest(within range: ClosedRange<Double>, _ function: (Double) -> Double) -> Double {
    let ratio = (5.0.squareRoot() - 1) / 2
    var (low, high) = (range.lowerBound, range.upperBound)
    var points = (high - ratio * (high - low), low + ratio * (high - low))
    var values = (function(points.0), function(points.1))
    while high - low > 1e-4 {
      if values.0 < values.1 {
        high = points.1
        points = (high - ratio * (high - low), points.0)
        values = (function(points.0), values.0)
      } else {
        low = points.0
        points = (points.1, low + ratio * (high - low))
        values = (values.1, function(points.1))
      }
    }
    return (low + high) / 2
  }
}
