import Foundation
import Yams

/// Where the morphology of a cell comes from.
public enum MorphologySource: Sendable, Equatable {
  /// The built-in stick pyramid.
  case stickPyramid
  /// The built-in stick interneuron.
  case stickInterneuron
  /// An SWC file, with its path as it stands in the configuration.
  case swc(path: String)

  /// The SWC file, its path taken relative to the folder of the configuration; nil for the built-in
  /// morphologies.
  public func file(relativeTo folder: URL) -> URL? {
    guard case .swc(let path) = self else { return nil }
    return URL(fileURLWithPath: path, relativeTo: folder)
  }

  private static let builtIn: [(name: String, source: MorphologySource)] = [
    ("stick_pyramid", .stickPyramid), ("stick_interneuron", .stickInterneuron),
  ]
}

extension MorphologySource: ConfigurationLeaf {
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
