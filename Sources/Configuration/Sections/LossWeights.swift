import ConvolutionalNetwork
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
    guard let mapping = node.mapping else {
      reader.reject(
        node, at: keyPath, "is not a mapping", expected: "lines name: number, or {} for equal weights")
      return
    }
    let known = NetworkConfiguration.parameterNames
    entries = mapping.compactMap { key, value in
      guard let name = reader.name(of: key, at: keyPath) else { return nil }
      let entryPath = innerKeyPath(keyPath, name)
      guard known.contains(name) else {
        reader.rejectUnknown(key, name, at: entryPath, known: known)
        return nil
      }
      return Double(value, at: entryPath, by: reader).map { Entry(name: name, weight: $0) }
    }
  }

  package var canonical: CanonicalYAML {
    .mapping(entries.map { CanonicalYAML.Entry(key: $0.name, value: $0.weight.canonical) })
  }

  package func violations(at keyPath: String) -> [ConfigurationProblem] {
    let rule = Constraint<Double>.positive
    return entries.filter { !rule.holds($0.weight) }.map {
      ConfigurationProblem(
        at: innerKeyPath(keyPath, $0.name), "is out of range", got: $0.weight.canonical.flow,
        expected: rule.expected)
    }
  }
}

extension TrainingConfiguration {
  /// What networks are trained on to estimate the parameters of `names`.
  package func loss(for names: [String]) -> Loss {
    guard case .point = prediction, lossWeights != .equal else { return prediction.loss }
    return .weightedSquaredError(names.map { lossWeights[$0] })
  }
}
