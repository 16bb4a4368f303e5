/// The parts of a step of a ``BalancedNetwork``, on its rows in memory.
struct BalancedStep {
  typealias Row = UnsafeMutablePointer<SIMD8<Double>>
  private typealias Vector = SIMD8<Double>

  /// One population in memory.
  struct Population {
    let blocks, neurons: Int
    let voltage, filtered, threshold, rise, current, kick: Row
    /// Step from which each neuron may spike.
    let ready: UnsafeMutablePointer<Int64>
    let voltageNoise: Double
  }

  let excitatory, inhibitory: Population
  private let rows: BalancedRows
  private let lanes: Row
  /// 1 or 0 for each weight, in the place of the weight; nil if all exist.
  private let connections: UnsafePointer<SIMD8<Double>>?
  /// Input filtered for learning, [signal].
  private let trace: UnsafeMutablePointer<Double>
  private let parameters: BalancedParameters
  private let leak, dt, thresholdNoise: Double
  private let rule: PlasticityParameters

  init(
    _ parameters: BalancedParameters, _ lanes: Row, connections: UnsafePointer<SIMD8<Double>>?,
    ready: UnsafeMutablePointer<Int64>, trace: UnsafeMutablePointer<Double>, isTest: Bool
  ) {
    let rows = BalancedRows(parameters)
    excitatory = Population(
      blocks: rows.blocksE, neurons: parameters.excitatory, voltage: lanes + rows.excitatory(.voltage),
      filtered: lanes + rows.excitatory(.filtered), threshold: lanes + rows.excitatory(.threshold),
      rise: lanes + rows.excitatory(.rise), current: lanes + rows.excitatory(.current),
      kick: lanes + rows.excitatory(.kick), ready: ready,
      voltageNoise: isTest ? parameters.testVoltageNoise : parameters.voltageNoise)
    inhibitory = Population(
      blocks: rows.blocksI, neurons: parameters.inhibitory, voltage: lanes + rows.inhibitory(.voltage),
      filtered: lanes + rows.inhibitory(.filtered), threshold: lanes + rows.inhibitory(.threshold),
      rise: lanes + rows.inhibitory(.rise), current: lanes + rows.inhibitory(.current),
      kick: lanes + rows.inhibitory(.kick), ready: ready + parameters.excitatory,
      voltageNoise: parameters.voltageNoise)
    self.rows = rows
    self.lanes = lanes
    self.connections = connections
    self.trace = trace
    self.parameters = parameters
    leak = 1 - parameters.leakPerStep
    dt = parameters.stepInSeconds
    thresholdNoise = parameters.thresholdNoise
    rule = parameters.plasticity
  }

  // MARK: Voltages

  /// What the spikes of the step before bring to excitatory neurons.
  @inline(__always)
  func exciteE(_ kE: Int, _ kI: Int) {
    clear(excitatory)
    if kE >= 0 { add(lanes + rows.EE(from: kE), to: excitatory, spiking: kE) }
    if kI >= 0 { add(lanes + rows.EI(from: kI), to: excitatory, spiking: nil) }
  }

  /// What an excitatory spike of this step and an inhibitory one of the step before bring to inhibitory neurons.
  @inline(__always)
  func exciteI(_ kE: Int, _ kI: Int) {
    clear(inhibitory)
    if kE >= 0 {
      let kick = UnsafeMutableRawPointer(inhibitory.kick).assumingMemoryBound(to: Double.self)
      let weights = UnsafeMutableRawPointer(lanes + rows.IE(to: 0)).assumingMemoryBound(to: Double.self) + kE
      for k in 0..<inhibitory.neurons { kick[k] += weights[k &* 8 &* rows.blocksE] }
    }
    if kI >= 0 { add(lanes + rows.II(from: kI), to: inhibitory, spiking: kI) }
  }

  @inline(__always)
  private func clear(_ population: Population) {
    for block in 0..<population.blocks { population.kick[block] = .zero }
  }

  /// Adds weights to what comes in; the effect of a neuron on itself comes at once also where synapses have a delay.
  @inline(__always)
  private func add(_ weights: Row, to population: Population, spiking: Int?) {
    for block in 0..<population.blocks { population.kick[block] += weights[block] }
    if parameters.synapticDelay > 0, let spiking {
      let own = weights[spiking >> 3][spiking & 7]
      population.kick[spiking >> 3][spiking & 7] -= own
      population.voltage[spiking >> 3][spiking & 7] += own / leak
    }
  }

  /// Has what comes in pass through synapses with an alpha function of area 1, in place of a jump.
  @inline(__always)
  func delay(_ population: Population) {
    guard parameters.synapticDelay > 0 else { return }
    let share = parameters.timeStep / parameters.synapticDelay
    for block in 0..<population.blocks {
      let rise = population.rise[block] * (1 - share) + population.kick[block]
      let current = population.current[block] * (1 - share) + rise * share
      population.rise[block] = rise
      population.current[block] = current
      population.kick[block] = current * share
    }
  }

