import Foundation

/// Reads a mixture of normal distributions from the outputs of a network (Bishop 1994, "Mixture density networks").
///
/// The outputs are the logarithms of the components' weights, up to a constant, and then what a ``GaussianHead`` reads of each
/// component. A mixture of one has no weight: its outputs are those of that head.
public struct MixtureHead: Sendable, Hashable {
  /// Number of normal distributions.
  public let components: Int
  /// What reads each of them.
  public let component: GaussianHead

  /// One normal distribution with its share of the mixture.
  public struct Part: Sendable, Equatable {
    /// The share; those of all parts sum to 1.
    public let weight: Double
    /// [target].
    public let mean: [Double]
    /// [target][target].
    public let covariance: [Double]
  }

  /// The head for `targets` targets and a number of components, at least one each.
  public init(targets: Int, components: Int) {
    precondition(components >= 1, "a mixture has a component")
    self.components = components
    component = GaussianHead(targets: targets)
  }

  /// The head for `targets` targets whose number of components fits a number of outputs; nil if none does.
  public init?(targets: Int, outputs: Int) {
    let size = GaussianHead(targets: targets).outputCount
    let components = outputs == size ? 1 : outputs / (size + 1)
    guard components >= 1 else { return nil }
    self.init(targets: targets, components: components)
    guard outputCount == outputs else { return nil }
  }

  /// Number of outputs that a network needs.
  public var outputCount: Int {
    components == 1 ? component.outputCount : components * (1 + component.outputCount)
  }

  /// The first of the outputs of a component.
  package func start(of number: Int) -> Int {
    components == 1 ? 0 : components + number * component.outputCount
  }

  /// −log of the density of `values`, plus ½ `errorWeight` times their squared distance from the mean of the mixture, and its
  /// derivatives by the outputs.
  func negativeLogLikelihood(
    _ outputs: UnsafePointer<Double>, of values: UnsafeBufferPointer<Float>, errorWeight: Double,
    gradient: UnsafeMutablePointer<Double>
  ) -> Double {
    if components == 1 {
      return component.negativeLogLikelihood(
        outputs, of: values, errorWeight: errorWeight, gradient: gradient)
    }
    return withUnsafeTemporaryAllocation(of: Double.self, capacity: 2 * components) { memory in
      // Weights, and logarithms of weighted densities.
      let (weights, joint) = (memory.baseAddress!, memory.baseAddress! + components)
      setWeights(weights, of: outputs)
      var largest = -Double.infinity
      for k in 0..<components {
        let likelihood = component.negativeLogLikelihood(
          outputs + start(of: k), of: values, errorWeight: 0, gradient: gradient + start(of: k))
        joint[k] = log(max(weights[k], Double.leastNormalMagnitude)) - likelihood
        largest = max(largest, joint[k])
      }
      var sum = 0.0
      for k in 0..<components { sum += exp(joint[k] - largest) }
      for k in 0..<components {
        let responsibility = exp(joint[k] - largest) / sum
        gradient[k] = weights[k] - responsibility
        for i in 0..<component.outputCount { gradient[start(of: k) + i] *= responsibility }
      }
      return -largest - log(sum)
        + errorTerm(outputs, of: values, weights, errorWeight: errorWeight, gradient: gradient)
    }
  }

  /// ½ `errorWeight` times the squared distance of `values` from the mean of the mixture, whose derivatives it adds.
  private func errorTerm(
    _ outputs: UnsafePointer<Double>, of values: UnsafeBufferPointer<Float>,
    _ weights: UnsafePointer<Double>, errorWeight: Double, gradient: UnsafeMutablePointer<Double>
  ) -> Double {
    if errorWeight == 0 { return 0 }
    var result = 0.0
    for i in 0..<component.targets {
      var mean = 0.0
      for k in 0..<components { mean += weights[k] * outputs[start(of: k) + i] }
      let error = Double(values[i]) - mean
      result += 0.5 * errorWeight * error * error
      for k in 0..<components {
        let slope = errorWeight * error * weights[k]
        gradient[start(of: k) + i] -= slope
        gradient[k] -= slope * (outputs[start(of: k) + i] - mean)
      }
    }
    return result
  }

  private func setWeights(_ weights: UnsafeMutablePointer<Double>, of outputs: UnsafePointer<Double>) {
    var largest = outputs[0]
    for k in 1..<components { largest = max(largest, outputs[k]) }
    var sum = 0.0
    for k in 0..<components {
      weights[k] = exp(outputs[k] - largest)
      sum += weights[k]
    }
    for k in 0..<components { weights[k] /= sum }
  }

  /// The mixture for one sample of a network's outputs [sample][output].
  public func parts(of sample: Int, in outputs: [Float]) -> [Part] {
    let values = outputs[sample * outputCount..<(sample + 1) * outputCount].map(Double.init)
    var weights = [1.0]
    if components > 1 {
      weights = [Double](repeating: 0, count: components)
      setWeights(&weights, of: values)
    }
    return (0..<components).map { k in
      let own = Array(values[start(of: k)..<start(of: k) + component.outputCount])
      return Part(
        weight: weights[k], mean: Array(own.prefix(component.targets)), covariance: component.covariance(own))
    }
  }
}
