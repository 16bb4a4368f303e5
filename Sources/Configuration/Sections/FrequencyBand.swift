import Yams

/// The frequencies that networks see, written `all` or `[lower, upper]` in Hz.
public enum FrequencyBand: Sendable, Equatable {
  /// All that spectra have.
  case all
  /// Those in a range, ends included.
  case range(ClosedRange<Double>)
}

extension FrequencyBand: ConfigurationLeaf {
  package init?(_ node: Node, at keyPath: String, by reader: ConfigurationReader) {
    if node.plainText == "all" {
      self = .all
      return
    }
    guard node.sequence != nil else {
      reader.reject(node, at: keyPath, "is not a band", expected: "all, or [lower, upper] in Hz")
      return nil
    }
    guard let range = ClosedRange<Double>(node, at: keyPath, by: reader, isStretch: true) else { return nil }
    self = .range(range)
  }

  package var canonical: CanonicalYAML {
    switch self {
    case .all: .text("all")
    case .range(let range): range.canonical
    }
  }
}

extension TrainingConfiguration {
  /// The places of the frequencies that the networks see among those of spectra, in Hz.
  package func positions(in frequencies: [Double]) -> [Int] {
    frequencies.indices.filter { position in
      let frequency = frequencies[position]
      if case .range(let band) = self.frequencies, !band.contains(frequency) { return false }
      return !excludedFrequencies.contains { $0.contains(frequency) }
    }
  }
}
