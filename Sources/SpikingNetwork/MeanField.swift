import Foundation

/// The stationary rate of a network of identical neurons in the diffusion approximation (Siegert 1951; Brunel 2000,
/// doi:10.1023/A:1008925309027, Eq. 21): good to some percent in asynchronous states, a guide elsewhere.
public struct MeanField: Sendable {
  private let parameters: NetworkParameters

  /// The theory of a network, without its spreads.
  public init(_ parameters: NetworkParameters) { self.parameters = parameters }

  /// The highest rate in Hz that reproduces itself; 0 if there is none.
  public var rate: Double {
    let highest = 1000 / max(parameters.refractoryPeriod, parameters.timeStep)
    func excess(_ rate: Double) -> Double { response(toInputsAt: rate) - rate }
    // From above, so that the active one of several states is found.
    let steps = 32
    var upper = highest
    for step in (0..<steps).reversed() {
      var lower = highest * Double(step) / Double(steps)
      if excess(lower) > 0 {
        for _ in 0..<16 {
          let middle = (lower + upper) / 2
          if excess(middle) > 0 { lower = middle } else { upper = middle }
        }
        return (lower + upper) / 2
      }
      upper = lower
    }
    return 0
  }

  /// The rate in Hz of a neuron whose recurrent inputs fire at `rate` Hz.
  func response(toInputsAt rate: Double) -> Double {
    let p = parameters
    let tau = p.membraneTimeConstant
    let external = p.externalSpikesPerStep / p.timeStep
    let excitatory = Double(p.excitatoryInDegree) * rate / 1000
    let inhibitory = Double(p.inhibitoryInDegree) * rate / 1000
    // Mean in mV above rest and standard deviation of the free potential; inputs per ms.
    let mean = p.efficacy * tau * (external + excitatory - p.g * inhibitory)
    let deviation = p.efficacy * (tau * (external + excitatory + p.g * p.g * inhibitory)).squareRoot()
    guard deviation > 0 else { return 0 }
    let lower = (p.resetPotential - p.restingPotential - mean) / deviation
    let upper = (p.threshold - p.restingPotential - mean) / deviation
    // e³⁶: less than one spike in years.
    guard upper < 6 else { return 0 }
    let integral = Self.simpson(from: lower, to: upper, intervals: 40, Self.integrand)
    return 1000 / (p.refractoryPeriod + tau * Double.pi.squareRoot() * integral)
  }

  /// exp(u²)·(1 + erf(u)).
  private static func integrand(_ u: Double) -> Double {
    if u > -5 { return exp(u * u) * erfc(-u) }
    // The first terms of the asymptotic series, whose factors would under- and overflow.
    let square = 1 / (2 * u * u)
    return (1 - square + 3 * square * square) / (-u * Double.pi.squareRoot())
  }

  private static func simpson(
    from a: Double, to b: Double, intervals: Int, _ f: (Double) -> Double
  ) -> Double {
    let h = (b - a) / Double(intervals)
    return (0...intervals).reduce(0) { sum, i in
      let weight = i == 0 || i == intervals ? 1.0 : i % 2 == 1 ? 4 : 2
      return sum + weight * f(a + Double(i) * h)
    } * h / 3
  }
}
