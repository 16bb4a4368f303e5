import ParameterChecks

extension KernelParameters {
  /// Notes everything that is wrong with kernels for spikes of `network`.
  public func check(_ rules: inout ParameterRules, network: SourceNetwork) {
    checkRanges(&rules)
    rules.require(
      excludedRadius < cylinderRadius, "kernel.excluded_radius_um", with: ["kernel.population_radius_um"],
      "leaves no room for somata", got: excludedRadius,
      expected: "less than population_radius_um = \(cylinderRadius)")
    checkLayers(&rules)
    nuisance.check(&rules)
    for pathway in Pathway.allCases { checkSynapses(pathway, &rules, network) }
    rules.require(
      Double(lagCount) * binWidth > network.delay, "kernel.lags_ms", with: ["network.delay_ms"],
      "ends before the synapses respond", got: lagCount, expected: "more than delay_ms = \(network.delay)")
  }

  /// Rules about single values.
  private func checkRanges(_ rules: inout ParameterRules) {
    rules.requireDistinct(populations, "kernel.populations", "E, I")
    for (key, value) in [
      ("capacitance_uF_per_cm2", specificCapacitance), ("axial_resistivity_ohm_cm", axialResistivity),
      ("tau_m_ms", membraneTimeConstant), ("tau_syn_ms", synapticTimeConstant),
      ("point_neuron_capacitance_pF", pointNeuronCapacitance), ("conductivity_S_per_m", conductivity),
      ("lambda_f_Hz", lambdaFrequency), ("population_radius_um", cylinderRadius),
    ] {
      rules.requirePositive(value, "kernel.\(key)")
    }
    rules.require(dLambda, in: 0.001...1, "kernel.d_lambda")
    rules.requireDistinct(contacts, "kernel.contacts_um", "a depth z or a point [x, y, z]")
    rules.require(
      contacts.allSatisfy { $0.position.length.isFinite }, "kernel.contacts_um", contacts,
      "finite coordinates")
    rules.requireNotNegative(excludedRadius, "kernel.excluded_radius_um")
    rules.require(
      somaHeights.lowerBound.isFinite && somaHeights.upperBound.isFinite, "kernel.soma_depth_um", somaHeights,
      "finite depths")
    rules.require(heightSamples, in: 1...100_000, "kernel.soma_depths")
    rules.require(orientationSamples, in: 1...100_000, "kernel.rotations")
    rules.require(lagCount, in: 1...100_000, "kernel.lags_ms")
    precondition(
      binWidth > 0 && (2...1_000).contains(stepsPerBin) && stepsPerBin % 2 == 0,
      "bins have a width and an even number of steps")
  }

  private func checkLayers(_ rules: inout ParameterRules) {
    for layer in layers {
      let heights = layer.heights
      rules.require(
        heights.lowerBound < heights.upperBound && heights.lowerBound.isFinite && heights.upperBound.isFinite,
        "kernel.layers_um.\(layer.name)", [heights.lowerBound, heights.upperBound],
        "[lower, upper] with lower < upper")
    }
    for (index, layer) in layers.enumerated() {
      for above in layers[..<index] where layer.heights.overlaps(above.heights) {
        // Layers share their border.
        let shared = layer.heights.clamped(to: above.heights)
        rules.require(
          shared.lowerBound == shared.upperBound, "kernel.layers_um.\(layer.name)",
          with: ["kernel.layers_um.\(above.name)"], "overlaps layer \(above.name)",
          got: [layer.heights.lowerBound, layer.heights.upperBound],
          expected: "nothing between \(shared.lowerBound) and \(shared.upperBound)")
      }
    }
  }

  private func checkSynapses(_ pathway: Pathway, _ rules: inout ParameterRules, _ network: SourceNetwork) {
    let name = pathway.rawValue
    let key = "kernel.synapses.\(name)"
    let numbers = synapses.synapses(pathway, in: network)
    for (layer, number) in numbers.sorted(by: { $0.key < $1.key }) {
      rules.require(number, atLeast: 0, "\(key).\(layer)")
      rules.require(
        layers.contains { $0.name == layer }, "\(key).\(layer)", "names a layer that does not exist",
        got: layer,
        expected: "one of \(layers.map(\.name).joined(separator: ", ")), or another line in kernel.layers_um")
    }
    let parts = sections[pathway]
    let named = "[\(parts.map(\.rawValue).joined(separator: ", "))]"
    rules.require(
      numbers.values.allSatisfy { $0 <= 0 } || !parts.isEmpty, "kernel.sections.\(name)", with: [key],
      "leaves no place for the synapses", got: named,
      expected: "at least one of \(SectionType.allCases.map(\.rawValue).joined(separator: ", "))")
    rules.require(
      Set(parts).count == parts.count, "kernel.sections.\(name)", "names a part twice",
      got: named, expected: "each part once")
    let (sum, inDegree) = (numbers.values.reduce(0, +), network.inDegree(from: pathway.presynaptic))
    rules.requireConsistent(
      sum == inDegree || synapsesOf == .anotherNetwork, key,
      with: numbers.keys.map { "\(key).\($0)" } + [
        "kernel.synapses", "kernel.synapses_of", "network.connection_fraction", "network.excitatory_neurons",
        "network.inhibitory_neurons",
      ],
      "is not the network's in-degree", got: "\(sum) synapses per cell",
      expected: "\(inDegree), or synapses_of: another_network")
  }
}
