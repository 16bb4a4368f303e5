/// An opaque sRGB colour.
public struct Color: Sendable, Equatable {
  /// Red, 0 … 255.
  public let red: UInt8
  /// Green, 0 … 255.
  public let green: UInt8
  /// Blue, 0 … 255.
  public let blue: UInt8

  /// A colour from its three components.
  public init(red: UInt8, green: UInt8, blue: UInt8) {
    self.red = red
    self.green = green
    self.blue = blue
  }

  /// A colour from a number such as `0x0072B2`.
  init(_ rgb: UInt32) {
    self.init(
      red: UInt8(truncatingIfNeeded: rgb >> 16), green: UInt8(truncatingIfNeeded: rgb >> 8),
      blue: UInt8(truncatingIfNeeded: rgb))
  }

  /// The colour as in CSS, `#0072b2`.
  public var hexadecimal: String {
    let text = String(UInt32(red) << 16 | UInt32(green) << 8 | UInt32(blue), radix: 16)
    return "#" + String(repeating: "0", count: 6 - text.count) + text
  }
}

// The colours of Okabe and Ito (2008), https://jfly.uni-koeln.de/color/, which people with any common
// form of colour blindness can tell apart.
extension Color {
  /// Text and axes.
  public static let ink = Color(0x222222)
  /// Reference lines and secondary text.
  public static let gray = Color(0x8A8A8A)
  /// Excitatory quantities, and the first series of a plot.
  public static let blue = Color(0x0072B2)
  /// Inhibitory quantities, and the second series of a plot.
  public static let vermilion = Color(0xD55E00)
  /// The third series.
  public static let green = Color(0x009E73)
  /// The fourth series.
  public static let purple = Color(0xCC79A7)
  /// The fifth series.
  public static let orange = Color(0xE69F00)
  /// The sixth series.
  public static let sky = Color(0x56B4E9)

  /// The background.
  public static let paper = Color(0xFFFFFF)
}
