import Foundation
import SingleNeuron

/// Stationary states of a network of identical neurons in the diffusion approximation (Siegert 1951; Brunel 2000,
/// doi:10.1023/A:1008925309027, Eqs. 21 and 22): good to some percent in asynchronous states, a guide elsewhere.
///
/// The network is infinite and sparse: neurons share no input. Spreads and correlations are left out, and synapses act at once,
/// whatever their time constant.
public struct MeanField: Sendable {
  let parameters: NetworkParameters
  let neuron: NoisyNeuron
  private let timeStep: Double?

  /// The theory of a network, without its spreads and synaptic currents.
  ///
  /// - Parameter timeStep: In ms, to correct rates for integration on a grid, whose spikes are late; nil for none.
  public init(_ parameters: NetworkParameters, timeStep: Double? = nil) {
    self.parameters = parameters
    self.timeStep = timeStep
    neuron = NoisyNeuron(
      membraneTimeConstant: parameters.membraneTimeConstant, refractoryPeriod: parameters.refractoryPeriod,
      threshold: parameters.threshold - parameters.restingPotential,
      reset: parameters.resetPotential - parameters.restingPotential)
  }

  /// The highest rate in Hz that reproduces itself.
  public var rate: Double { SelfConsistentRates(below: highestRate, response: response).highest }

  /// All rates in Hz that reproduce themselves, in increasing order: between two that a network can have lies one at which
  /// it tips over.
  public var rates: [Double] { SelfConsistentRates(below: highestRate, response: response).all }

  /// All stationary states, in the order of their rates.
  public var states: [StationaryState] { rates.map(state) }

  /// The stationary state with this rate in Hz.
  public func state(_ rate: Double) -> StationaryState {
    let input = input(at: rate)
    let (neuron, seen) = seen(input)
    return StationaryState(
      rate: rate, mean: input.mean, deviation: input.deviation, slope: slope(at: rate),
      coefficientOfVariation: neuron.coefficientOfVariation(seen))
  }

  /// dΦ/dν where the recurrent inputs fire at `rate` Hz.
  func slope(at rate: Double) -> Double {
    let input = input(at: rate)
    let (neuron, seen) = seen(input)
    let slopes = neuron.slopes(seen)
    // The moments are linear in the rate, and a grid multiplies them by factors.
    let meanFactor = input.mean != 0 ? seen.mean / input.mean : 1
    let deviationFactor = input.deviation > 0 ? seen.deviation / input.deviation : 1
    let byMean = slopes.mean * efficacy * tau * meanInDegree * meanFactor
    let byVariance =
      slopes.variance * efficacy * efficacy * tau * squaredInDegree * deviationFactor * deviationFactor
    return (byMean + byVariance) / 1000
  }

  /// The rate in Hz of a neuron whose recurrent inputs fire at `rate` Hz.
  func response(toInputsAt rate: Double) -> Double {
    let (neuron, input) = seen(input(at: rate))
    return neuron.rate(input)
  }

  /// The input of a neuron, whose recurrent inputs fire at `rate` Hz.
  func input(at rate: Double) -> WhiteNoise {
    let external = parameters.externalSpikes(in: 1), recurrent = rate / 1000
    return WhiteNoise(
      mean: efficacy * tau * (external + meanInDegree * recurrent),
      deviation: efficacy * (tau * (external + squaredInDegree * recurrent)).squareRoot())
  }

  private func seen(_ input: WhiteNoise) -> (NoisyNeuron, WhiteNoise) {
    timeStep.map { neuron.onGrid(input, timeStep: $0) } ?? (neuron, input)
  }

  /// No rates above 10 kHz are looked for.
  private var highestRate: Double { 1000 / max(parameters.refractoryPeriod, 0.1) }

  var efficacy: Double { parameters.efficacy }
  var tau: Double { parameters.membraneTimeConstant }
  /// C_E − g C_I.
  var meanInDegree: Double {
    Double(parameters.excitatoryInDegree) - parameters.g * Double(parameters.inhibitoryInDegree)
  }
  /// C_E + g² C_I.
  var squaredInDegree: Double {
    Double(parameters.excitatoryInDegree)
      + parameters.g * parameters.g * Double(parameters.inhibitoryInDegree)
  }
}
