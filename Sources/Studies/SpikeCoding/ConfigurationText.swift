import Configuration
import Yams

/// Text as the value of a key.
package struct ConfigurationText: ConfigurationLeaf {
  package var text: String

  package init(_ text: String) { self.text = text }

  package init?(_ node: Node, at keyPath: String, by reader: ConfigurationReader) {
    guard let text = node.scalar?.string else {
      reader.reject(node, at: keyPath, "is not text", expected: "text")
      return nil
    }
    self.text = text
  }

  package var canonical: CanonicalYAML { .text(text) }
}
