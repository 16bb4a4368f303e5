import RandomStreams
import SpikingNetwork
import Testing

@Suite("Parameters")
struct ParameterTests {
  struct Invalid: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let change: @Sendable (inout NetworkParameters) -> Void

    /// A change that is refused with an error about `quantity`.
    init(_ quantity: String, _ change: @escaping @Sendable (inout NetworkParameters) -> Void) {
      testDescription = quantity
      self.change = change
    }
  }

  static let impossible = [
    Invalid("time step") { $0.timeStep = 0 },
    Invalid("time step") { $0.timeStep = -0.1 },
    Invalid("time step") { $0.timeStep = .infinity },
    Invalid("time step") { $0.timeStep = .nan },
    Invalid("time step") { ($0.timeStep, $0.delay, $0.refractoryPeriod) = (0.3, 1.5, 3) },
    Invalid("time step") { ($0.timeStep, $0.delay, $0.refractoryPeriod) = (2, 2, 2) },
    Invalid("excitatory neurons") { $0.excitatoryNeurons = 0 },
    Invalid("excitatory neurons") { $0.excitatoryNeurons = -1 },
    Invalid("inhibitory neurons") { $0.inhibitoryNeurons = 0 },
    Invalid("neurons") { $0.excitatoryNeurons = 1 << 24 },
    Invalid("excitatory in-degree") { $0.excitatoryInDegree = -1 },
    Invalid("excitatory in-degree") { $0.excitatoryInDegree = 1 << 15 },
    Invalid("inhibitory in-degree") { $0.inhibitoryInDegree = -1 },
    Invalid("inhibitory in-degree") { $0.inhibitoryInDegree = 1 << 15 },
    Invalid("excitatory in-degree") { ($0.excitatoryInDegree, $0.allowsMultapses) = (10_001, false) },
    Invalid("inhibitory in-degree") { ($0.inhibitoryInDegree, $0.allowsMultapses) = (2_501, false) },
    Invalid("inhibitory in-degree") {
      ($0.inhibitoryInDegree, $0.allowsMultapses, $0.allowsAutapses) = (2_500, false, false)
    },
    Invalid("eta") { $0.eta = 0 },
    Invalid("eta") { $0.eta = -1 },
    Invalid("eta") { $0.eta = .nan },
    Invalid("g") { $0.g = -0.1 },
    Invalid("g") { $0.g = .infinity },
    Invalid("J") { $0.efficacy = 0 },
    Invalid("J") { $0.efficacy = .nan },
    Invalid("membrane time constant") { $0.membraneTimeConstant = 0 },
    Invalid("membrane time constant") { $0.membraneTimeConstant = .infinity },
    Invalid("threshold") { $0.threshold = 0 },
    Invalid("threshold") { $0.threshold = .nan },
    Invalid("threshold") { $0.restingPotential = 20 },
    Invalid("reset potential") { $0.resetPotential = 20 },
    Invalid("reset potential") { $0.resetPotential = -.infinity },
    Invalid("delay") { $0.delay = 0 },
    Invalid("delay") { $0.delay = -1.5 },
    Invalid("delay") { $0.delay = 7000 },
    Invalid("refractory period") { $0.refractoryPeriod = -0.1 },
    Invalid("refractory period") { $0.refractoryPeriod = 6553.6 },
  ]

  @Test("Impossible values are refused with the name of the quantity", arguments: impossible)
  func impossibleValues(_ invalid: Invalid) {
    var parameters = NetworkParameters()
    invalid.change(&parameters)
    let error = #expect(throws: NetworkError.self) {
      try Simulation(parameters: parameters, duration: 100, transient: 0)
    }
    guard case .invalid(let quantity, _, _) = error else {
      Issue.record("unexpected error \(String(describing: error))")
      return
    }
    #expect(quantity == invalid.testDescription)
  }

  static let offGrid = [
    Invalid("delay") { $0.delay = 1.55 },
    Invalid("delay") { $0.delay = 0.05 },
    Invalid("delay") { $0.delay = .nan },
    Invalid("refractory period") { $0.refractoryPeriod = 2.04 },
    Invalid("refractory period") { $0.refractoryPeriod = .infinity },
    Invalid("delay") { ($0.timeStep, $0.refractoryPeriod) = (0.2, 2) },
  ]

  @Test("Times off the grid of time steps are refused", arguments: offGrid)
  func timesOffGrid(_ invalid: Invalid) {
    var parameters = NetworkParameters()
    invalid.change(&parameters)
    let error = #expect(throws: NetworkError.self) {
      try Simulation(parameters: parameters, duration: 100, transient: 0)
    }
    guard case .notMultipleOfTimeStep(let quantity, _, let timeStep) = error else {
      Issue.record("unexpected error \(String(describing: error))")
      return
    }
    #expect(quantity == invalid.testDescription && timeStep == parameters.timeStep)
  }

  @Test("An external rate beyond the sampler's range is refused")
  func externalRate() {
    var parameters = NetworkParameters()
    parameters.efficacy = 1e-5
    #expect(throws: SamplerError.self) {
      try Simulation(parameters: parameters, duration: 100, transient: 0)
    }
  }

  @Test(
    "Duration and transient are whole milliseconds, the transient the shorter",
    arguments: [
      ("duration", 0, 0), ("duration", 100.5, 0), ("duration", 100, 100), ("duration", 100, 150),
      ("duration", -5, 0),
      ("duration", .infinity, 0), ("duration", .nan, 0), ("duration", 2e8, 0), ("transient", 100, -1),
      ("transient", 100, 0.1), ("transient", 100, .nan),
    ])
  func durations(quantity: String, duration: Double, transient: Double) {
    let error = #expect(throws: NetworkError.self) {
      try Simulation(parameters: NetworkParameters(), duration: duration, transient: transient)
    }
    guard case .invalid(quantity, _, _) = error else {
      Issue.record("unexpected error \(String(describing: error))")
      return
    }
  }

  @Test("Errors say what was given and what is expected")
  func descriptions() {
    let invalid = NetworkError.invalid(quantity: "eta", value: -1, expected: "> 0")
    #expect(invalid.description == "eta is -1.0, expected > 0")
    let offGrid = NetworkError.notMultipleOfTimeStep(quantity: "delay", milliseconds: 1.55, timeStep: 0.1)
    #expect(offGrid.description == "delay is 1.55 ms, expected a whole number of time steps of 0.1 ms")
  }

  @Test("The external input is η times what brings the mean potential to threshold")
  func externalInput() {
    var parameters = NetworkParameters()
    // ν·J·τ = η·θ: 2·20 mV/(0.1 mV·20 ms) = 20 spikes a millisecond.
    #expect(abs(parameters.externalSpikesPerStep - 2) < 1e-12)
    (parameters.restingPotential, parameters.threshold, parameters.eta) = (-65, -50, 0.8)
    (parameters.timeStep, parameters.efficacy, parameters.membraneTimeConstant) = (0.2, 0.3, 10)
    #expect(abs(parameters.externalSpikesPerStep - 0.8 * 15 * 0.2 / (0.3 * 10)) < 1e-12)
  }

  @Test("Defaults are those of the paper's Table 2")
  func defaults() {
    let p = NetworkParameters()
    #expect((p.excitatoryNeurons, p.inhibitoryNeurons, p.neurons) == (10_000, 2_500, 12_500))
    #expect((p.excitatoryInDegree, p.inhibitoryInDegree) == (1_000, 250))
    #expect((p.membraneTimeConstant, p.refractoryPeriod, p.delay, p.timeStep) == (20, 2, 1.5, 0.1))
    #expect((p.threshold, p.resetPotential, p.restingPotential) == (20, 10, 0))
    #expect(p.allowsMultapses && p.allowsAutapses)
  }
}
