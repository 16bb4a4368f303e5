/// The section `kernel`: cells, synapses, tissue and contacts behind the LFP kernels.
public struct KernelConfiguration: Sendable, Equatable {
  /// A population that contributes to the LFP.
  public enum Population: String, Sendable, CaseIterable {
    /// Excitatory.
    case E
    /// Inhibitory.
    case I
  }

  /// How the inhibitory cells are rotated. Excitatory cells turn about the vertical axis only.
  public enum Orientation: String, Sendable, CaseIterable {
    /// Uniform angles about x, y and z in turn, as in LFPy; orientations near the axes prevail.
    case angles
    /// Every orientation equally likely.
    case isotropic
  }

  /// The populations whose spikes contribute.
  public var populations = Population.allCases
  /// Morphology of the excitatory cells.
  public var excitatoryMorphology = MorphologySource.stickPyramid
  /// Morphology of the inhibitory cells.
  public var inhibitoryMorphology = MorphologySource.stickInterneuron
  /// Specific membrane capacitance, in µF/cm².
  public var capacitance = 1.0
  /// Axial resistivity, in Ω·cm.
  public var axialResistivity = 150.0
  /// Membrane time constant of the cables, in ms.
  public var membraneTimeConstant = 20.0
  /// Time constant of the alpha-shaped synaptic current, in ms.
  public var synapticTimeConstant = 5.0
  /// Capacitance that turns an efficacy in mV into a charge, in pF.
  public var pointNeuronCapacitance = 100.0
  /// Extracellular conductivity, in S/m.
  public var conductivity = 0.3
  /// Frequency of the length constant that limits the length of segments, in Hz.
  public var lambdaFrequency = 100.0
  /// Largest length of a segment in units of that length constant.
  public var lambdaFraction = 0.1
  /// Electrode contacts; they are the channels of the LFP.
  public var contacts = stride(from: 0.0, through: -500, by: -100).map { Contact(z: $0) }
  /// Radius of the cylinder in which the somata lie, in µm.
  public var populationRadius = 564.1895835477563
  /// Distance from the axis within which no soma lies, in µm.
  public var excludedRadius = 10.0
  /// Depths between which the somata lie, in µm.
  public var somaDepth = Interval(-450, -350)
  /// Number of soma depths over which the kernels are averaged (midpoint rule).
  public var somaDepths = 200
  /// Number of orientations over which the kernels of inhibitory cells are averaged.
  public var rotations = 1_000
  /// How the inhibitory cells are rotated.
  public var inhibitoryOrientation = Orientation.angles
  /// The layers that synapses are assigned to.
  public var layers = LayerDepths()
  /// Number of synapses per cell and layer.
  public var synapses = Pathways(
    excitatoryToExcitatory: LayerCounts(upper: 500, lower: 500),
    inhibitoryToExcitatory: LayerCounts(upper: 0, lower: 250),
    excitatoryToInhibitory: LayerCounts(upper: 0, lower: 1_000),
    inhibitoryToInhibitory: LayerCounts(upper: 0, lower: 250))
  /// Parts of the cell on which synapses lie.
  public var sections = Pathways<[CellPart]>(
    excitatoryToExcitatory: [.basal, .apical], inhibitoryToExcitatory: [.basal, .apical],
    excitatoryToInhibitory: [.basal, .apical, .soma],
    inhibitoryToInhibitory: [.basal, .apical, .soma])
  /// Length of the kernels, in ms.
  public var lags = 100

  /// The kernels of the paper, with stick cells in place of its reconstructions.
  public init() {}
}

extension KernelConfiguration.Population: ConfigurationChoice {}

extension KernelConfiguration.Orientation: ConfigurationChoice {}

extension KernelConfiguration: ConfigurationSection {
  package static var keys: [ConfigurationKey<Self>] {
    [
      ConfigurationKey("populations", \.populations, .distinct("E, I")),
      ConfigurationKey("morphology_E", \.excitatoryMorphology),
      ConfigurationKey("morphology_I", \.inhibitoryMorphology),
      ConfigurationKey("capacitance_uF_per_cm2", \.capacitance, .positive),
      ConfigurationKey("axial_resistivity_ohm_cm", \.axialResistivity, .positive),
      ConfigurationKey("tau_m_ms", \.membraneTimeConstant, .positive),
      ConfigurationKey("tau_syn_ms", \.synapticTimeConstant, .positive),
      ConfigurationKey("point_neuron_capacitance_pF", \.pointNeuronCapacitance, .positive),
      ConfigurationKey("conductivity_S_per_m", \.conductivity, .positive),
      ConfigurationKey("lambda_f_Hz", \.lambdaFrequency, .positive),
      ConfigurationKey("d_lambda", \.lambdaFraction, .between(0.001, 1)),
      ConfigurationKey("contacts_um", \.contacts, .distinct("a depth z or a point [x, y, z]")),
      ConfigurationKey("population_radius_um", \.populationRadius, .positive),
      ConfigurationKey("excluded_radius_um", \.excludedRadius, .notNegative),
      ConfigurationKey("soma_depth_um", \.somaDepth, .ordered),
      ConfigurationKey("soma_depths", \.somaDepths, .atLeast(1)),
      ConfigurationKey("rotations", \.rotations, .atLeast(1)),
      ConfigurationKey("orientation_I", \.inhibitoryOrientation),
      ConfigurationKey("layers_um", \.layers),
      ConfigurationKey("synapses", \.synapses),
      ConfigurationKey("sections", \.sections),
      ConfigurationKey("lags_ms", \.lags, .atLeast(1)),
    ]
  }

  /// The rules that take more than one key, or the delay of the network.
  package func inconsistencies(delay: Double) -> [ConfigurationProblem] {
    var rules = ConsistencyRules()
    rules.require(
      excludedRadius < populationRadius, "kernel.excluded_radius_um",
      with: ["kernel.population_radius_um"], "leaves no room for somata", got: excludedRadius,
      expected: "less than population_radius_um = \(populationRadius.canonical.flow)")
    rules.require(
      layers.lower.upper <= layers.upper.lower, "kernel.layers_um.lower",
      with: ["kernel.layers_um.upper"], "is not below the upper layer", got: layers.lower,
      expected: "nothing above \(layers.upper.lower.canonical.flow)")
    for pathway in Pathway.allCases {
      let (counts, parts) = (synapses[pathway], sections[pathway])
      let keyPath = "kernel.sections.\(pathway.rawValue)"
      rules.require(
        counts.upper + counts.lower == 0 || !parts.isEmpty, keyPath,
        with: ["kernel.synapses.\(pathway.rawValue)"], "leaves no place for the synapses",
        got: parts, expected: "at least one of \(CellPart.allCases.map(\.rawValue).joined(separator: ", "))")
      rules.require(
        Set(parts).count == parts.count, keyPath, "names a part twice", got: parts,
        expected: "each part once")
    }
    rules.require(
      Double(lags) > delay, "kernel.lags_ms", with: ["network.delay_ms"],
      "ends before the synapses respond", got: lags,
      expected: "more than delay_ms = \(delay.canonical.flow)")
    return rules.broken
  }
}
