import Foundation
import ParameterChecks
import SingleNeuron
import Testing

@Suite("A neuron under a constant current")
struct ConstantCurrentTests {
  private let sets: [String: ConstantCurrentReference.NeuronSet]

  init() throws { sets = try reference("constant_current", as: ConstantCurrentReference.self).sets }

  @Test("Rates, periods and first spikes are those with 40 digits to 1e-12, spike counts over 20 s exact")
  func rates() {
    #expect(sets.values.reduce(0) { $0 + $1.table.count } == 120)
    for (name, set) in sets {
      let neuron = set.neuron
      #expect(agrees(neuron.rheobase, set.rheobase, to: 1e-15))
      #expect(
        set.max_rate_hz.map { agrees(neuron.highestRate, $0, to: 1e-15) } ?? neuron.highestRate.isInfinite)
      for row in set.table {
        #expect(agrees(neuron.rate(row.I), row.rate_hz, to: 1e-12), "\(name) \(row.I)")
        let period = neuron.period(row.I).map { $0 / 1000 }
        #expect((period == nil) == (row.period_s == nil))
        if let period, let expected = row.period_s { #expect(agrees(period, expected, to: 1e-12)) }
        let first = neuron.timeToThreshold(from: neuron.restingPotential, current: row.I)
        #expect((first == nil) == (row.first_spike_from_rest_s == nil))
        if let first, let expected = row.first_spike_from_rest_s {
          #expect(agrees(first / 1000, expected, to: 1e-11), "\(name) \(row.I)")
        }
        let count = neuron.spikeCount(from: neuron.restingPotential, current: row.I, duration: 20_000)
        #expect(count == row.spikes_exact_in_20s_from_rest, "\(name) \(row.I)")
        let times = neuron.spikeTimes(from: neuron.restingPotential, current: row.I, duration: 20_000)
        #expect(times.count == count && times.allSatisfy { (0...20_000).contains($0) })
      }
    }
  }

  @Test("The current for a rate is the inverse of the curve to 1e-10")
  func inverse() {
    for set in sets.values {
      for row in set.inverse {
        let current = set.neuron.current(forRate: row.rate_hz)
        #expect(current.map { agrees($0, row.I, to: 1e-10) } ?? false)
      }
    }
  }

  @Test("There is no current for a rate of 0, or at or above 1/t_ref")
  func impossibleRates() {
    let neuron = LIFNeuron()
    for rate in [0, -1, 500, 600, .infinity, .nan] { #expect(neuron.current(forRate: rate) == nil) }
    #expect(neuron.current(forRate: 499.9) != nil)
  }

  @Test("At the rheobase a neuron is silent, just above it fires, and no rate reaches 1/t_ref")
  func rheobase() {
    let neuron = LIFNeuron()
    #expect(neuron.rate(neuron.rheobase) == 0 && neuron.period(neuron.rheobase) == nil)
    #expect(neuron.rate(neuron.rheobase.nextUp) > 0)
    #expect(neuron.rate(1e6) < neuron.highestRate && neuron.rate(1e6) > 0.999 * neuron.highestRate)
    // Of a start above threshold the spike is at once.
    #expect(neuron.timeToThreshold(from: 20.5, current: 0) == 0)
    #expect(neuron.timeToThreshold(from: 20, current: 0) == nil)
  }

  @Test("Potentials forward in time, and the time to threshold leads there")
  func potential() {
    for set in sets.values {
      let neuron = set.neuron
      for row in set.voltage_from_rest_at_0_95_rheobase {
        let potential = neuron.potential(
          after: 1000 * row.t_s, from: neuron.restingPotential, current: 0.95 * set.rheobase)
        #expect(abs(potential - row.V) < 1e-13 * max(1, abs(row.V)))
      }
      for start in [neuron.restingPotential, neuron.resetPotential, neuron.threshold - 0.1] {
        guard let time = neuron.timeToThreshold(from: start, current: 2 * set.rheobase) else { continue }
        let potential = neuron.potential(after: time, from: start, current: 2 * set.rheobase)
        #expect(abs(potential - neuron.threshold) < 1e-13 * abs(neuron.threshold - start))
      }
    }
  }

  @Test("Derivatives of the rate by each parameter")
  func sensitivity() throws {
    for set in sets.values {
      let neuron = set.neuron, current = 2 * set.rheobase
      // Those of the reference are per second.
      let expected: [(NeuronParameter, String, Double)] = [
        (.membraneTimeConstant, "tau_m", 1000), (.threshold, "V_th", 1), (.reset, "V_reset", 1),
        (.rest, "E_L", 1), (.refractoryPeriod, "t_ref", 1000), (.resistance, "R at fixed C", 1),
        (.capacitance, "C at fixed R", 1000),
      ]
      for (parameter, name, unit) in expected {
        let reference = try #require(set.sensitivity_at_twice_rheobase["d rate / d \(name)"])
        let value = unit * neuron.sensitivity(to: parameter, current: current)
        #expect(abs(value - reference) <= 1e-10 * abs(reference) + 1e-12, "\(name)")
      }
      let resistance = try #require(set.sensitivity_at_twice_rheobase["d rate / d R"])
      #expect(
        agrees(neuron.sensitivityToResistance(atConstantTimeConstantAnd: current), resistance, to: 1e-10))
    }
    #expect(LIFNeuron().sensitivity(to: .threshold, current: 0.4) == 0)
  }

  @Test("A parameter that is set is the one that was meant", arguments: NeuronParameter.allCases)
  func parameters(parameter: NeuronParameter) {
    var neuron = LIFNeuron()
    let others = neuron
    neuron[parameter] += 0.25
    #expect(abs(neuron[parameter] - others[parameter] - 0.25) < 1e-14)
    #expect(
      (parameter == .resistance) == (neuron.resistance != others.resistance)
        && [.capacitance, .resistance, .membraneTimeConstant].contains(parameter)
          == (neuron.membraneTimeConstant != others.membraneTimeConstant)
    )
    if parameter == .resistance { #expect(abs(neuron.capacitance - others.capacitance) < 1e-15) }
  }

  @Test(
    "Parameters that no neuron has are named",
    arguments: [
      (NeuronParameter.threshold, 10.0, "V_reset_mV"), (.reset, 20, "V_reset_mV"),
      (.resistance, 0, "R_MOhm"), (.membraneTimeConstant, -1, "tau_m_ms"),
      (.refractoryPeriod, -0.1, "t_ref_ms"),
      (.threshold, .nan, "theta_mV"), (.rest, .infinity, "E_L_mV"),
    ])
  func wrong(parameter: NeuronParameter, value: Double, key: String) {
    var neuron = LIFNeuron()
    neuron[parameter] = value
    var rules = ParameterRules()
    neuron.check(&rules)
    #expect(rules.problems.map(\.keyPath).contains(key))
    rules = ParameterRules()
    LIFNeuron().check(&rules)
    #expect(rules.problems.isEmpty)
  }
}
