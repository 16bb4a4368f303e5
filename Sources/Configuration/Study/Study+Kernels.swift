import FieldPotential

extension Study {
  /// What the kernels of a network with the given synaptic delay in ms depend on.
  package func kernelParameters(delay: Double) -> KernelParameters {
    let kernel = configuration.kernel
    var p = KernelParameters()
    p.specificCapacitance = kernel.capacitance
    p.axialResistivity = kernel.axialResistivity
    p.membraneTimeConstant = kernel.membraneTimeConstant
    p.dLambda = kernel.lambdaFraction
    p.lambdaFrequency = kernel.lambdaFrequency
    p.synapticTimeConstant = kernel.synapticTimeConstant
    p.pointNeuronCapacitance = kernel.pointNeuronCapacitance
    p.synapticDelay = delay
    p.layers = [
      .init(name: "upper", heights: kernel.layers.upper.lower...kernel.layers.upper.upper),
      .init(name: "lower", heights: kernel.layers.lower.lower...kernel.layers.lower.upper),
    ]
    p.pathways = [
      .EE: distribution(.excitatoryToExcitatory), .IE: distribution(.inhibitoryToExcitatory),
      .EI: distribution(.excitatoryToInhibitory), .II: distribution(.inhibitoryToInhibitory),
    ]
    p.excitatoryNeurons = configuration.network.excitatoryNeurons
    p.inhibitoryNeurons = configuration.network.inhibitoryNeurons
    p.populations = Set(kernel.populations.map { $0 == .E ? .excitatory : .inhibitory })
    p.conductivity = kernel.conductivity
    p.contacts = kernel.contacts.map { FieldPotential.Contact(x: $0.x, y: $0.y, z: $0.z) }
    p.cylinderRadius = kernel.populationRadius
    p.excludedRadius = kernel.excludedRadius
    p.somaHeights = kernel.somaDepth.lower...kernel.somaDepth.upper
    p.inhibitoryOrientation = kernel.inhibitoryOrientation == .angles ? .uniformAngles : .isotropic
    p.heightSamples = kernel.somaDepths
    p.orientationSamples = kernel.rotations
    p.lagCount = kernel.lags
    return p
  }

  private func distribution(_ pathway: Pathway) -> SynapseDistribution {
    let counts = configuration.kernel.synapses[pathway]
    var perCell: [String: Double] = [:]
    if counts.upper > 0 { perCell["upper"] = Double(counts.upper) }
    if counts.lower > 0 { perCell["lower"] = Double(counts.lower) }
    return SynapseDistribution(
      synapsesPerCell: perCell,
      sections: Set(
        configuration.kernel.sections[pathway].map {
          switch $0 {
          case .soma: .soma
          case .basal: .basalDendrite
          case .apical: .apicalDendrite
          }
        }))
  }

  /// The kernels for networks with the given synaptic delay in ms, by default the configured one.
  public func kernels(delay: Double? = nil) throws -> FieldKernels {
    try FieldKernels(
      parameters: kernelParameters(delay: delay ?? configuration.network.delay),
      excitatoryMorphology: excitatoryMorphology, inhibitoryMorphology: inhibitoryMorphology)
  }

  /// What a user should know about the cells: parts of files left out, synapses that found no place.
  package func notices(_ kernels: FieldKernels) -> [String] {
    excitatoryMorphology.notices + inhibitoryMorphology.notices
      + kernels.unplacedSynapses.map {
        "\($0.pathway.rawValue): \(Int(($0.fraction * 100).rounded())) % of cells have no segment in layer"
          + " \($0.layer), and no synapses there"
      }
      + kernels.parameters.contacts.filter { $0.z > 0 }.map {
        "the contact at z = \($0.z) µm lies above the surface; depths are negative"
      }
  }
}
