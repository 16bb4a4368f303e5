import Configuration
import FieldPotential
import ParameterChecks

/// A configuration as a file holds it: its text, which is kept as it was written, and what the text says.
public struct StoredConfiguration: Sendable, Equatable {
  /// The text, YAML.
  public let text: String
  /// What it says, with defaults for keys that it lacks.
  public let values: StudyConfiguration

  /// Reads a text, which messages call `file`; throws everything that is wrong with it.
  public init(yaml text: String, file: String) throws(ParameterError) {
    self.text = text
    values = try StudyConfiguration(yaml: text, file: file)
  }

  /// A configuration that is to be stored.
  public init(_ values: StudyConfiguration) {
    text = values.yaml
    self.values = values
  }

  /// The contacts of its channels.
  public var contacts: [Contact] { values.kernel.contacts }

  /// The first key that the text of another configuration, wanted here, has with another value or not at all; nil if
  /// both say the same.
  func difference(from wanted: StoredConfiguration) -> String? {
    guard text != wanted.text, let own = CanonicalYAML(parsing: text),
      let others = CanonicalYAML(parsing: wanted.text)
    else { return nil }
    return own.firstDifference(from: others)
  }
}
