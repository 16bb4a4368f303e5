/// A pair of axes and what is drawn between them.
public struct Panel: Sendable {
  /// Where the legend stands.
  public enum Legend: Sendable {
    /// In a row above the axes, at their right end.
    case above
    /// To the right of the axes.
    case right
    /// Inside the axes, in the upper left corner.
    case upperLeft
    /// Inside the axes, in the upper right corner.
    case upperRight
    /// Nowhere.
    case none
  }

  /// The title above the axes; `^{…}` and `_{…}` raise and lower.
  public var title: String
  /// The horizontal axis.
  public var x: Axis
  /// The vertical axis.
  public var y: Axis
  /// What is drawn, first things first.
  public var layers: [Layer]
  /// Where layers with labels are listed.
  public var legend: Legend
  /// What stands in place of the layers if they have no finite value.
  public var emptyText: String
  /// The share of the row's width, relative to its other panels.
  public var relativeWidth: Double

  /// A panel. Without a finite value in any layer it shows `emptyText` instead.
  public init(
    title: String = "", x: Axis, y: Axis, layers: [Layer], legend: Legend = .upperRight,
    emptyText: String = "no data", relativeWidth: Double = 1
  ) {
    precondition(relativeWidth > 0, "the width of a panel must be positive")
    self.title = title
    self.x = x
    self.y = y
    self.layers = layers
    self.legend = legend
    self.emptyText = emptyText
    self.relativeWidth = relativeWidth
  }

  /// Whether the panel is so narrow that it belongs to the one before it, as a scale of colours does.
  var isScale: Bool { relativeWidth < 0.5 }
}
