/// A map from [0, 1] to colours, linear between evenly spaced anchors.
public struct ColorMap: Sendable, Equatable {
  private let anchors: [Color]

  init(anchors: [Color]) {
    precondition(anchors.count >= 2, "a colour map needs at least two colours")
    self.anchors = anchors
  }

  /// Dark violet over green to yellow; lightness grows evenly (viridis by Smith and van der Walt, CC0).
  public static let viridis = ColorMap(
    anchors: [
      0x440154, 0x482878, 0x3E4A89, 0x31688E, 0x26828E, 0x1F9E89, 0x35B779, 0x6DCD59, 0xB4DE2C, 0xFDE725,
    ].map { Color($0) })

  /// From blue over white to vermilion, for values on both sides of zero.
  public static let diverging = ColorMap(
    anchors: [0x0A3D62, 0x0072B2, 0x8FC1E0, 0xFFFFFF, 0xF2B184, 0xD55E00, 0x7A3300].map { Color($0) })

  /// The colour at `fraction`, which is clamped to [0, 1].
  public func color(at fraction: Double) -> Color {
    let position = min(max(fraction, 0), 1) * Double(anchors.count - 1)
    let index = min(Int(position), anchors.count - 2)
    let weight = position - Double(index)
    func mixed(_ component: KeyPath<Color, UInt8>) -> UInt8 {
      let low = Double(anchors[index][keyPath: component])
      let high = Double(anchors[index + 1][keyPath: component])
      return UInt8((low + (high - low) * weight).rounded())
    }
    return Color(red: mixed(\.red), green: mixed(\.green), blue: mixed(\.blue))
  }

  /// `count` colours for an ordered set of lines. The lightest fifth of the map is left out, being hard
  /// to see on white.
  public func lineColors(count: Int) -> [Color] {
    (0..<count).map { color(at: count > 1 ? 0.8 * Double($0) / Double(count - 1) : 0.3) }
  }
}
