/// The section `network`: sizes, wiring and neurons of the spiking network (Brunel 2000,
/// doi:10.1023/A:1008925309027), with the values of Skaar et al. 2020
/// (doi:10.1371/journal.pcbi.1007725) as defaults.
public struct NetworkConfiguration: Sendable, Equatable {
  /// Number of excitatory neurons.
  public var excitatoryNeurons = 10_000
  /// Number of inhibitory neurons.
  public var inhibitoryNeurons = 2_500
  /// Share of each population from which every neuron receives input. In-degrees are fixed.
  public var connectionFraction = 0.1
  /// External rate relative to the one that drives the mean potential to threshold.
  public var eta = 2.0
  /// Inhibitory relative to excitatory synaptic efficacy.
  public var g = 5.0
  /// Excitatory synaptic efficacy, in mV.
  public var J = 0.1
  /// Membrane time constant, in ms.
  public var membraneTimeConstant = 20.0
  /// Time for which the potential stays clamped after a spike, in ms.
  public var refractoryPeriod = 2.0
  /// Firing threshold θ, in mV.
  public var threshold = 20.0
  /// Potential after a spike, in mV.
  public var resetPotential = 10.0
  /// Resting potential, in mV.
  public var restingPotential = 0.0
  /// Synaptic delay, in ms.
  public var delay = 1.5
  /// Whether two neurons can be connected more than once.
  public var allowsMultapses = true
  /// Whether a neuron can be connected to itself.
  public var allowsAutapses = true
  /// Which of these values differ between neurons or synapses.
  public var spread = SpreadConfiguration()

  /// The network of the paper at η = 2, g = 5 and J = 0.1 mV.
  public init() {}

  /// Inputs that each neuron receives from excitatory neurons.
  public var excitatoryInDegree: Int { inDegree(from: excitatoryNeurons) }
  /// Inputs that each neuron receives from inhibitory neurons.
  public var inhibitoryInDegree: Int { inDegree(from: inhibitoryNeurons) }

  private func inDegree(from neurons: Int) -> Int {
    Int((connectionFraction * Double(neurons)).rounded())
  }

  /// The names of all parameters that a sampling design can vary.
  public static var parameterNames: [String] { keys.filter(\.isReal).map(\.name) }

  /// Those of them that must be multiples of the time step.
  package static let timesOnGrid = ["t_ref_ms", "delay_ms"]
}

extension NetworkConfiguration: ConfigurationSection {
  /// Largest delay and refractory period, in ms, so that they fit into a count of time steps.
  private static let longestTime = 1e6
  /// Largest mean number of external inputs per neuron and time step.
  private static let strongestDrive = 1e6

  package static var keys: [ConfigurationKey<Self>] {
    [
      ConfigurationKey("excitatory_neurons", \.excitatoryNeurons, .atLeast(1)),
      ConfigurationKey("inhibitory_neurons", \.inhibitoryNeurons, .atLeast(1)),
      ConfigurationKey("connection_fraction", \.connectionFraction, .positiveFraction),
      ConfigurationKey("eta", \.eta, .positive),
      ConfigurationKey("g", \.g, .notNegative),
      ConfigurationKey("J_mV", \.J, .positive),
      ConfigurationKey("tau_m_ms", \.membraneTimeConstant, .positive),
      ConfigurationKey("t_ref_ms", \.refractoryPeriod, .between(0, longestTime)),
      ConfigurationKey("theta_mV", \.threshold, .finite),
      ConfigurationKey("V_reset_mV", \.resetPotential, .finite),
      ConfigurationKey("E_L_mV", \.restingPotential, .finite),
      ConfigurationKey("delay_ms", \.delay, .between(0, longestTime)),
      ConfigurationKey("multapses", \.allowsMultapses),
      ConfigurationKey("autapses", \.allowsAutapses),
      ConfigurationKey("spread", \.spread),
    ]
  }

  /// The rules that take more than one key of the network, or the time step.
  package func inconsistencies(timeStep: Double) -> [ConfigurationProblem] {
    var rules = ConsistencyRules()
    for (key, neurons, inputs) in [
      ("network.excitatory_neurons", excitatoryNeurons, excitatoryInDegree),
      ("network.inhibitory_neurons", inhibitoryNeurons, inhibitoryInDegree),
    ] {
      rules.require(
        inputs >= 1, "network.connection_fraction", with: [key],
        "gives no input from the population \(key) = \(neurons)", got: connectionFraction,
        expected: "at least one input")
      let sources = neurons - (allowsAutapses ? 0 : 1)
      rules.require(
        allowsAutapses || sources >= 1, "network.autapses", with: [key],
        "leaves a population of one neuron without input", got: allowsAutapses,
        expected: "more than one neuron")
      rules.require(
        allowsMultapses || sources < 1 || inputs <= sources, "network.multapses",
        with: ["network.connection_fraction", "network.autapses", key],
        "needs more different neurons than there are", got: "\(inputs) inputs",
        expected: "at most \(sources)")
    }
    rules.require(
      resetPotential < threshold, "network.V_reset_mV", with: ["network.theta_mV"],
      "is not below the threshold", got: resetPotential,
      expected: "less than theta_mV = \(threshold.canonical.flow)")
    rules.require(
      restingPotential < threshold, "network.E_L_mV", with: ["network.theta_mV"],
      "is not below the threshold", got: restingPotential,
      expected: "less than theta_mV = \(threshold.canonical.flow)")
    let drive = eta * (threshold - restingPotential) * timeStep / (J * membraneTimeConstant)
    rules.require(
      drive <= Self.strongestDrive, "network.J_mV",
      with: [
        "network.eta", "network.tau_m_ms", "network.theta_mV", "network.E_L_mV",
        ConsistencyRules.timeStepPath,
      ],
      "is too small for the external drive", got: J,
      expected: "at most \(Self.strongestDrive.canonical.flow) external inputs per time step")
    rules.requireMultiple(refractoryPeriod, of: timeStep, "network.t_ref_ms")
    rules.require(
      delay >= timeStep * (1 - ConsistencyRules.tolerance), "network.delay_ms",
      with: [ConsistencyRules.timeStepPath], "is shorter than one time step", got: delay,
      expected: "at least dt_ms = \(timeStep.canonical.flow)")
    if delay > timeStep { rules.requireMultiple(delay, of: timeStep, "network.delay_ms") }
    return rules.broken + spread.inconsistencies(self, timeStep: timeStep)
  }
}
