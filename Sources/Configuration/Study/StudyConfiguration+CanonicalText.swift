import FieldPotential
import SpikingNetwork

extension StudyConfiguration {
  /// A top-level key of the configuration.
  public enum Section: String, Sendable, CaseIterable {
    /// The root of all random streams.
    case seed
    /// The spiking network.
    case network
    /// Duration, transient and time step.
    case simulation
    /// The samples of a data set.
    case sampling
    /// Cells, synapses, tissue and contacts.
    case kernel
    /// Noise, filters and reference of the recorded signals.
    case measurement
    /// Welch's method.
    case spectra
    /// Training, validation and test set.
    case split
    /// Training of the estimator.
    case training
    /// Reporting of errors.
    case evaluation
    /// Conditions of tests.
    case robustness
  }

  /// The resolved configuration as YAML with every key, in a form that depends on the values alone.
  /// It reads back as an equal configuration.
  public var yaml: String { resolved.canonical.text() }

  /// The same without some keys, of whose values nothing is known.
  package func yaml(without keyPaths: [String]) -> String { resolved.canonical.without(keyPaths).text() }

  /// What results depend on in some sections, as YAML, always in the order of `Section.allCases`: equal texts mean equal
  /// results, so that a hash of the text identifies what was computed from the sections. Keys whose value is what versions
  /// implied which did not know them are left out. A file appears by its path only.
  public func identityText(of sections: [Section]) -> String { identity(of: sections).text() }

  /// The mapping that these sections form.
  package func identity(of sections: [Section]) -> CanonicalYAML {
    let names = Set(sections.map(\.rawValue))
    guard case .mapping(let entries) = resolved.identity else { return .mapping([]) }
    return .mapping(entries.filter { names.contains($0.key) })
  }

  /// The configuration with what follows from other keys written out: numbers of synapses from in-degrees.
  public var resolved: StudyConfiguration {
    var result = self
    result.kernel.synapses = kernel.synapses.resolved(in: SourceNetwork(network))
    return result
  }
}

extension SourceNetwork {
  /// What kernels depend on of a network.
  public init(_ network: NetworkParameters) {
    self.init()
    excitatoryNeurons = network.excitatoryNeurons
    inhibitoryNeurons = network.inhibitoryNeurons
    excitatoryInDegree = network.excitatoryInDegree
    inhibitoryInDegree = network.inhibitoryInDegree
    delay = network.delay
  }
}
