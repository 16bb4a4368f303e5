import Numerics
import RandomStreams

/// Excitatory (E) and inhibitory (I) neurons with their state, stepped as Brendel et al. 2020 do (Fig. 4,
/// doi:10.1371/journal.pcbi.1007692).
///
/// In one step, with k_E and k_I the neurons that spiked in the step before:
/// 1. V_E ← (1 − λ dt) V_E + dt F c + (EE)_k_E + (EI)_k_I + σ_V ξ; p ← (1 − 6 λ dt) p + dt c; q, the filtered spikes of E, decays
///    and gets the spike of k_E.
/// 2. The E neuron with the largest V − T − σ_T ζ spikes if that is not below 0 and it is not refractory; if it is, none does.
///    On a spike of k: ΔF_k = ε_F (α p − F_k); (EE)_k changes by the recurrent rule and stays at or above 0, the autapse fixed.
/// 3. V_I ← (1 − λ dt) V_I + (IE)_k_E + (II)_k_I + σ_V ξ, with k_E that of this step.
/// 4. The same choice among I. On a spike of k: weights to k from E change by ε_F (α q − w) and stay at or above 0; (II)_k and
///    (EI)_k change by the recurrent rule and stay at or below 0.
/// 5. Filtered spikes get the spikes of this step and decay.
package struct BalancedNetwork: Sendable {
  /// What the network is.
  package let parameters: BalancedParameters
  /// Which connections exist; nil if all do.
  package let connections: BalancedConnections?
  private var lanes: [SIMD8<Double>]
  private let mask: [SIMD8<Double>]
  /// Step from which each neuron may spike, E first, counted from the start of the next input.
  private var ready: [Int64]
  /// Input filtered for learning.
  private var trace: [Double]
  private var lastE = -1, lastI = -1

  /// A network at rest. Weights of connections that do not exist are 0.
  package init(
    _ parameters: BalancedParameters, _ weights: BalancedWeights, connections: BalancedConnections? = nil
  ) {
    self.parameters = parameters
    self.connections = connections
    let rows = BalancedRows(parameters)
    lanes = [SIMD8<Double>](repeating: .zero, count: rows.count)
    ready = [Int64](repeating: 0, count: parameters.excitatory + parameters.inhibitory)
    trace = [Double](repeating: 0, count: parameters.signals)
    for (first, blocks, neurons) in [
      (rows.excitatory(.threshold), rows.blocksE, parameters.excitatory),
      (rows.inhibitory(.threshold), rows.blocksI, parameters.inhibitory),
    ] {
      for neuron in 0..<(8 * blocks) {
        lanes[first + neuron / 8][neuron % 8] = neuron < neurons ? parameters.threshold : .infinity
      }
    }
    if let connections {
      var mask = [SIMD8<Double>](repeating: .zero, count: rows.count)
      let ones = BalancedWeights(
        feedforward: Matrix(rows: parameters.excitatory, columns: parameters.signals),
        EE: connections.EE, IE: connections.IE, EI: connections.EI, II: connections.II)
      Self.put(ones, into: &mask, parameters)
      self.mask = mask
    } else {
      mask = []
    }
    self.weights = weights
  }

  /// A network at rest as it is before learning, with connections drawn where not all exist.
  package init(drawn parameters: BalancedParameters, key: StreamKey) {
    let connections =
      parameters.connectionProbability < 1 ? BalancedConnections(parameters, key: key) : nil
    self.init(
      parameters, BalancedWeights(unconnected: parameters, connections: connections, key: key),
      connections: connections)
  }

  /// All weights.
  package var weights: BalancedWeights {
    get {
      let rows = BalancedRows(parameters), (e, i) = (parameters.excitatory, parameters.inhibitory)
      func matrix(_ to: Int, _ from: Int, _ place: (Int, Int) -> (row: Int, column: Int)) -> Matrix {
        Matrix(
          rows: to, columns: from,
          (0..<(to * from)).map { index in
            let (row, column) = place(index / from, index % from)
            return lanes[row + column / 8][column % 8]
          })
      }
      return BalancedWeights(
        feedforward: matrix(e, parameters.signals) { (rows.feedforward($1), $0) },
        EE: matrix(e, e) { (rows.EE(from: $1), $0) }, IE: matrix(i, e) { (rows.IE(to: $0), $1) },
        EI: matrix(e, i) { (rows.EI(from: $1), $0) }, II: matrix(i, i) { (rows.II(from: $1), $0) })
    }
    set {
      var masked = newValue
      if let connections {
        masked.EE = masked.EE.times(connections.EE)
        masked.IE = masked.IE.times(connections.IE)
        masked.EI = masked.EI.times(connections.EI)
        masked.II = masked.II.times(connections.II)
      }
      Self.put(masked, into: &lanes, parameters)
    }
  }

  private static func put(
    _ weights: BalancedWeights, into lanes: inout [SIMD8<Double>], _ parameters: BalancedParameters
  ) {
    let rows = BalancedRows(parameters), (e, i) = (parameters.excitatory, parameters.inhibitory)
    for to in 0..<e {
      for d in 0..<parameters.signals {
        lanes[rows.feedforward(d) + to / 8][to % 8] = weights.feedforward[to, d]
      }
      for from in 0..<e { lanes[rows.EE(from: from) + to / 8][to % 8] = weights.EE[to, from] }
      for from in 0..<i { lanes[rows.EI(from: from) + to / 8][to % 8] = weights.EI[to, from] }
      for k in 0..<i { lanes[rows.IE(to: k) + to / 8][to % 8] = weights.IE[k, to] }
    }
    for to in 0..<i {
      for from in 0..<i { lanes[rows.II(from: from) + to / 8][to % 8] = weights.II[to, from] }
    }
  }

  /// The same network at rest.
  package var atRest: BalancedNetwork { BalancedNetwork(parameters, weights, connections: connections) }

  /// Numbers of a row of excitatory or inhibitory neurons.
  private func values(_ first: Int, _ neurons: Int) -> [Double] {
    (0..<neurons).map { lanes[first + $0 / 8][$0 % 8] }
  }

  /// Runs through an input.
  ///
  /// - Parameter isTest: Whether excitatory voltages have the noise of tests.
  package mutating func run<Noise: NoiseSource, Observer: BalancedObserver>(
    _ input: InputSequence, noise: inout Noise, learning: Plasticity, isTest: Bool = false,
    observer: inout Observer
  ) {
    precondition(input.signals == parameters.signals, "a current for each signal")
    let parameters = parameters, mask = mask
    var (kE, kI) = (lastE, lastI)
    lanes.withUnsafeMutableBufferPointer { lanes in
      mask.withUnsafeBufferPointer { mask in
        ready.withUnsafeMutableBufferPointer { ready in
          trace.withUnsafeMutableBufferPointer { trace in
            input.currents.withUnsafeBufferPointer { currents in
              let step = BalancedStep(
                parameters, lanes.baseAddress!, connections: mask.isEmpty ? nil : mask.baseAddress,
                ready: ready.baseAddress!, trace: trace.baseAddress!, isTest: isTest)
              for index in 0..<input.steps {
                let current = currents.baseAddress! + index * input.signals
                step.exciteE(kE, kI)
                step.delay(step.excitatory)
                let spikeE = step.integrate(step.excitatory, current, &noise, step: index)
                step.filterInputs(current, kE)
                kE = spikeE ?? -1
                if kE >= 0 { step.learnE(kE, learning) }
                step.exciteI(kE, kI)
                step.delay(step.inhibitory)
                kI = step.integrate(step.inhibitory, nil, &noise, step: index) ?? -1
                if kI >= 0 { step.learnI(kI, learning) }
                observer.observe(step.view(index, kE, kI))
                step.filter(step.excitatory, kE)
                step.filter(step.inhibitory, kI)
              }
            }
          }
        }
      }
    }
    for neuron in ready.indices { ready[neuron] = max(0, ready[neuron] - Int64(input.steps)) }
    (lastE, lastI) = (kE, kI)
  }
}

