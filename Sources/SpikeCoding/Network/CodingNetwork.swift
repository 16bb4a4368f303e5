import Numerics

/// A population with its state, stepped as Brendel et al. 2020 do (Eqs. 1, 6 and 7, doi:10.1371/journal.pcbi.1007692).
///
/// In one step, with k the neuron that spiked in the step before:
/// 1. V ← (1 − λ dt) V + dt F c + Ω_k + σ_V ξ, where Ω_k is added after a spike only; x ← (1 − λ dt) x + dt c.
/// 2. The neuron with the largest V − T − σ_T ζ spikes if that is not below 0: at most one spike a step.
/// 3. If it spikes, its weights F_k and Ω_k change, see ``PlasticityParameters``, and r_k grows by 1.
/// 4. r ← (1 − λ dt) r.
package struct CodingNetwork: Sendable {
  /// What the network is.
  package let parameters: CodingParameters
  /// Rows of neurons in vectors of eight: voltages, filtered spikes, thresholds, a row of F for each signal, and a row of Ω
  /// for each neuron, with its effect on all others. Neurons beyond the last have infinite thresholds.
  private var lanes: [SIMD8<Double>]
  /// Filtered signals x.
  package private(set) var signal: [Double]
  /// Running second moments of the signals, [signal][signal]; empty unless the feed-forward rule needs them.
  package private(set) var covariance: [Double]
  /// The neuron that spiked in the last step; −1 if none did.
  package private(set) var lastSpike = -1

  /// A network at rest.
  package init(_ parameters: CodingParameters, _ weights: CodingWeights) {
    precondition(
      weights.neurons == parameters.neurons && weights.signals == parameters.signals,
      "weights of \(parameters.neurons) neurons and \(parameters.signals) signals")
    self.parameters = parameters
    let rows = LaneRows(parameters)
    lanes = [SIMD8<Double>](repeating: .zero, count: rows.count * rows.blocks)
    signal = [Double](repeating: 0, count: parameters.signals)
    let m = parameters.feedforwardRule == .covariance ? parameters.signals : 0
    covariance = (0..<(m * m)).map { $0 / m == $0 % m ? 1 : 0 }
    for neuron in 0..<(8 * rows.blocks) {
      self[rows.threshold, neuron] = neuron < parameters.neurons ? parameters.threshold : .infinity
    }
    self.weights = weights
  }

  /// F and Ω.
  package var weights: CodingWeights {
    get {
      let rows = LaneRows(parameters), (n, m) = (parameters.neurons, parameters.signals)
      var weights = CodingWeights(
        feedforward: Matrix(rows: n, columns: m), recurrent: Matrix(rows: n, columns: n))
      for neuron in 0..<n {
        for d in 0..<m { weights.feedforward[neuron, d] = self[rows.feedforward(d), neuron] }
        for from in 0..<n { weights.recurrent[neuron, from] = self[rows.recurrent(from), neuron] }
      }
      return weights
    }
    set {
      let rows = LaneRows(parameters)
      for neuron in 0..<parameters.neurons {
        for d in 0..<parameters.signals {
          self[rows.feedforward(d), neuron] = newValue.feedforward[neuron, d]
        }
        for from in 0..<parameters.neurons {
          self[rows.recurrent(from), neuron] = newValue.recurrent[neuron, from]
        }
      }
    }
  }

  /// The largest weight without its sign; infinite if any is not a number.
  package var largestWeight: Double {
    let rows = LaneRows(parameters)
    return largestMagnitude(lanes[(rows.feedforward(0) * rows.blocks)...])
  }

  /// Voltages V.
  package var voltages: [Double] { row(LaneRows(parameters).voltage) }
  /// Thresholds T.
  package var thresholds: [Double] { row(LaneRows(parameters).threshold) }
  /// Filtered spikes r.
  package var filteredSpikes: [Double] { row(LaneRows(parameters).filtered) }

  /// Everything that changes, to be stored.
  package var state: CodingState {
    CodingState(
      weights: weights, thresholds: thresholds, voltages: voltages, filteredSpikes: filteredSpikes,
      signal: signal, covariance: covariance, lastSpike: lastSpike)
  }

  /// A network in a state that was stored.
  package init(_ parameters: CodingParameters, _ state: CodingState) {
    self.init(parameters, state.weights)
    let rows = LaneRows(parameters)
    for neuron in 0..<parameters.neurons {
      self[rows.voltage, neuron] = state.voltages[neuron]
      self[rows.filtered, neuron] = state.filteredSpikes[neuron]
      self[rows.threshold, neuron] = state.thresholds[neuron]
    }
    signal = state.signal
    covariance = state.covariance
    lastSpike = state.lastSpike
  }

  /// The same network at rest.
  package var atRest: CodingNetwork {
    var state = state
    for neuron in state.voltages.indices { (state.voltages[neuron], state.filteredSpikes[neuron]) = (0, 0) }
    for d in state.signal.indices { state.signal[d] = 0 }
    state.lastSpike = -1
    return CodingNetwork(parameters, state)
  }

  /// Runs through an input.
  ///
  /// - Returns: Number of spikes.
  @discardableResult
  package mutating func run<Noise: NoiseSource, Observer: StepObserver>(
    _ input: InputSequence, noise: inout Noise, learning: Plasticity, observer: inout Observer
  ) -> Int {
    precondition(input.signals == parameters.signals, "a current for each signal")
    let parameters = parameters
    var spikes = 0, last = lastSpike
    lanes.withUnsafeMutableBufferPointer { lanes in
      signal.withUnsafeMutableBufferPointer { signal in
        covariance.withUnsafeMutableBufferPointer { covariance in
          input.currents.withUnsafeBufferPointer { currents in
            let step = CodingStep(
              parameters, lanes.baseAddress!, signal.baseAddress!, covariance.baseAddress)
            for index in 0..<input.steps {
              last = step.integrate(currents.baseAddress! + index * input.signals, last: last, &noise) ?? -1
              observer.observe(step.view(index, spike: last))
              if learning.contains(.feedforward) { step.learnCovariance() }
              if learning.contains(.thresholds) { step.learnThresholds(last) }
              if last >= 0 {
                spikes += 1
                if learning.contains(.feedforward) { step.learnFeedforward(last) }
                if learning.contains(.recurrent) { step.learnRecurrent(last) }
              }
              step.filter(last)
            }
          }
        }
      }
    }
    lastSpike = last
    return spikes
  }

  private subscript(row: Int, neuron: Int) -> Double {
    get { lanes[row * LaneRows(parameters).blocks + neuron / 8][neuron % 8] }
    set { lanes[row * LaneRows(parameters).blocks + neuron / 8][neuron % 8] = newValue }
  }

  private func row(_ row: Int) -> [Double] { (0..<parameters.neurons).map { self[row, $0] } }
}

/// Everything of a network that changes.
package struct CodingState: Sendable, Equatable {
  /// F and Ω.
  package var weights: CodingWeights
  /// Thresholds T, voltages V and filtered spikes r, [neuron].
  package var thresholds, voltages, filteredSpikes: [Double]
  /// Filtered signals x.
  package var signal: [Double]
  /// Their running second moments, where they are needed.
  package var covariance: [Double]
  /// The neuron that spiked in the last step; −1 if none did.
  package var lastSpike: Int
}
