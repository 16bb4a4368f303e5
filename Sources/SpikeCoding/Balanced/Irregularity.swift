import RandomStreams

/// How irregular excitatory spikes are at constant inputs, over repeated trials.
package struct Irregularity: Sendable, Equatable, Codable {
  /// Coefficient of variation of intervals and Fano factor of counts, of neurons with more than one spike in a trial on average;
  /// nil without such neurons.
  package var coefficientOfVariation, fanoFactor: Double?
  /// How many such neurons there were over all inputs.
  package var activeNeurons: Int
  /// Mean correlation of counts in bins of 1 and 10 ms, over pairs of those neurons and of all neurons that spike.
  package var correlationActive1ms, correlationActive10ms, correlationAll1ms, correlationAll10ms: Double?

  enum CodingKeys: String, CodingKey {
    case coefficientOfVariation = "cv"
    case fanoFactor = "fano"
    case activeNeurons = "active_neurons"
    case correlationActive1ms = "correlation_active_1ms"
    case correlationActive10ms = "correlation_active_10ms"
    case correlationAll1ms = "correlation_all_1ms"
    case correlationAll10ms = "correlation_all_10ms"
  }

  /// Steps after which spikes count for correlations, as a part of a trial.
  private static let transient = 0.1

  /// Tests a network.
  ///
  /// - Parameters:
  ///   - current: Length of the constant input current.
  ///   - inputs: Number of random directions.
  ///   - trials: Trials in each direction, of `steps`.
  package init(
    _ network: BalancedNetwork, current: Double, inputs: Int, trials: Int, steps: Int, key: StreamKey
  ) {
    let key = key.derived(.codingIrregularity)
    var normal = NormalStream(key: key)
    var (cvs, fanos): ([Double], [Double]) = ([], [])
    var correlations = [[Double]](repeating: [], count: 4)
    for input in 0..<inputs {
      let direction = (0..<network.parameters.signals).map { _ in normal() }
      let length = direction.reduce(0) { $0 + $1 * $1 }.squareRoot()
      let sequence = InputSequence(constant: direction.map { current * $0 / length }, steps: steps)
      let runs = (0..<trials).map {
        BalancedTestRun(network, sequence, key: key.derived(.codingNoise, UInt64(input * trials + $0))).E
      }
      let counts = runs.map { $0.counts() }, intervals = runs.map { $0.intervals() }
      let active = (0..<network.parameters.excitatory).filter { neuron in
        counts.reduce(0) { $0 + $1[neuron] } > trials
      }
      for neuron in active {
        let own = intervals.flatMap { $0[neuron] }
        if let cv = Variability.coefficientOfVariation([own], atLeast: 3) { cvs.append(cv) }
        let values = counts.map { Double($0[neuron]) }
        let mean = values.reduce(0, +) / Double(trials)
        fanos.append(
          values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / (Double(max(1, trials - 1)) * mean))
      }
      let binSteps = [1.0, 10].map { max(1, Int(($0 / network.parameters.timeStep).rounded())) }
      let all = Array(0..<network.parameters.excitatory)
      for (index, (neurons, bin)) in [
        (active, binSteps[0]), (active, binSteps[1]), (all, binSteps[0]), (all, binSteps[1]),
      ]
      .enumerated() {
        let first = Int(Self.transient * Double(steps))
        if let mean = Self.meanCorrelation(runs, neurons, binSteps: bin, from: first) {
          correlations[index].append(mean)
        }
      }
    }
    func mean(_ values: [Double]) -> Double? {
      values.isEmpty ? nil : values.reduce(0, +) / Double(values.count)
    }
    coefficientOfVariation = mean(cvs)
    fanoFactor = mean(fanos)
    activeNeurons = fanos.count
    correlationActive1ms = mean(correlations[0])
    correlationActive10ms = mean(correlations[1])
    correlationAll1ms = mean(correlations[2])
    correlationAll10ms = mean(correlations[3])
  }

  /// Mean over all pairs of neurons of the correlation of counts in bins, about each trial's mean. It follows from the variance
  /// of the sum of all standardised counts.
  static func meanCorrelation(
    _ runs: [SpikeTrains], _ neurons: [Int], binSteps: Int, from first: Int
  ) -> Double? {
    let bins = runs.map { ($0.steps - first) / binSteps }
    var place = [Int](repeating: -1, count: runs.first?.neurons ?? 0)
    for (index, neuron) in neurons.enumerated() { place[neuron] = index }
    // Counts by trial, [neuron][bin].
    let counts = zip(runs, bins).map { run, bins in
      var counts = [[Double]](repeating: [Double](repeating: 0, count: bins), count: neurons.count)
      for (time, source) in zip(run.times, run.sources) where Int(time) >= first && place[Int(source)] >= 0 {
        let bin = (Int(time) - first) / binSteps
        if bin < bins { counts[place[Int(source)]][bin] += 1 }
      }
      return counts
    }
    var squares = [Double](repeating: 0, count: neurons.count)
    let means = counts.map { trial in trial.map { $0.reduce(0, +) / Double(max(1, $0.count)) } }
    for (trial, mean) in zip(counts, means) {
      for neuron in neurons.indices {
        squares[neuron] += trial[neuron].reduce(0) { $0 + ($1 - mean[neuron]) * ($1 - mean[neuron]) }
      }
    }
    let live = neurons.indices.filter { squares[$0] > 0 }
    guard live.count > 1 else { return nil }
    var sumOfSquares = 0.0
    for ((trial, mean), bins) in zip(zip(counts, means), bins) {
      for bin in 0..<bins {
        let sum = live.reduce(0.0) { $0 + (trial[$1][bin] - mean[$1]) / squares[$1].squareRoot() }
        sumOfSquares += sum * sum
      }
    }
    return (sumOfSquares - Double(live.count)) / Double(live.count * (live.count - 1))
  }
}

extension StreamPurpose {
  package static let codingIrregularity = StreamPurpose("spike coding: irregularity")
}
