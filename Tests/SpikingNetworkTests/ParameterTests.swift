import ParameterChecks
import RandomStreams
import SpikingNetwork
import Testing

@Suite("Parameters")
struct ParameterTests {
  struct Invalid: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let change: @Sendable (inout NetworkParameters) -> Void

    /// A change that is refused with a problem of the key `network.<name>`.
    init(_ name: String, _ change: @escaping @Sendable (inout NetworkParameters) -> Void) {
      testDescription = name
      self.change = change
    }
  }

  static let impossible = [
    Invalid("excitatory_neurons") { $0.excitatoryNeurons = 0 },
    Invalid("excitatory_neurons") { $0.excitatoryNeurons = -1 },
    Invalid("inhibitory_neurons") { $0.inhibitoryNeurons = 0 },
    Invalid("excitatory_neurons") { $0.excitatoryNeurons = 1 << 24 },
    Invalid("excitatory_neurons") { $0.excitatoryNeurons = (1 << 24) + 1 },
    Invalid("connection_fraction") { $0.connectionFraction = 0 },
    Invalid("connection_fraction") { $0.connectionFraction = 1.1 },
    Invalid("connection_fraction") { $0.connectionFraction = .nan },
    Invalid("connection_fraction") { $0.connectionFraction = 1e-5 },
    Invalid("connection_fraction") { ($0.excitatoryNeurons, $0.connectionFraction) = (400_000, 0.1) },
    Invalid("connection_fraction") { $0.connectivity = .fixedInDegrees(excitatory: -1, inhibitory: 0) },
    Invalid("connection_fraction") { $0.connectivity = .fixedInDegrees(excitatory: 1 << 15, inhibitory: 0) },
    Invalid("connection_fraction") { $0.connectivity = .fixedInDegrees(excitatory: 0, inhibitory: -1) },
    Invalid("connection_fraction") { $0.connectivity = .fixedInDegrees(excitatory: 0, inhibitory: 1 << 15) },
    Invalid("multapses") {
      ($0.connectivity, $0.allowsMultapses) = (.fixedInDegrees(excitatory: 10_001, inhibitory: 1), false)
    },
    Invalid("multapses") {
      ($0.connectivity, $0.allowsMultapses) = (.fixedInDegrees(excitatory: 1, inhibitory: 2_501), false)
    },
    Invalid("multapses") {
      ($0.connectionFraction, $0.allowsMultapses, $0.allowsAutapses) = (1, false, false)
    },
    Invalid("eta") { $0.eta = 0 },
    Invalid("eta") { $0.eta = -1 },
    Invalid("eta") { $0.eta = .nan },
    Invalid("g") { $0.g = -0.1 },
    Invalid("g") { $0.g = .infinity },
    Invalid("J_mV") { $0.efficacy = 0 },
    Invalid("J_mV") { $0.efficacy = .nan },
    Invalid("J_mV") { $0.efficacy = 1e-5 },
    Invalid("tau_m_ms") { $0.membraneTimeConstant = 0 },
    Invalid("tau_m_ms") { $0.membraneTimeConstant = .infinity },
    Invalid("tau_syn_ms") { $0.synapticTimeConstant = -1 },
    Invalid("tau_syn_ms") { $0.synapticTimeConstant = .infinity },
    Invalid("theta_mV") { $0.threshold = .nan },
    Invalid("E_L_mV") { $0.restingPotential = 20 },
    Invalid("V_reset_mV") { $0.resetPotential = 20 },
    Invalid("V_reset_mV") { $0.resetPotential = -.infinity },
    Invalid("delay_ms") { $0.delay = 0 },
    Invalid("delay_ms") { $0.delay = -1.5 },
    Invalid("delay_ms") { $0.delay = 7000 },
    Invalid("delay_ms") { $0.delay = 1.55 },
    Invalid("delay_ms") { $0.delay = 0.05 },
    Invalid("delay_ms") { $0.delay = .nan },
    Invalid("t_ref_ms") { $0.refractoryPeriod = -0.1 },
    Invalid("t_ref_ms") { $0.refractoryPeriod = 6553.6 },
    Invalid("t_ref_ms") { $0.refractoryPeriod = 2.04 },
    Invalid("t_ref_ms") { $0.refractoryPeriod = .infinity },
  ]

  @Test("Impossible values are refused once, with their key", arguments: impossible)
  func impossibleValues(_ invalid: Invalid) {
    var parameters = NetworkParameters()
    invalid.change(&parameters)
    let error = #expect(throws: ParameterError.self) {
      try Simulation(parameters, timing: SimulationTiming(duration: 100))
    }
    #expect(error?.problems.map(\.keyPath) == ["network.\(invalid.testDescription)"])
  }

  @Test("A threshold below rest and reset is refused for both")
  func lowThreshold() {
    var parameters = NetworkParameters()
    parameters.threshold = 0
    let error = #expect(throws: ParameterError.self) {
      try Simulation(parameters, timing: SimulationTiming(duration: 100))
    }
    #expect(error?.problems.map(\.keyPath) == ["network.V_reset_mV", "network.E_L_mV"])
  }

  @Test("The delay has to be a multiple of the time step")
  func timeStep() {
    let error = #expect(throws: ParameterError.self) {
      try Simulation(NetworkParameters(), timing: SimulationTiming(duration: 100, timeStep: 0.2))
    }
    #expect(error?.problems.map(\.keyPath) == ["network.delay_ms"])
  }

  @Test(
    "Impossible durations and time steps are refused",
    arguments: [
      ("duration_ms", SimulationTiming(duration: 0)), ("duration_ms", SimulationTiming(duration: -5)),
      ("duration_ms", SimulationTiming(duration: 200_000_000)),
      ("transient_ms", SimulationTiming(duration: 100, transient: 100)),
      ("transient_ms", SimulationTiming(duration: 100, transient: 150)),
      ("transient_ms", SimulationTiming(duration: 100, transient: -1)),
      ("dt_ms", SimulationTiming(duration: 100, timeStep: 0)),
      ("dt_ms", SimulationTiming(duration: 100, timeStep: -0.1)),
      ("dt_ms", SimulationTiming(duration: 100, timeStep: .infinity)),
      ("dt_ms", SimulationTiming(duration: 100, timeStep: .nan)),
      ("dt_ms", SimulationTiming(duration: 100, timeStep: 0.3)),
      ("dt_ms", SimulationTiming(duration: 100, timeStep: 2)),
    ])
  func durations(key: String, timing: SimulationTiming) {
    let error = #expect(throws: ParameterError.self) { try Simulation(NetworkParameters(), timing: timing) }
    #expect(error?.problems.map(\.keyPath) == ["simulation.\(key)"])
  }

  @Test("Errors say what was given and what is expected")
  func descriptions() {
    var parameters = NetworkParameters()
    (parameters.eta, parameters.delay) = (-1, 1.55)
    let error = #expect(throws: ParameterError.self) {
      try Simulation(parameters, timing: SimulationTiming(duration: 100))
    }
    #expect(
      error?.description == """
        network.eta: is out of range (got -1.0, expected a number greater than 0)
        network.delay_ms: is not a whole number of time steps (got 1.55, expected a multiple of dt_ms = 0.1)
        """)
  }

  @Test("The external input is η times what brings the mean potential to threshold")
  func externalInput() {
    var parameters = NetworkParameters()
    // ν·J·τ = η·θ: 2·20 mV/(0.1 mV·20 ms) = 20 spikes a millisecond.
    #expect(abs(parameters.externalSpikes(in: 0.1) - 2) < 1e-12)
    (parameters.restingPotential, parameters.threshold, parameters.eta) = (-65, -50, 0.8)
    (parameters.efficacy, parameters.membraneTimeConstant) = (0.3, 10)
    #expect(abs(parameters.externalSpikes(in: 0.2) - 0.8 * 15 * 0.2 / (0.3 * 10)) < 1e-12)
  }

  @Test("Defaults are those of the paper's Table 2")
  func defaults() {
    let p = NetworkParameters()
    #expect((p.excitatoryNeurons, p.inhibitoryNeurons, p.neurons) == (10_000, 2_500, 12_500))
    #expect((p.excitatoryInDegree, p.inhibitoryInDegree) == (1_000, 250))
    #expect((p.membraneTimeConstant, p.refractoryPeriod, p.delay) == (20, 2, 1.5))
    let timing = SimulationTiming()
    #expect((timing.duration, timing.transient, timing.timeStep) == (3000, 150, 0.1))
    #expect((p.threshold, p.resetPotential, p.restingPotential) == (20, 10, 0))
    #expect(p.allowsMultapses && p.allowsAutapses)
  }
}
