/// Where the rows of a ``CodingNetwork`` lie.
struct LaneRows {
  /// Vectors of eight neurons in a row.
  let blocks: Int
  private let signals, neurons: Int

  init(_ parameters: CodingParameters) {
    blocks = (parameters.neurons + 7) / 8
    signals = parameters.signals
    neurons = parameters.neurons
  }

  var voltage: Int { 0 }
  var filtered: Int { 1 }
  var threshold: Int { 2 }
  func feedforward(_ signal: Int) -> Int { 3 + signal }
  func recurrent(_ from: Int) -> Int { 3 + signals + from }
  var count: Int { 3 + signals + neurons }
}

/// The parts of a step of a ``CodingNetwork``, on its rows in memory.
struct CodingStep {
  private typealias Vector = SIMD8<Double>
  private typealias Row = UnsafeMutablePointer<SIMD8<Double>>

  private let blocks, signals, neurons: Int
  private let voltage, filtered, threshold, feedforward, recurrent: Row
  private let signal: UnsafeMutablePointer<Double>
  private let leak, dt, voltageNoise, thresholdNoise: Double
  private let plasticity: PlasticityParameters
  /// Second moments of the signals; nil where they are not needed.
  private let covariance: UnsafeMutablePointer<Double>?
  private let covarianceShare, thresholdRise, thresholdFall: Double

  init(
    _ parameters: CodingParameters, _ lanes: UnsafeMutablePointer<SIMD8<Double>>,
    _ signal: UnsafeMutablePointer<Double>, _ covariance: UnsafeMutablePointer<Double>?
  ) {
    let rows = LaneRows(parameters)
    blocks = rows.blocks
    signals = parameters.signals
    neurons = parameters.neurons
    voltage = lanes + rows.voltage * blocks
    filtered = lanes + rows.filtered * blocks
    threshold = lanes + rows.threshold * blocks
    feedforward = lanes + rows.feedforward(0) * blocks
    recurrent = lanes + rows.recurrent(0) * blocks
    self.signal = signal
    leak = 1 - parameters.leakPerStep
    dt = parameters.stepInSeconds
    voltageNoise = parameters.voltageNoise
    thresholdNoise = parameters.thresholdNoise
    plasticity = parameters.plasticity
    self.covariance = parameters.feedforwardRule == .covariance ? covariance : nil
    covarianceShare = parameters.timeStep / parameters.covarianceTime
    thresholdRise = parameters.targetRate > 0 ? parameters.thresholdRate : 0
    thresholdFall = thresholdRise * parameters.targetRate * parameters.stepInSeconds
  }

  /// Advances voltages and filtered signals; `last` is the neuron that spiked before, −1 if none did.
  ///
  /// - Returns: The neuron that spikes now.
  @inline(__always)
  func integrate<Noise: NoiseSource>(
    _ currents: UnsafePointer<Double>, last: Int, _ noise: inout Noise
  ) -> Int? {
    var largest = LargestMargin()
    for block in 0..<blocks {
      let (xi, zeta) = noise.next()
      var drive = Vector.zero
      for d in 0..<signals { drive += feedforward[d &* blocks &+ block] * currents[d] }
      var v = voltage[block] * leak + drive * dt + xi * voltageNoise
      if last >= 0 { v += recurrent[last &* blocks &+ block] }
      voltage[block] = v
      largest.add(v - threshold[block] - zeta * thresholdNoise, block: block)
    }
    for d in 0..<signals { signal[d] = leak * signal[d] + dt * currents[d] }
    return largest.neuron
  }

  /// Moves the second moments of the signals on.
  @inline(__always)
  func learnCovariance() {
    guard let covariance else { return }
    for i in 0..<signals {
      let row = covariance + i &* signals, x = signal[i]
      for j in 0..<signals { row[j] += covarianceShare * (x * signal[j] - row[j]) }
    }
  }

  /// Has thresholds keep a rate.
  @inline(__always)
  func learnThresholds(_ spike: Int) {
    guard thresholdRise > 0 else { return }
    for block in 0..<blocks { threshold[block] -= thresholdFall }
    if spike >= 0 { threshold[spike >> 3][spike & 7] += thresholdRise }
  }

  /// ΔF_k = ε_F (α x − F_k), or C F_k / σ² in place of F_k.
  @inline(__always)
  func learnFeedforward(_ k: Int) {
    if let covariance { return learnFeedforward(k, covariance) }
    let weights = UnsafeMutableRawPointer(feedforward).assumingMemoryBound(to: Double.self)
    for d in 0..<signals {
      let weight = weights + (8 &* d &* blocks &+ k)
      weight.pointee += plasticity.feedforwardRate * (plasticity.alpha * signal[d] - weight.pointee)
    }
  }

  @inline(never)
  private func learnFeedforward(_ k: Int, _ covariance: UnsafeMutablePointer<Double>) {
    let weights = UnsafeMutableRawPointer(feedforward).assumingMemoryBound(to: Double.self) + k
    let stride = 8 * blocks
    let variance = (0..<signals).reduce(0) { $0 + covariance[$1 * signals + $1] } / Double(signals)
    let changes = (0..<signals).map { d in
      let current = (0..<signals).reduce(0) { $0 + covariance[d * signals + $1] * weights[$1 * stride] }
      return plasticity.feedforwardRate * (plasticity.alpha * signal[d] - current / variance)
    }
    for (d, change) in changes.enumerated() { weights[d * stride] += change }
  }

  /// ΔΩ_k = −ε_Ω (β (V + μ r) + Ω_k + μ e_k).
  @inline(__always)
  func learnRecurrent(_ k: Int) {
    let column = recurrent + k &* blocks
    let reset = UnsafeMutableRawPointer(column).assumingMemoryBound(to: Double.self) + k
    let cost = plasticity.recurrentRate * plasticity.mu
    for block in 0..<blocks {
      let target = (voltage[block] + filtered[block] * plasticity.mu) * plasticity.beta + column[block]
      column[block] -= target * plasticity.recurrentRate
    }
    reset.pointee -= cost
  }

  /// Adds a spike, if there is one, to the filtered spikes and lets them decay.
  @inline(__always)
  func filter(_ spike: Int) {
    if spike >= 0 { UnsafeMutableRawPointer(filtered).assumingMemoryBound(to: Double.self)[spike] += 1 }
    for block in 0..<blocks { filtered[block] *= leak }
  }

  /// What an observer sees.
  @inline(__always)
  func view(_ index: Int, spike: Int) -> NetworkStep {
    func values(_ row: Row) -> UnsafeBufferPointer<Double> {
      UnsafeBufferPointer(
        start: UnsafeRawPointer(row).assumingMemoryBound(to: Double.self), count: neurons)
    }
    return NetworkStep(
      index: index, spike: spike, voltages: values(voltage), filteredSpikes: values(filtered))
  }
}
