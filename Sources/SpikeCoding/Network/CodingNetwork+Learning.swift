import Numerics
import RandomStreams

extension CodingNetwork: LearningNetwork {
  package var signals: Int { parameters.signals }

  package mutating func learn(from input: InputSequence, _ plasticity: Plasticity, key: StreamKey) -> Bool {
    var noise = DrawnNoise(key: key), none = NoObserver()
    return run(input, noise: &noise, learning: plasticity, observer: &none) == input.steps
  }

  package var arrays: [StateArray] {
    let weights = weights, (n, m) = (parameters.neurons, parameters.signals)
    return [
      StateArray("feedforward", [n, m], weights.feedforward.elements, isWeight: true),
      StateArray("recurrent", [n, n], weights.recurrent.elements, isWeight: true),
      StateArray("threshold", [n], thresholds, isWeight: true),
      StateArray("voltage", [n], voltages), StateArray("filtered_spikes", [n], filteredSpikes),
      StateArray("signal", [m], signal), StateArray("second_moments", [covariance.count], covariance),
      StateArray("last_spike", [1], [Double(lastSpike)]),
    ]
  }

  package func with(_ arrays: [StateArray]) -> CodingNetwork {
    let (n, m) = (parameters.neurons, parameters.signals)
    var state = state
    for array in arrays {
      switch array.name {
      case "feedforward": state.weights.feedforward = Matrix(rows: n, columns: m, array.values)
      case "recurrent": state.weights.recurrent = Matrix(rows: n, columns: n, array.values)
      case "threshold": state.thresholds = array.values
      case "second_moments": state.covariance = array.values
      case "voltage": state.voltages = array.values
      case "filtered_spikes": state.filteredSpikes = array.values
      case "signal": state.signal = array.values
      case "last_spike": state.lastSpike = Int(array.values[0])
      default: preconditionFailure("no array of this network")
      }
    }
    return CodingNetwork(parameters, state)
  }
}
