import Foundation

/// One axis of a panel.
public struct Axis: Sendable, Equatable {
  /// Which marks an axis shows.
  public enum Marks: Sendable, Equatable {
    /// Round numbers, as many as fit.
    case automatic
    /// These.
    case at([Tick])
    /// None, and no axis line.
    case none
  }

  /// What the axis shows, with its unit: "time (ms)". `^{…}` and `_{…}` raise and lower.
  public var label: String
  /// How values are spaced.
  public var kind: Scale.Kind
  /// The value at the left or lower end; the least of the data if nil.
  public var start: Double?
  /// The value at the right or upper end; the greatest of the data if nil.
  public var end: Double?
  /// Whether limits taken from the data include zero; linear axes only.
  public var includesZero: Bool
  /// How far limits taken from the data reach beyond them, as a fraction of their span.
  public var padding: Double
  /// Which marks are shown.
  public var marks: Marks
  /// Whether marks have labels: false where the panel below has the same axis.
  public var showsLabels: Bool

  /// An axis; by default linear, over the data.
  public init(
    _ label: String = "", _ kind: Scale.Kind = .linear, from start: Double? = nil, to end: Double? = nil,
    includesZero: Bool = false, padding: Double = 0, marks: Marks = .automatic, showsLabels: Bool = true
  ) {
    self.label = label
    self.kind = kind
    self.start = start
    self.end = end
    self.includesZero = includesZero
    self.padding = padding
    self.marks = marks
    self.showsLabels = showsLabels
  }

  /// The scale for data of the given extent.
  func scale(for extent: Extent) -> Scale {
    var lower = (kind == .linear ? extent.lower : extent.lowestPositive) ?? .nan
    var upper = extent.upper ?? .nan
    switch kind {
    case .linear:
      if includesZero {
        lower = Swift.min(lower, 0)
        upper = Swift.max(upper, 0)
        if lower == upper { upper = 1 }
      }
      let margin = padding * (upper - lower)
      if lower != 0 || !includesZero { lower -= margin }
      if upper != 0 || !includesZero { upper += margin }
    case .logarithmic:
      let factor = pow(upper / lower, padding)
      lower /= factor
      upper *= factor
    }
    return Scale(kind, from: start ?? lower, to: end ?? upper)
  }

  /// The marks for `scale`, spaced by at least `spacing` points on average along `length` points.
  func ticks(for scale: Scale, length: Double, spacing: Double) -> Ticks {
    switch marks {
    case .none: return Ticks(major: [])
    case .at(let ticks): return Ticks(major: ticks)
    case .automatic:
      let count = Swift.max(2, Int(length / spacing))
      return switch scale.kind {
      case .linear: .linear(from: scale.start, to: scale.end, count: count)
      case .logarithmic: .logarithmic(from: scale.start, to: scale.end, count: count)
      }
    }
  }
}
