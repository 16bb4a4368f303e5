/// The two kinds of neurons.
package enum Population: String, Sendable, CaseIterable {
  case excitatory = "E"
  case inhibitory = "I"

  /// For messages.
  package var name: String { self == .excitatory ? "excitatory" : "inhibitory" }
}
