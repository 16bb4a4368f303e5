import FieldPotential
import Foundation

/// What is known of where channels are.
public enum Placement: Sendable, Equatable {
  /// Nothing.
  case unknown
  /// Depths in µm; 0 is the surface, values below it are negative.
  case depths([Double])
  /// Positions along a probe in µm, counted from anywhere.
  case positions([Double])
  /// All coordinates.
  case contacts([Contact])

  /// How far in µm a channel may lie from where it is expected.
  public static let tolerance = 20.0

  /// The same of some channels, by number.
  func of(_ numbers: [Int]) -> Placement {
    switch self {
    case .unknown: .unknown
    case .depths(let depths): .depths(numbers.map { depths[$0] })
    case .positions(let positions): .positions(numbers.map { positions[$0] })
    case .contacts(let contacts): .contacts(numbers.map { contacts[$0] })
    }
  }

  /// The depths in µm, as far as they are known.
  var depths: [Double]? {
    switch self {
    case .unknown: nil
    case .depths(let depths), .positions(let depths): depths
    case .contacts(let contacts): contacts.map(\.z)
    }
  }

  /// This, or depths that a user names; positions along a probe have to be these up to origin and direction.
  ///
  /// - Throws: ``RecordingError`` for depths that contradict the file.
  func agreeing(
    with named: [Double]?, channels: Int, file: String, place: String
  ) throws(RecordingError) -> Placement {
    guard let named else { return self }
    func problem(_ text: String) -> RecordingError { RecordingError(file: file, place, text) }
    guard named.count == channels else {
      throw problem("has \(channels) channels, --depths names \(named.count) depths")
    }
    func agree(_ known: [Double]) -> Bool {
      zip(known, named).allSatisfy { abs($0 - $1) <= Self.tolerance }
    }
    let contradiction = problem(
      "has channels at \(Self.list(depths ?? [])) µm, which contradicts --depths \(Self.list(named))")
    switch self {
    case .unknown: return .depths(named)
    case .depths(let depths):
      guard agree(depths) else { throw contradiction }
      return .depths(named)
    case .contacts(let contacts):
      guard agree(contacts.map(\.z)) else { throw contradiction }
      return self
    case .positions(let positions):
      let isSame = [1.0, -1].contains { direction in
        let turned = positions.map { direction * $0 }
        return agree(turned.map { $0 + (named.max() ?? 0) - (turned.max() ?? 0) })
      }
      guard isSame else { throw contradiction }
      return .depths(named)
    }
  }

  /// Values for a message, a few of many.
  static func list(_ values: [Double]) -> String {
    let texts = values.map { String(format: "%g", $0) }
    return texts.count <= 12
      ? texts.joined(separator: ", ")
      : (texts.prefix(8) + ["…", texts[texts.count - 1]]).joined(separator: ", ") + " (\(texts.count))"
  }
}
