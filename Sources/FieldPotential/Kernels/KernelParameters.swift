/// Everything that the kernels depend on besides the network: cells, synapses, tissue and contacts; the section `kernel` of a
/// configuration. The defaults are those of Skaar et al. (2020), doi:10.1371/journal.pcbi.1007725, with stick cells in place
/// of its reconstructions.
public struct KernelParameters: Sendable, Equatable {
  /// The populations whose spikes contribute. `[.excitatory]` gives the potentials of the published program,
  /// in which a line break drops the inhibitory term.
  public var populations = Population.allCases

  // MARK: Cells
  /// Morphology of the excitatory cells.
  public var excitatoryMorphology = MorphologySource.stickPyramid
  /// Morphology of the inhibitory cells.
  public var inhibitoryMorphology = MorphologySource.stickInterneuron
  /// How excitatory cells are turned before all else.
  public var excitatoryRotation = CellRotation.none
  /// How inhibitory cells are turned before all else.
  public var inhibitoryRotation = CellRotation.none
  /// Membrane capacitance in µF/cm².
  public var specificCapacitance = 1.0
  /// Resistivity of the cytoplasm in Ω·cm.
  public var axialResistivity = 150.0
  /// Time constant of the passive membrane in ms.
  public var membraneTimeConstant = 20.0
  /// Segments are shorter than this many length constants (d_λ rule).
  public var dLambda = 0.1
  /// The frequency of the length constant in the d_λ rule, in Hz.
  public var lambdaFrequency = 100.0

  // MARK: Synapses
  /// Time constant of the alpha-shaped synaptic current in ms.
  public var synapticTimeConstant = 5.0
  /// Capacitance of the network's point neurons in pF. A synapse that moves a point neuron by J carries the
  /// charge J·C_m, so that its current peaks at J·C_m/(e·τ_s).
  public var pointNeuronCapacitance = 100.0
  /// The layers that synapses are placed in.
  public var layers = [
    Layer(name: "upper", heights: -300...0),
    Layer(name: "lower", heights: -500...(-300)),
  ]
  /// Synapses per cell and layer. They are spread over the layer's segments in proportion to membrane area.
  public var synapses: SynapseNumbers = [:]
  /// Which network these numbers belong to.
  public var synapsesOf = SynapseOrigin.thisNetwork
  /// Parts of the cell on which the synapses of each pathway may lie.
  public var sections = Pathways<[SectionType]>.asInPublishedCode

  // MARK: Tissue and electrode
  /// Conductivity of the infinite homogeneous tissue in S/m.
  public var conductivity = 0.3
  /// Where the potential is recorded: the channels.
  public var contacts = stride(from: 0, through: -500, by: -100).map { Contact(z: Double($0)) }
  /// Radius of the cylinder that holds the somata, in µm; by default that of 1 mm² of cortex.
  public var cylinderRadius = (1e6 / Double.pi).squareRoot()
  /// No soma lies closer to the axis than this, in µm.
  public var excludedRadius = 10.0
  /// Heights of the somata in µm; they are uniform in this range.
  public var somaHeights = -450.0...(-350.0)
  /// How excitatory cells are turned.
  public var excitatoryOrientation = Orientation.upright
  /// How inhibitory cells are turned.
  public var inhibitoryOrientation = Orientation.angles
  /// Soma heights to average over where cells are upright (midpoint rule).
  public var heightSamples = 200
  /// Pairs of soma height and orientation to average over where cells are not upright.
  public var orientationSamples = 1_000

  /// What of all this differs from sample to sample.
  public var nuisance = KernelNuisance()

  // MARK: Kernels
  /// Width of the bins of the spike histograms, and so the sampling interval of the potential, in ms.
  public var binWidth = 1.0
  /// Length of the kernels in bins.
  public var lagCount = 100
  /// Steps of the fine grid within a bin; even.
  public var stepsPerBin = 10

  /// The published values.
  public init() {}

  /// A range of heights that synapses are placed in.
  public struct Layer: Sendable, Equatable {
    /// Its name.
    public var name: String
    /// Its lower and upper border in µm. A segment belongs to the layer that its midpoint lies in.
    public var heights: ClosedRange<Double>

    /// A layer from its name and borders in µm.
    public init(name: String, heights: ClosedRange<Double>) {
      self.name = name
      self.heights = heights
    }
  }

  /// How the cells of a population are turned. All are turned about the vertical by a uniform angle.
  public enum Orientation: String, Sendable, CaseIterable {
    /// About the vertical only.
    case upright
    /// By independent uniform angles about x, y and z, in this order on row vectors (as LFPy's `set_rotation`
    /// does with random angles). This favours some directions.
    case angles
    /// All directions alike.
    case isotropic
  }

  /// Peak of the synaptic current for an efficacy of 1 mV, in nA.
  public var currentPerMillivolt: Double {
    1e-3 * pointNeuronCapacitance / (Self.e * synapticTimeConstant)
  }

  private static let e = 2.718281828459045

  /// Times of the kernels' fine steps after the onset of synaptic currents, in ms, with a synaptic delay in ms.
  func fineTimes(delay: Double) -> [Double] {
    (0..<lagCount * stepsPerBin).map { Double($0) * binWidth / Double(stepsPerBin) - delay }
  }

  func orientation(of population: Population) -> Orientation {
    population == .excitatory ? excitatoryOrientation : inhibitoryOrientation
  }
}
