import Foundation
import ParameterSampling
import Yams

/// How the parameters of a data set's samples are chosen, as written in the configuration.
public enum SamplingChoice: Sendable, Equatable {
  /// Independent and uniform within the ranges.
  case random
  /// A regular grid.
  case grid
  /// A Latin hypercube.
  case latinHypercube
  /// Sobol's sequence.
  case sobol
  /// A table of comma-separated values, with its path as it stands in the configuration.
  case file(path: String)

  package static let mostSobolParameters = SobolSequence.largestDimension

  private static let words: [(word: String, choice: SamplingChoice)] = [
    ("random", .random), ("grid", .grid), ("latin-hypercube", .latinHypercube), ("sobol", .sobol),
  ]

  /// The table, its path taken relative to the folder of the configuration; nil for the other designs.
  package func file(relativeTo folder: URL) -> URL? {
    guard case .file(let path) = self else { return nil }
    return URL(fileURLWithPath: path, relativeTo: folder)
  }
}

extension SamplingChoice: ConfigurationLeaf {
  package init?(_ node: Node, at keyPath: String, by reader: ConfigurationReader) {
    let text = node.scalar?.string ?? ""
    if let (_, choice) = Self.words.first(where: { $0.word == text }) {
      self = choice
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
    default: .text(Self.words.first { $0.choice == self }!.word)
    }
  }
}
