/// Something drawn in a panel: a line, a histogram, spikes, a text …
public struct Layer: Sendable {
  let content: any LayerContent

  init(_ content: any LayerContent) {
    self.content = content
  }
}

/// What a kind of layer has to tell the panel, and how it is drawn.
protocol LayerContent: Sendable {
  /// The values along x that an automatic axis must show; empty for annotations and for lack of data.
  var xExtent: Extent { get }
  /// The values along y that an automatic axis must show.
  var yExtent: Extent { get }
  /// The entry in the panel's legend, if the layer has one.
  var legendEntry: LegendEntry? { get }
  /// Room in points that the layer needs to the right of the axes.
  var rightMargin: Double { get }
  /// Draws the layer. Values that are not finite are gaps.
  func draw(on canvas: inout Canvas)
}

extension LayerContent {
  var xExtent: Extent { Extent() }
  var yExtent: Extent { Extent() }
  var legendEntry: LegendEntry? { nil }
  var rightMargin: Double { 0 }
}

/// How a layer is named in a legend.
struct LegendEntry {
  enum Sign {
    case line, dashedLine, dot, patch
  }

  let label: String
  let color: Color
  let sign: Sign

  /// An entry, or nil without a label.
  init?(_ label: String?, _ color: Color, _ sign: Sign) {
    guard let label else { return nil }
    self.label = label
    self.color = color
    self.sign = sign
  }
}
