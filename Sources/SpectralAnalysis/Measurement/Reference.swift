/// What the potential of a channel is measured against.
public enum Reference: String, Sendable, CaseIterable {
  /// A distant electrode.
  case none
  /// The mean of all channels.
  case average
  /// The next channel: differences of neighbours, one less than there are channels.
  case bipolar

  /// How many channels remain of a number of contacts.
  public func channels(of contacts: Int) -> Int { self == .bipolar ? contacts - 1 : contacts }

  /// Values of each channel from those of each contact, row-major [contact][value].
  public func applied(to values: [Double], contacts: Int) -> [Double] {
    let count = values.count / contacts
    switch self {
    case .none: return values
    case .average:
      let mean = (0..<count).map { i in
        (0..<contacts).reduce(0) { $0 + values[$1 * count + i] } / Double(contacts)
      }
      return values.indices.map { values[$0] - mean[$0 % count] }
    case .bipolar:
      return (0..<(contacts - 1) * count).map { values[$0] - values[$0 + count] }
    }
  }
}
