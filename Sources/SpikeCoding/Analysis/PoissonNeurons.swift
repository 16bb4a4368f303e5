import Foundation
import RandomStreams

/// Neurons that fire at the rates of given ones, but independently of each other, as Poisson processes.
package enum PoissonNeurons {
  /// Spike trains whose rates are those of `trains`, smoothed by a Gaussian of `width` steps.
  package static func trains(like trains: SpikeTrains, width: Double, key: StreamKey) -> SpikeTrains {
    var uniform = key.generator()
    let rates = (0..<trains.neurons).map { trains.smoothed($0, width: width) }
    var result = SpikeTrains(neurons: trains.neurons, steps: trains.steps)
    for step in 0..<trains.steps {
      for neuron in 0..<trains.neurons {
        // The number of events of a Poisson process before the product of uniform numbers falls below e^(−mean).
        let limit = exp(-rates[neuron][step])
        var product = uniform.uniform()
        while product > limit {
          result.add(neuron, at: step)
          product *= uniform.uniform()
        }
      }
    }
    return result
  }
}
