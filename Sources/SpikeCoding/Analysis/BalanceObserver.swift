import Numerics

/// What Eqs. 4 and 6 of Brendel et al. 2020 say of a network that has learnt, gathered step by step.
package struct BalanceObserver: StepObserver, Sendable {
  private let weights: CodingWeights
  private let plasticity: PlasticityParameters
  private let decoder: Decoder
  /// Signals x, [step][signal].
  private let signals: [Double]
  /// Sums of V + μ r over the spikes of each neuron, [from][to], and numbers of spikes.
  private var before: Matrix
  private var spikes: [Double]
  /// Sums of V, e, V², e² and V e with the projected error e = F (x − x̂), [neuron].
  private var sums: [SIMD8<Double>]

  /// Watches a network that is driven by `signals` [step][signal] and read out by `decoder`.
  package init(_ network: CodingNetwork, decoder: Decoder, signals: [Double]) {
    weights = network.weights
    plasticity = network.parameters.plasticity
    self.decoder = decoder
    self.signals = signals
    let n = network.parameters.neurons
    before = Matrix(rows: n, columns: n)
    spikes = [Double](repeating: 0, count: n)
    sums = [SIMD8<Double>](repeating: .zero, count: n)
  }

  package mutating func observe(_ step: NetworkStep) {
    let (n, m) = (weights.neurons, weights.signals)
    let error = (0..<m).map { d in
      signals[step.index * m + d]
        - (0..<n).reduce(0) { $0 + decoder.weights[d, $1] * step.filteredSpikes[$1] }
    }
    for neuron in 0..<n {
      let v = step.voltages[neuron]
      let e = (0..<m).reduce(0) { $0 + weights.feedforward[neuron, $1] * error[$1] }
      sums[neuron] += SIMD8(1, v, e, v * v, e * e, v * e, 0, 0)
    }
    guard step.spike >= 0 else { return }
    spikes[step.spike] += 1
    for to in 0..<n {
      before[step.spike, to] += step.voltages[to] + plasticity.mu * step.filteredSpikes[to]
    }
  }

  /// Slope of ⟨β(V + μr)⟩ before spikes on −(Ω + μI), over all pairs of neurons: 1 where Eq. 6 stands still.
  package var stationarity: Double {
    var (product, squares) = (0.0, 0.0)
    for from in 0..<weights.neurons where spikes[from] > 0 {
      for to in 0..<weights.neurons {
        let left = plasticity.beta * before[from, to] / spikes[from]
        let right = -weights.recurrent[to, from] - (from == to ? plasticity.mu : 0)
        product += left * right
        squares += right * right
      }
    }
    return product / squares
  }

  /// Correlation over time of the voltage with the projected error F (x − x̂), Eq. 4, averaged over neurons.
  package var correlationWithError: Double {
    let values = sums.map { s in
      let n = s[0]
      let covariance = s[5] / n - s[1] * s[2] / (n * n)
      let variances = (s[3] / n - s[1] * s[1] / (n * n)) * (s[4] / n - s[2] * s[2] / (n * n))
      return covariance / variances.squareRoot()
    }
    return values.reduce(0, +) / Double(values.count)
  }
}
