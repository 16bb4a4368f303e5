/// A network of excitatory and inhibitory leaky integrate-and-fire neurons, by default with fixed in-degree (Brunel 2000,
/// doi:10.1023/A:1008925309027), in the units of the literature: the section `network` of a configuration.
///
/// Where a quantity has a spread, external drive and initial potentials stay those of the nominal value.
/// Defaults are those of Skaar et al. 2020 (doi:10.1371/journal.pcbi.1007725, Table 2).
public struct NetworkParameters: Sendable, Equatable {
  /// Number of excitatory neurons N_E.
  public var excitatoryNeurons = 10_000
  /// Number of inhibitory neurons N_I.
  public var inhibitoryNeurons = 2_500
  /// Which neurons are connected.
  public var connectivity = Connectivity.fixedInDegree(fraction: 0.1)
  /// External rate relative to the rate that brings the mean potential to threshold, η.
  public var eta = 2.0
  /// Strength of inhibition relative to excitation, g.
  public var g = 5.0
  /// Excitatory efficacy J in mV: the jump of the membrane potential per input spike, or, with synaptic currents, what it
  /// would rise by without a leak.
  public var efficacy = 0.1
  /// Membrane time constant τ_m in ms.
  public var membraneTimeConstant = 20.0
  /// Time constant τ_syn in ms of exponential synaptic currents, which carry the charge that an input of zero duration has;
  /// 0 for such inputs, jumps of the potential.
  public var synapticTimeConstant = 0.0
  /// Absolute refractory period in ms, a whole number of time steps.
  public var refractoryPeriod = 2.0
  /// Firing threshold θ in mV.
  public var threshold = 20.0
  /// Potential after a spike in mV.
  public var resetPotential = 10.0
  /// Resting potential E_L in mV.
  public var restingPotential = 0.0
  /// Synaptic delay t_d in ms, a whole number of time steps, the same for all synapses unless it has a spread.
  public var delay = 1.5
  /// Whether a pair of neurons may be connected several times (sources drawn with replacement).
  public var allowsMultapses = true
  /// Whether a neuron may be its own input.
  public var allowsAutapses = true
  /// Which of these values differ between neurons or synapses.
  public var spread = NetworkSpread()

  /// The paper's network at (η, g, J) = (2, 5, 0.1 mV).
  public init() {}

  /// Neurons of both populations.
  public var neurons: Int { excitatoryNeurons + inhibitoryNeurons }

  /// Share of each population from which every neuron receives input; of networks wired otherwise, the mean share.
  public var connectionFraction: Double {
    get {
      if case .fixedInDegree(let fraction) = connectivity { return fraction }
      return Double(excitatoryInDegree + inhibitoryInDegree) / Double(neurons)
    }
    set { connectivity = .fixedInDegree(fraction: newValue) }
  }

  /// Excitatory inputs C_E that every neuron receives from within the network; 0 where synapses are listed.
  public var excitatoryInDegree: Int { connectivity.inDegrees(of: self).excitatory }
  /// Inhibitory inputs C_I that every neuron receives from within the network; 0 where synapses are listed.
  public var inhibitoryInDegree: Int { connectivity.inDegrees(of: self).inhibitory }

  /// Mean count of external input spikes per neuron in a time in ms, such as a time step: η·(θ − E_L)·t/(J·τ_m).
  public func externalSpikes(in time: Double) -> Double {
    eta * (threshold - restingPotential) * time / (efficacy * membraneTimeConstant)
  }
}
