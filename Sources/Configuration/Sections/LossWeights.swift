import ConvolutionalNetwork
import SpikingNetwork
import Yams

/// How much the squared errors of single parameters count in training, such as `{g: 8, J_mV: 3}`; 1 for parameters that
/// are not named.
public struct LossWeights: Sendable, Equatable {
  /// One parameter and its weight.
  public struct Entry: Sendable, Equatable {
    /// The name, a key of the section `network`.
    public var name: String
    /// A positive number.
    public var weight: Double
  }

  /// The parameters named, in the order of the file.
  public var entries: [Entry] = []

  /// All parameters count alike.
  public static let equal = LossWeights()

  /// The weight of a parameter.
  public subscript(name: String) -> Double { entries.first { $0.name == name }?.weight ?? 1 }
}

extension LossWeights: ExpressibleByDictionaryLiteral {
  /// Weights in the order given.
  public init(dictionaryLiteral elements: (String, Double)...) {
    entries = elements.map { Entry(name: $0, weight: $1) }
  }
}

extension LossWeights: ConfigurationValue {
  package mutating func read(_ node: Node, at keyPath: String, by reader: ConfigurationReader) {
    let weights = reader.entries(
      of: node, at: keyPath, named: NetworkParameters.scalarNames,
      expected: "lines name: number, or {} for equal weights"
    ) { Double($0, at: $1, by: reader) }
    if let weights { entries = weights.map { Entry(name: $0, weight: $1) } }
  }

  package var canonical: CanonicalYAML {
    .mapping(entries.map { CanonicalYAML.Entry(key: $0.name, value: $0.weight.canonical) })
  }
}

extension TrainingConfiguration {
  /// What networks are trained on to estimate the parameters of `names`.
  package func loss(for names: [String]) -> Loss {
    switch prediction {
    case .point:
      lossWeights == .equal ? .squaredError : .weightedSquaredError(names.map { lossWeights[$0] })
    case .gaussian: .gaussian(errorWeight: errorWeight, components: components)
    }
  }
}
