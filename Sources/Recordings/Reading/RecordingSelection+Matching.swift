import FieldPotential

extension RecordingSelection {
  /// The channels in the order of the contacts that a model expects, at whose depths they have to be within
  /// ``Placement/tolerance``. Of unknown places they are taken to be these contacts in their order. Channels of which
  /// all coordinates are known are put in order too, but where they are not exactly these contacts is left to a model to say.
  ///
  /// - Throws: ``RecordingError`` for another number of channels, or other depths.
  public func matched(to contacts: [Contact]) throws(RecordingError) -> RecordingSelection {
    switch placement {
    case .contacts(let known):
      let order = contacts.compactMap { contact in known.firstIndex { $0.isAt(contact) } }
      let isOrder = order.count == channels && Set(order).count == channels && contacts.count == channels
      guard isOrder, reference == .none, order != Array(0..<channels) else { return self }
      return reordered(order, contacts, note: reorderingNote(order))
    case .unknown:
      guard channels == contacts.count else { throw otherNumber(than: contacts) }
      return reordered(
        Array(0..<channels), contacts,
        note:
          "\(file): \(place.isEmpty ? "" : place + ": ")tells no depths, so the channels are taken to be the model's contacts"
          + " from the first to the last: depths \(Placement.list(contacts.map(\.z))) µm")
    case .depths(let depths), .positions(let depths):
      guard let order = Self.order(of: depths, as: contacts) else {
        throw contacts.count == channels ? otherDepths(depths, contacts) : otherNumber(than: contacts, depths)
      }
      guard channels == contacts.count else { throw otherNumber(than: contacts, depths) }
      let isSame = order == Array(0..<channels)
      return reordered(
        order, contacts,
        note: isSame ? nil : reorderingNote(order))
    }
  }

  private func reorderingNote(_ order: [Int]) -> String {
    let list = order.map { "\(numbers[$0])" }.joined(separator: ", ")
    return "\(file): channels \(list) are put in the order of the model's contacts, by depth"
  }

  /// For each contact the channel next to it; nil unless there is one for each, near enough.
  private static func order(of depths: [Double], as contacts: [Contact]) -> [Int]? {
    let order = contacts.enumerated().compactMap { index, contact -> Int? in
      let distances = depths.map { abs($0 - contact.z) }
      guard let least = distances.min(), least <= Placement.tolerance else { return nil }
      // Of several at the same depth the one in the contact's own place.
      return index < depths.count && distances[index] == least ? index : distances.firstIndex(of: least)
    }
    return order.count == contacts.count && Set(order).count == order.count ? order : nil
  }

  private func otherNumber(than contacts: [Contact], _ depths: [Double]? = nil) -> RecordingError {
    var hint = "; --channels takes some of more"
    if let order = depths.flatMap({ Self.order(of: $0, as: contacts) }) {
      hint = "; at these depths are --channels \(order.map { "\(numbers[$0])" }.joined(separator: ","))"
    }
    return problem(
      "has \(channels) channel\(channels == 1 ? "" : "s"), expected \(contacts.count), at depths"
        + " \(Placement.list(contacts.map(\.z))) µm\(channels > contacts.count ? hint : "")")
  }

  private func otherDepths(_ depths: [Double], _ contacts: [Contact]) -> RecordingError {
    let isBelow = Self.order(of: depths.map { -$0 }, as: contacts) != nil
    let hint =
      isBelow || depths.allSatisfy { $0 >= 0 }
      ? "; depths are 0 at the surface and negative below: where positions count otherwise, --depths tells the channels' depths"
      : ""
    return problem(
      "has channels at depths \(Placement.list(depths)) µm, expected those of the model's contacts,"
        + " \(Placement.list(contacts.map(\.z))) µm\(hint)")
  }
}

extension Contact {
  /// Whether this is the same place, up to rounding.
  fileprivate func isAt(_ other: Contact) -> Bool {
    [x - other.x, y - other.y, z - other.z].allSatisfy { abs($0) < 1e-6 * max(1, abs(other.z)) }
  }
}
