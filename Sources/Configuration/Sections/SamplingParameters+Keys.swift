import ParameterSampling
import SpikingNetwork
import Yams

extension SamplingParameters: ConfigurationSection {
  package static var keys: [ConfigurationKey<Self>] {
    [
      ConfigurationKey("design", \.design),
      ConfigurationKey("samples", \.samples),
      ConfigurationKey("grid_points", \.gridPoints),
      ConfigurationKey("shard_size", \.shardSize),
      ConfigurationKey("parameters", \.box),
      ConfigurationKey("nuisance", \.nuisance, impliedBefore: ParameterBox([])),
    ]
  }
}

extension SplitParameters: ConfigurationSection {
  package static var keys: [ConfigurationKey<Self>] {
    [
      ConfigurationKey("test_fraction", \.testFraction),
      ConfigurationKey("validation_fraction", \.validationFraction),
    ]
  }
}

/// A design, written as one word or the path of a table.
extension SamplingDesign: ConfigurationLeaf {
  private static let words: [(word: String, design: SamplingDesign)] = [
    ("random", .random), ("grid", .grid), ("latin-hypercube", .latinHypercube), ("sobol", .sobol),
  ]

  package init?(_ node: Node, at keyPath: String, by reader: ConfigurationReader) {
    let text = node.scalar?.string ?? ""
    if let (_, design) = Self.words.first(where: { $0.word == text }) {
      self = design
    } else if text.lowercased().hasSuffix(".csv") {
      self = .file(path: text)
    } else {
      let words = Self.words.map(\.word)
      reader.reject(
        node, at: keyPath, "is not a sampling design" + suggestion(for: text, among: words),
        expected: "\(words.joined(separator: ", ")) or the path of a file .csv")
      return nil
    }
  }

  package var canonical: CanonicalYAML {
    switch self {
    case .file(let path): .text(path)
    default: .text(Self.words.first { $0.design == self }!.word)
    }
  }
}

/// Ranges of parameters of the network, written as lines `name: [lower, upper]`.
extension ParameterBox: ConfigurationValue {
  package mutating func read(_ node: Node, at keyPath: String, by reader: ConfigurationReader) {
    let ranges = reader.entries(
      of: node, at: keyPath, named: NetworkParameters.scalarNames, expected: "lines name: [lower, upper]"
    ) { value, entryPath in ClosedRange<Double>(value, at: entryPath, by: reader, isStretch: true) }
    guard let ranges else { return }
    dimensions = ranges.map { Dimension(key: $0, lower: $1.lowerBound, upper: $1.upperBound) }
  }

  package var canonical: CanonicalYAML {
    .mapping(
      dimensions.map {
        CanonicalYAML.Entry(key: $0.key, value: .list([$0.lower.canonical, $0.upper.canonical]))
      })
  }
}
