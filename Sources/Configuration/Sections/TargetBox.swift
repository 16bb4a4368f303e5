import ParameterSampling
import Yams

/// The ranges that are mapped to [0, 1] for training and in which errors are expressed, written `sampled` or as lines
/// `name: [lower, upper]`.
public enum TargetBox: Sendable, Equatable {
  /// Those from which the data set was sampled.
  case sampled
  /// These, whatever was sampled. Parameters that the data set does not vary are ignored.
  case ranges(ParameterBox)

  /// The range of a parameter of a data set that was sampled from `box`; nil where it has none.
  package func dimension(_ key: String, sampledFrom box: ParameterBox) -> ParameterBox.Dimension? {
    switch self {
    case .sampled: box[key]
    case .ranges(let ranges): ranges[key]
    }
  }
}

extension TargetBox: ConfigurationValue {
  package mutating func read(_ node: Node, at keyPath: String, by reader: ConfigurationReader) {
    if node.plainText == "sampled" {
      self = .sampled
      return
    }
    guard node.mapping != nil else {
      return reader.reject(
        node, at: keyPath, "does not say which ranges", expected: "sampled, or lines name: [lower, upper]")
    }
    var box = ParameterBox([])
    box.read(node, at: keyPath, by: reader)
    self = .ranges(box)
  }

  package var canonical: CanonicalYAML {
    switch self {
    case .sampled: .text("sampled")
    case .ranges(let box): box.canonical
    }
  }
}
