import Configuration
import ParameterChecks

/// How networks differ from those of a training.
package struct Mismatch: Sendable, Equatable {
  /// The ways in which they can differ.
  enum Kind: String, Sendable {
    /// Not at all.
    case none
    /// A parameter differs from neuron to neuron, or from synapse to synapse; the value is its standard deviation.
    case spread
    /// A parameter has another value.
    case shift
  }

  let kind: Kind
  /// The parameter's key in the section `network`; empty for none.
  let key: String
  /// In the parameter's unit.
  let value: Double
  /// What sets it in a configuration.
  let settings: [String]

  /// Networks as in training.
  static let none = Mismatch(kind: .none, key: "", value: 0, settings: [])

  static func spread(_ key: String, deviation: Double, within bounds: ClosedRange<Double>) -> Self {
    Self(
      kind: .spread, key: key, value: deviation,
      settings: ["network.spread.\(key)=[\(deviation), \(bounds.lowerBound), \(bounds.upperBound)]"])
  }

  static func shift(_ key: String, to value: Double) -> Self {
    Self(kind: .shift, key: key, value: value, settings: ["network.\(key)=\(value)"])
  }

  /// In tables, and as the name of a folder: `spread tau_m_ms 0.1`.
  var name: String { kind == .none ? "as trained" : "\(kind.rawValue) \(key) \(value.shortText)" }

  /// Where in a study's file it stands.
  var keyPath: String { "\(kind.rawValue).\(key)" }
}

extension Double {
  /// Without a decimal point where none is needed.
  fileprivate var shortText: String { self == rounded() && abs(self) < 1e6 ? "\(Int(self))" : "\(self)" }
}
