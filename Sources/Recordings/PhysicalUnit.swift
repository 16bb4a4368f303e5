/// Units as files name them, as factors to those of this package.
public enum PhysicalUnit {
  /// What a quantity is.
  public enum Quantity: Sendable {
    /// In mV.
    case potential
    /// In mV²/Hz.
    case density
    /// In ms.
    case time
    /// In Hz.
    case frequency
    /// In µm.
    case length
  }

  private static let prefixes: [(symbol: String, word: String, factor: Double)] = [
    ("k", "kilo", 1e3), ("", "", 1), ("m", "milli", 1e-3), ("u", "micro", 1e-6), ("n", "nano", 1e-9),
  ]

  /// What values in a unit are multiplied with; nil for a unit that is not of the quantity.
  public static func factor(_ name: String, _ quantity: Quantity) -> Double? {
    // Both signs for micro, and "ms since 2024-01-01" as the CF conventions write times.
    let text = name.replacing("µ", with: "u").replacing("μ", with: "u").trimming
    switch quantity {
    case .potential: return prefixed(text, "V", ["volt", "volts"]).map { $0 * 1e3 }
    case .time:
      let unit = text.split(separator: " ").first.map(String.init) ?? text
      return prefixed(unit, "s", ["second", "seconds", "sec"]).map { $0 * 1e3 }
    case .frequency: return prefixed(text, "Hz", ["hertz"])
    case .length:
      if ["micron", "microns"].contains(text.lowercased()) { return 1 }
      return prefixed(text, "m", ["meter", "meters", "metre", "metres"]).map { $0 * 1e6 }
    case .density:
      let parts = text.split(separator: "/")
      guard parts.count == 2, String(parts[1]).trimming == "Hz" else { return nil }
      for power in ["²", "^2", "**2", "^{2}", "2"] where String(parts[0]).trimming.hasSuffix(power) {
        let volts = String(String(parts[0]).trimming.dropLast(power.count)).trimming
        return factor(volts, .potential).map { $0 * $0 }
      }
      return nil
    }
  }

  private static func prefixed(_ text: String, _ symbol: String, _ words: [String]) -> Double? {
    for prefix in prefixes {
      if text == prefix.symbol + symbol { return prefix.factor }
      if words.contains(where: { text.lowercased() == prefix.word + $0 }) { return prefix.factor }
    }
    return nil
  }
}

extension String {
  fileprivate var trimming: String {
    String(drop { $0.isWhitespace }.reversed().drop { $0.isWhitespace }.reversed())
  }
}
