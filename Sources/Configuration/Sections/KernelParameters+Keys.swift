import FieldPotential
import Yams

extension KernelParameters: ConfigurationSection {
  package static var keys: [ConfigurationKey<Self>] {
    [
      ConfigurationKey("populations", \.populations),
      ConfigurationKey("morphology_E", \.excitatoryMorphology),
      ConfigurationKey("morphology_I", \.inhibitoryMorphology),
      ConfigurationKey("rotation_E", \.excitatoryRotation, impliedBefore: CellRotation.none),
      ConfigurationKey("rotation_I", \.inhibitoryRotation, impliedBefore: CellRotation.none),
      ConfigurationKey("capacitance_uF_per_cm2", \.specificCapacitance),
      ConfigurationKey("axial_resistivity_ohm_cm", \.axialResistivity),
      ConfigurationKey("tau_m_ms", \.membraneTimeConstant),
      ConfigurationKey("tau_syn_ms", \.synapticTimeConstant),
      ConfigurationKey("point_neuron_capacitance_pF", \.pointNeuronCapacitance),
      ConfigurationKey("conductivity_S_per_m", \.conductivity),
      ConfigurationKey("lambda_f_Hz", \.lambdaFrequency),
      ConfigurationKey("d_lambda", \.dLambda),
      ConfigurationKey("contacts_um", \.contacts),
      ConfigurationKey("population_radius_um", \.cylinderRadius),
      ConfigurationKey("excluded_radius_um", \.excludedRadius),
      ConfigurationKey("soma_depth_um", \.somaHeights),
      ConfigurationKey("soma_depths", \.heightSamples),
      ConfigurationKey("rotations", \.orientationSamples),
      ConfigurationKey("orientation_I", \.inhibitoryOrientation),
      ConfigurationKey("layers_um", \.synapticLayers),
      ConfigurationKey("synapses", \.synapsesByLayer),
      ConfigurationKey("synapses_of", \.synapsesOf, affectsResults: false),
      ConfigurationKey("sections", \.sections),
      ConfigurationKey("lags_ms", \.lagCount),
      ConfigurationKey("nuisance", \.nuisance, impliedBefore: KernelNuisance()),
    ]
  }

  /// The layers, as a value of the configuration.
  fileprivate var synapticLayers: SynapticLayers {
    get { SynapticLayers(layers: layers) }
    set { layers = newValue.layers }
  }

  /// The numbers of synapses, as a value of the configuration.
  fileprivate var synapsesByLayer: SynapsesByLayer {
    get { SynapsesByLayer(numbers: synapses, layers: layers.map(\.name)) }
    set { synapses = newValue.numbers }
  }
}

extension Population: ConfigurationChoice {}

extension KernelParameters.Orientation: ConfigurationChoice {}

extension SynapseOrigin: ConfigurationChoice {}

extension SectionType: ConfigurationChoice {}

/// Layers, written as lines `name: [lower, upper]`. Those that are not named stay as they are.
private struct SynapticLayers: ConfigurationValue {
  var layers: [KernelParameters.Layer]

  mutating func read(_ node: Node, at keyPath: String, by reader: ConfigurationReader) {
    let named = reader.entries(
      of: node, at: keyPath, named: nil, expected: "lines name: [lower, upper]"
    ) { value, entryPath in ClosedRange<Double>(value, at: entryPath, by: reader, isStretch: true) }
    for (name, heights) in named ?? [] {
      if let index = layers.firstIndex(where: { $0.name == name }) {
        layers[index].heights = heights
      } else {
        layers.append(.init(name: name, heights: heights))
      }
    }
  }

  var canonical: CanonicalYAML {
    .mapping(layers.map { CanonicalYAML.Entry(key: $0.name, value: $0.heights.canonical) })
  }
}

/// Synapses by pathway, written as lines `E_to_E: {layer: number, ...}`.
private struct SynapsesByLayer: ConfigurationValue {
  var numbers: SynapseNumbers
  /// The layers in their order.
  let layers: [String]

  mutating func read(_ node: Node, at keyPath: String, by reader: ConfigurationReader) {
    let expected = "lines E_to_E: {layer: number, ...}"
    let pathways = reader.entries(
      of: node, at: keyPath, named: Pathway.allCases.map(\.rawValue), expected: expected
    ) { value, pathwayPath in
      reader.entries(of: value, at: pathwayPath, named: nil, expected: "{layer: number, ...}") {
        Int($0, at: $1, by: reader)
      }
    }
    for (name, counts) in pathways ?? [] {
      numbers.named[Pathway(rawValue: name)!] = Dictionary(counts) { $1 }
    }
  }

  var canonical: CanonicalYAML {
    .mapping(
      Pathway.allCases.compactMap { pathway in
        guard let counts = numbers.named[pathway] else { return nil }
        let unknown = counts.keys.filter { !layers.contains($0) }.sorted()
        return .init(
          key: pathway.rawValue,
          value: .mapping((layers + unknown).map { .init(key: $0, value: (counts[$0] ?? 0).canonical) }))
      })
  }
}

extension Pathways: ConfigurationValue where Value: ConfigurationValue {}

extension Pathways: ConfigurationSection where Value: ConfigurationValue {
  package static var keys: [ConfigurationKey<Self>] {
    Pathway.allCases.map { ConfigurationKey($0.rawValue, \.[$0]) }
  }
}

/// A contact, written as its depth `z` where it lies on the axis of the population, as `[x, y, z]` elsewhere.
extension Contact: ConfigurationLeaf {
  package init?(_ node: Node, at keyPath: String, by reader: ConfigurationReader) {
    guard let sequence = node.sequence else {
      guard let z = Double(node, at: keyPath, by: reader) else { return nil }
      self.init(z: z)
      return
    }
    guard sequence.count == 3 else {
      reader.reject(node, at: keyPath, "is not a point", expected: "a depth z or [x, y, z]")
      return nil
    }
    guard let point = [Double](node, at: keyPath, by: reader) else { return nil }
    self.init(x: point[0], y: point[1], z: point[2])
  }

  package var canonical: CanonicalYAML {
    x == 0 && y == 0 ? z.canonical : .list([x.canonical, y.canonical, z.canonical])
  }
}

/// A cell, written as the name of a built-in one or the path of an SWC file.
extension MorphologySource: ConfigurationLeaf {
  private static let builtIn: [(name: String, source: MorphologySource)] = [
    ("stick_pyramid", .stickPyramid), ("stick_interneuron", .stickInterneuron),
  ]

  package init?(_ node: Node, at keyPath: String, by reader: ConfigurationReader) {
    let text = node.scalar?.string ?? ""
    if let (_, source) = Self.builtIn.first(where: { $0.name == text }) {
      self = source
    } else if text.lowercased().hasSuffix(".swc") {
      self = .swc(path: text)
    } else {
      let names = Self.builtIn.map(\.name)
      reader.reject(
        node, at: keyPath, "is not a morphology" + suggestion(for: text, among: names),
        expected: "\(names.joined(separator: ", ")) or the path of a file .swc")
      return nil
    }
  }

  package var canonical: CanonicalYAML {
    switch self {
    case .swc(let path): .text(path)
    default: .text(Self.builtIn.first { $0.source == self }!.name)
    }
  }
}