  /// Advances the voltages of a population.
  ///
  /// - Parameter currents: Of each signal; nil for inhibitory neurons, which get none.
  /// - Returns: The neuron that spikes; nil if none does, or the one with the largest margin is refractory.
  @inline(__always)
  func integrate<Noise: NoiseSource>(
    _ population: Population, _ currents: UnsafePointer<Double>?, _ noise: inout Noise, step: Int
  ) -> Int? {
    var largest = LargestMargin()
    let feedforward = lanes + rows.feedforward(0)
    for block in 0..<population.blocks {
      let (xi, zeta) = noise.next()
      var v = population.voltage[block] * leak
      if let currents {
        var drive = Vector.zero
        for d in 0..<parameters.signals { drive += feedforward[d &* rows.blocksE &+ block] * currents[d] }
        v += drive * dt
      }
      v += xi * population.voltageNoise + population.kick[block]
      population.voltage[block] = v
      largest.add(v - population.threshold[block] - zeta * thresholdNoise, block: block)
    }
    guard let neuron = largest.neuron, population.ready[neuron] <= step else { return nil }
    population.ready[neuron] = Int64(step + parameters.refractorySteps + 1)
    return neuron
  }

  /// Advances what feed-forward weights learn from: input, and excitatory spikes of the step before.
  @inline(__always)
  func filterInputs(_ currents: UnsafePointer<Double>, _ kE: Int) {
    let fast = 1 - parameters.leakPerStep * parameters.inputLeakFactor
    for d in 0..<parameters.signals { trace[d] = fast * trace[d] + dt * currents[d] }
    let spikes = lanes + rows.trace
    for block in 0..<rows.blocksE { spikes[block] *= leak }
    if kE >= 0 { spikes[kE >> 3][kE & 7] += 1 }
  }

  /// Adds a spike, if there is one, to the filtered spikes and lets them decay.
  @inline(__always)
  func filter(_ population: Population, _ spike: Int) {
    if spike >= 0 { population.filtered[spike >> 3][spike & 7] += 1 }
    for block in 0..<population.blocks { population.filtered[block] *= leak }
  }

  // MARK: Learning

  /// Weights that change when excitatory neuron k spikes: F and EE.
  @inline(__always)
  func learnE(_ k: Int, _ plasticity: Plasticity) {
    if plasticity.contains(.feedforward) {
      let weights = UnsafeMutableRawPointer(lanes + rows.feedforward(0)).assumingMemoryBound(to: Double.self)
      for d in 0..<parameters.signals {
        let weight = weights + (8 &* d &* rows.blocksE &+ k)
        weight.pointee += rule.feedforwardRate * (rule.alpha * trace[d] - weight.pointee)
      }
    }
    if plasticity.contains(.recurrent) {
      learnRecurrent(rows.EE(from: k), of: excitatory, cost: nil, sign: 1)
      lanes[rows.EE(from: k) + k >> 3][k & 7] = parameters.autapse
    }
  }

  /// Weights that change when inhibitory neuron k spikes: those to it from E, and its own.
  @inline(__always)
  func learnI(_ k: Int, _ plasticity: Plasticity) {
    if plasticity.contains(.excitatoryToInhibitory) {
      let first = rows.IE(to: k), spikes = lanes + rows.trace
      for block in 0..<rows.blocksE {
        let old = lanes[first &+ block]
        store(old + (spikes[block] * rule.alpha - old) * rule.feedforwardRate, first &+ block, sign: 1)
      }
    }
    if plasticity.contains(.recurrent) {
      learnRecurrent(rows.II(from: k), of: inhibitory, cost: k, sign: -1)
      learnRecurrent(rows.EI(from: k), of: excitatory, cost: nil, sign: -1)
    }
  }

  /// ΔΩ_k = −ε_Ω (β (V + μ r) + Ω_k + μ e_k), where e_k is the neuron `cost`, with the sign kept.
  @inline(__always)
  private func learnRecurrent(_ first: Int, of population: Population, cost: Int?, sign: Double) {
    for block in 0..<population.blocks {
      let old = lanes[first &+ block]
      var target = (population.voltage[block] + population.filtered[block] * rule.mu) * rule.beta + old
      if let cost, cost >> 3 == block { target[cost & 7] += rule.mu }
      store(old - target * rule.recurrentRate, first &+ block, sign: sign)
    }
  }

  /// Stores weights, 0 in place of those of the other sign and of connections that do not exist.
  @inline(__always)
  private func store(_ weights: Vector, _ place: Int, sign: Double) {
    let clipped = weights.replacing(with: 0, where: weights * sign .< 0)
    lanes[place] = connections.map { clipped * $0[place] } ?? clipped
  }
}
