/// A network of excitatory and inhibitory leaky integrate-and-fire neurons, by default with fixed in-degree
/// (Brunel 2000, doi:10.1023/A:1008925309027), in the units of the literature.
///
/// Where a quantity has a spread, external drive and initial potentials stay those of the nominal value.
/// Defaults are those of Skaar et al. 2020 (doi:10.1371/journal.pcbi.1007725, Table 2).
public struct NetworkParameters: Sendable, Equatable {
  /// Number of excitatory neurons N_E.
  public var excitatoryNeurons = 10_000
  /// Number of inhibitory neurons N_I.
  public var inhibitoryNeurons = 2_500
  /// Excitatory inputs C_E that every neuron receives from within the network.
  public var excitatoryInDegree = 1_000
  /// Inhibitory inputs C_I that every neuron receives from within the network.
  public var inhibitoryInDegree = 250
  /// External rate relative to the rate that brings the mean potential to threshold, η.
  public var eta = 2.0
  /// Strength of inhibition relative to excitation, g.
  public var g = 5.0
  /// Excitatory efficacy J in mV: the jump of the membrane potential per input spike.
  public var efficacy = 0.1
  /// Membrane time constant τ_m in ms.
  public var membraneTimeConstant = 20.0
  /// How τ_m varies between neurons, in ms.
  public var membraneTimeConstantSpread: Spread?
  /// Absolute refractory period in ms.
  public var refractoryPeriod = 2.0
  /// How the refractory period varies between neurons, in ms; values are rounded to time steps.
  public var refractoryPeriodSpread: Spread?
  /// Firing threshold θ in mV.
  public var threshold = 20.0
  /// How the threshold varies between neurons, in mV.
  public var thresholdSpread: Spread?
  /// Potential after a spike in mV.
  public var resetPotential = 10.0
  /// Resting potential E_L in mV.
  public var restingPotential = 0.0
  /// Synaptic delay t_d in ms, the same for all synapses unless it has a spread.
  public var delay = 1.5
  /// How the delay varies between synapses, in ms; values are rounded to time steps and at least one step.
  public var delaySpread: Spread?
  /// Time step in ms.
  public var timeStep = 0.1
  /// Which neurons are connected.
  public var connectivity = Connectivity.fixedInDegree
  /// Whether a pair of neurons may be connected several times (sources drawn with replacement).
  public var allowsMultapses = true
  /// Whether a neuron may be its own input.
  public var allowsAutapses = true

  /// The paper's network at (η, g, J) = (2, 5, 0.1 mV).
  public init() {}

  /// Neurons of both populations.
  public var neurons: Int { excitatoryNeurons + inhibitoryNeurons }

  /// Mean count of external input spikes per neuron and time step: η·(θ − E_L)·dt/(J·τ_m).
  public var externalSpikesPerStep: Double {
    eta * (threshold - restingPotential) * timeStep / (efficacy * membraneTimeConstant)
  }
}
