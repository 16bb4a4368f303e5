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
    /// Welch's method.
    case spectra
    /// Training, validation and test set.
    case split
    /// Training of the estimator.
    case training
    /// Reporting of errors.
    case evaluation
  }

  /// The resolved configuration as YAML with every key, in a form that depends on the values alone.
  /// It reads back as an equal configuration.
  public var yaml: String { canonicalText(of: Section.allCases) }

  /// The part of `yaml` that belongs to some sections, always in the order of `Section.allCases`.
  /// Equal texts mean equal settings, so that a hash of the text identifies what was computed from
  /// the sections. An SWC file appears by its path only.
  public func canonicalText(of sections: [Section]) -> String { canonical(sections).text() }

  /// The mapping that some sections form.
  package func canonical(_ sections: [Section]) -> CanonicalYAML {
    let names = Set(sections.map(\.rawValue))
    return .mapping(
      Self.keys.filter { names.contains($0.name) }
        .map { CanonicalYAML.Entry(key: $0.name, value: $0.canonical(self)) })
  }
}