extension BalancedNetwork: LearningNetwork {
  package var signals: Int { parameters.signals }

  package var largestWeight: Double {
    let rows = BalancedRows(parameters)
    return max(
      largestMagnitude(lanes[rows.feedforward(0)..<rows.inhibitory(.voltage)]),
      largestMagnitude(lanes[rows.II(from: 0)...]))
  }

  package mutating func learn(from input: InputSequence, _ plasticity: Plasticity, key: StreamKey) -> Bool {
    var noise = DrawnNoise(key: key), spikes = BalancedSpikes()
    run(input, noise: &noise, learning: plasticity, observer: &spikes)
    return !spikes.E.contains(-1) || !spikes.I.contains(-1)
  }

  package var arrays: [StateArray] {
    let weights = weights, rows = BalancedRows(parameters)
    let (e, i) = (parameters.excitatory, parameters.inhibitory)
    func matrix(_ name: String, _ matrix: Matrix) -> StateArray {
      StateArray(name, [matrix.rows, matrix.columns], matrix.elements, isWeight: true)
    }
    return [
      matrix("feedforward", weights.feedforward), matrix("E_from_E", weights.EE),
      matrix("I_from_E", weights.IE), matrix("E_from_I", weights.EI), matrix("I_from_I", weights.II),
      StateArray("spike_trace", [e], values(rows.trace, e)),
    ]
      + BalancedRows.Row.stored.flatMap { row in
        [
          StateArray("\(row)_E", [e], values(rows.excitatory(row), e)),
          StateArray("\(row)_I", [i], values(rows.inhibitory(row), i)),
        ]
      } + [
        StateArray("refractory_steps", [e + i], ready.map(Double.init)),
        StateArray("input_trace", [parameters.signals], trace),
        StateArray("last_spikes", [2], [Double(lastE), Double(lastI)]),
      ]
  }

  package func with(_ arrays: [StateArray]) -> BalancedNetwork {
    var network = self, weights = weights
    let rows = BalancedRows(parameters)
    func put(_ values: [Double], at first: Int) {
      for (neuron, value) in values.enumerated() { network.lanes[first + neuron / 8][neuron % 8] = value }
    }
    for array in arrays {
      func matrix() -> Matrix { Matrix(rows: array.shape[0], columns: array.shape[1], array.values) }
      switch array.name {
      case "feedforward": weights.feedforward = matrix()
      case "E_from_E": weights.EE = matrix()
      case "I_from_E": weights.IE = matrix()
      case "E_from_I": weights.EI = matrix()
      case "I_from_I": weights.II = matrix()
      case "spike_trace": put(array.values, at: rows.trace)
      case "refractory_steps": network.ready = array.values.map(Int64.init)
      case "input_trace": network.trace = array.values
      case "last_spikes": (network.lastE, network.lastI) = (Int(array.values[0]), Int(array.values[1]))
      default:
        guard let row = BalancedRows.Row.stored.first(where: { array.name.hasPrefix("\($0)_") }) else {
          preconditionFailure("no array of this network")
        }
        put(array.values, at: array.name.hasSuffix("_E") ? rows.excitatory(row) : rows.inhibitory(row))
      }
    }
    network.weights = weights
    return network
  }
}
