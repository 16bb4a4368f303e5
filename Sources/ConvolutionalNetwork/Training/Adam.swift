import CVectorPrimitives
import Foundation

/// The optimiser of Kingma and Ba 2015 (arXiv:1412.6980, Algorithm 1).
///
/// With gradient g at step t: m ← β₁m + (1 − β₁)g, v ← β₂v + (1 − β₂)g², m̂ = m/(1 − β₁ᵗ), v̂ = v/(1 − β₂ᵗ),
/// θ ← θ − α·m̂/(√v̂ + ε). ε is added to √v̂, as in the paper and PyTorch; Keras adds it to √v instead, which
/// makes its ε effectively larger during the first steps.
///
/// With weight decay λ, as in AdamW (Loshchilov and Hutter 2019, arXiv:1711.05101), θ ← θ − α·λ·θ before each step, all
/// parameters alike; α is the scheduled step size.
public struct Adam: Sendable, Hashable {
  /// Step size α.
  public let learningRate: Double
  /// Decay β₁ of the mean gradient.
  public let beta1: Double
  /// Decay β₂ of the mean squared gradient.
  public let beta2: Double
  /// Constant ε that keeps the quotient finite.
  public let epsilon: Double
  /// Decoupled weight decay λ.
  public let weightDecay: Double

  /// The values recommended in the paper: α = 10⁻³, β₁ = 0.9, β₂ = 0.999, ε = 10⁻⁸; no decay.
  public static let recommended = Adam(unchecked: 1e-3, 0.9, 0.999, 1e-8, 0)

  /// Throws ``TrainingError`` unless the learning rate and ε are positive, the decays β lie in [0, 1) and the weight decay
  /// is not negative.
  public init(
    learningRate: Double = 1e-3, beta1: Double = 0.9, beta2: Double = 0.999, epsilon: Double = 1e-8,
    weightDecay: Double = 0
  ) throws(TrainingError) {
    for (name, value) in [("learning rate", learningRate), ("epsilon", epsilon)] {
      guard value > 0, value.isFinite else {
        throw .invalidOption(name: name, value: value, expected: "a positive number")
      }
    }
    for (name, value) in [("beta1", beta1), ("beta2", beta2)] {
      guard value >= 0, value < 1 else {
        throw .invalidOption(name: name, value: value, expected: "a number in [0, 1)")
      }
    }
    guard weightDecay >= 0, weightDecay.isFinite else {
      throw .invalidOption(name: "weight decay", value: weightDecay, expected: "not less than 0")
    }
    self.init(unchecked: learningRate, beta1, beta2, epsilon, weightDecay)
  }

  private init(
    unchecked learningRate: Double, _ beta1: Double, _ beta2: Double, _ epsilon: Double, _ weightDecay: Double
  ) {
    self.learningRate = learningRate
    self.beta1 = beta1
    self.beta2 = beta2
    self.epsilon = epsilon
    self.weightDecay = weightDecay
  }

  /// Running means of the gradient and its square.
  public struct State: Sendable, Equatable {
    /// Steps done.
    public var step: Int
    /// m, one value per parameter.
    public var mean: [Float]
    /// v, one value per parameter.
    public var meanSquare: [Float]

    /// The given running means after `step` steps.
    public init(step: Int, mean: [Float], meanSquare: [Float]) {
      self.step = step
      self.mean = mean
      self.meanSquare = meanSquare
    }

    /// The state before the first step.
    public init(parameterCount: Int) {
      self.init(
        step: 0, mean: Array(repeating: 0, count: parameterCount),
        meanSquare: Array(repeating: 0, count: parameterCount))
    }
  }

  /// Performs one step on `parameters`, its size multiplied by `scale`. All vectors must have equal lengths.
  public func update(
    _ parameters: inout [Float], gradient: [Float], state: inout State, scale: Double = 1
  ) {
    precondition(parameters.count == gradient.count && parameters.count == state.mean.count)
    precondition(state.mean.count == state.meanSquare.count)
    state.step += 1
    let count = parameters.count
    guard count > 0 else { return }
    parameters.withUnsafeMutableBufferPointer { parameters in
      gradient.withUnsafeBufferPointer { gradient in
        state.withPointers { mean, meanSquare, step in
          update(
            0..<count, parameters.baseAddress!, gradient: gradient.baseAddress!, mean: mean,
            meanSquare: meanSquare, step: step, scale: scale)
        }
      }
    }
  }

  /// Step number `step` (from 1) on the parameters in `range`, its size multiplied by `scale`, along the gradient
  /// multiplied by `gradientScale`.
  func update(
    _ range: Range<Int>, _ parameters: UnsafeMutablePointer<Float>, gradient: UnsafePointer<Float>,
    mean: UnsafeMutablePointer<Float>, meanSquare: UnsafeMutablePointer<Float>, step: Int, scale: Double,
    gradientScale: Float = 1
  ) {
    let stepSize = Float(scale * learningRate / (1 - pow(beta1, Double(step))))
    let squareScale = Float((1 / (1 - pow(beta2, Double(step)))).squareRoot())
    let (keep1, add1) = (Float(beta1), Float(1 - beta1))
    let (keep2, add2) = (Float(beta2), Float(1 - beta2))
    let epsilon = Float(epsilon)
    if weightDecay > 0 {
      let keep = Float(1 - scale * learningRate * weightDecay)
      for i in range { parameters[i] *= keep }
    }
    // Eight parameters at a time: left to itself, the compiler takes roots one by one.
    let whole = range.count & ~7
    for i in stride(from: range.lowerBound, to: range.lowerBound + whole, by: 8) {
      let g = gradientScale * Self.eight(gradient + i)
      let m = keep1 * Self.eight(mean + i) + add1 * g
      let v = keep2 * Self.eight(meanSquare + i) + add2 * (g * g)
      UnsafeMutableRawPointer(mean + i).storeBytes(of: m, as: SIMD8<Float>.self)
      UnsafeMutableRawPointer(meanSquare + i).storeBytes(of: v, as: SIMD8<Float>.self)
      let root = vector_square_root(v)
      let new = Self.eight(parameters + i) - stepSize * m / (root * squareScale + epsilon)
      UnsafeMutableRawPointer(parameters + i).storeBytes(of: new, as: SIMD8<Float>.self)
    }
    for i in range.lowerBound + whole..<range.upperBound {
      let g = gradientScale * gradient[i]
      let m = keep1 * mean[i] + add1 * g
      let v = keep2 * meanSquare[i] + add2 * (g * g)
      mean[i] = m
      meanSquare[i] = v
      parameters[i] -= stepSize * m / (v.squareRoot() * squareScale + epsilon)
    }
  }

  @inline(__always)
  private static func eight(_ values: UnsafePointer<Float>) -> SIMD8<Float> {
    UnsafeRawPointer(values).loadUnaligned(as: SIMD8<Float>.self)
  }
}

extension Adam.State {
  /// Calls `body` with m, v and the step number.
  mutating func withPointers(
    _ body: (UnsafeMutablePointer<Float>, UnsafeMutablePointer<Float>, Int) -> Void
  ) {
    let step = step
    mean.withUnsafeMutableBufferPointer { mean in
      meanSquare.withUnsafeMutableBufferPointer { meanSquare in
        body(mean.baseAddress!, meanSquare.baseAddress!, step)
      }
    }
  }
}
