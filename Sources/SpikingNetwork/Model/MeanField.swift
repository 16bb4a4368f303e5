import SingleNeuron

/// The stationary rate of a network of identical neurons in the diffusion approximation (Siegert 1951; Brunel 2000,
/// doi:10.1023/A:1008925309027, Eq. 21): good to some percent in asynchronous states, a guide elsewhere.
public struct MeanField: Sendable {
  private let parameters: NetworkParameters
  private let neuron: SiegertRate

  /// The theory of a network, without its spreads.
  public init(_ parameters: NetworkParameters) {
    self.parameters = parameters
    neuron = SiegertRate(
      membraneTimeConstant: parameters.membraneTimeConstant, refractoryPeriod: parameters.refractoryPeriod,
      threshold: parameters.threshold - parameters.restingPotential,
      reset: parameters.resetPotential - parameters.restingPotential)
  }

  /// The highest rate in Hz, up to 10 kHz, that reproduces itself; 0 if there is none.
  public var rate: Double {
    let highest = 1000 / max(parameters.refractoryPeriod, 0.1)
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
    let external = p.externalSpikes(in: 1)
    let excitatory = Double(p.excitatoryInDegree) * rate / 1000
    let inhibitory = Double(p.inhibitoryInDegree) * rate / 1000
    // Mean in mV above rest and standard deviation of the free potential; inputs per ms.
    let mean = p.efficacy * tau * (external + excitatory - p.g * inhibitory)
    let deviation = p.efficacy * (tau * (external + excitatory + p.g * p.g * inhibitory)).squareRoot()
    return deviation > 0 ? neuron.rate(mean: mean, deviation: deviation) : 0
  }
}
