import Foundation

/// A labelled mark on an axis.
public struct Tick: Sendable, Equatable {
  /// The value it stands at.
  public var value: Double
  /// The text beside it; `^{…}` and `_{…}` raise and lower.
  public var label: String

  /// A tick at `value`.
  public init(_ value: Double, _ label: String) {
    self.value = value
    self.label = label
  }
}

/// The marks of an axis, in ascending order.
package struct Ticks: Sendable, Equatable {
  /// The labelled marks.
  package var major: [Tick]
  /// Values of the short marks without label.
  package var minor: [Double] = []
  /// The labels times ten to this power are the values.
  package var exponent = 0

  /// At most about `count` marks at multiples of 1, 2 or 5 times a power of ten within the range, whose
  /// ends may come in either order. A range without width has one mark.
  package static func linear(from start: Double, to end: Double, count: Int) -> Ticks {
    let lower = min(start, end)
    let upper = max(start, end)
    guard lower.isFinite, upper.isFinite, (upper - lower).isFinite else { return Ticks(major: []) }
    let largest = max(abs(lower), abs(upper))
    let rough = (upper - lower) / Double(max(count, 1))
    // Below this width neighbouring marks would be the same floating-point number.
    guard rough > largest * 1e-13, rough > 1e-300 else {
      return Ticks(major: [Tick(lower, String(lower).replacingOccurrences(of: "-", with: "−"))])
    }
    var power = Int(floor(log10(rough)))
    let mantissa = rough / powerOfTen(power)
    var factor = [1, 2, 5].first { mantissa <= Double($0) * (1 + 1e-9) } ?? 10
    if factor == 10 {
      factor = 1
      power += 1
    }
    let step = Double(factor) * powerOfTen(power)
    let first = Int((lower / step - 1e-9).rounded(.up))
    let last = Int((upper / step + 1e-9).rounded(.down))
    let magnitude = Int(floor(log10(largest)))
    let exponent = (-2...4).contains(magnitude) ? 0 : magnitude
    let major = stride(from: first, through: last, by: 1).map { index in
      // Dividing by a whole power gives 0.3 where multiplying by 0.1 gives 0.30000000000000004.
      let count = index * factor
      let value = power < 0 ? Double(count) / powerOfTen(-power) : Double(count) * powerOfTen(power)
      return Tick(value, decimalText(count, power: power - exponent))
    }
    return Ticks(major: major, exponent: exponent)
  }

  /// Marks at powers of ten, with minor marks at their multiples. Ranges that hold fewer than two powers
  /// have marks at 1, 2 and 5 times them, and very short ones those of a linear axis.
  package static func logarithmic(from start: Double, to end: Double, count: Int) -> Ticks {
    let lower = min(start, end)
    let upper = max(start, end)
    guard lower > 0, upper.isFinite, upper > lower else { return linear(from: start, to: end, count: count) }
    let tolerance = 1e-9
    func isInside(_ value: Double) -> Bool {
      value >= lower * (1 - tolerance) && value <= upper * (1 + tolerance)
    }
    let powers = Int(floor(log10(lower) - tolerance))...Int(ceil(log10(upper) + tolerance))
    func multiples(_ factors: some Sequence<Int>) -> [(factor: Int, power: Int)] {
      powers.flatMap { power in factors.map { ($0, power) } }.filter { isInside(value($0)) }
    }
    func value(_ mark: (factor: Int, power: Int)) -> Double { Double("\(mark.factor)e\(mark.power)")! }

    var labelled = multiples([1])
    var minor = multiples(2...9)
    if labelled.count < 2 {
      labelled = multiples([1, 2, 5])
      minor = multiples([3, 4, 6, 7, 8, 9])
      if labelled.count < 2 { return linear(from: start, to: end, count: count) }
    } else if labelled.count > max(count, 2) {
      let every = (labelled.count + count - 1) / max(count, 2)
      minor = labelled.filter { $0.power % every != 0 }
      labelled = labelled.filter { $0.power % every == 0 }
    }
    let isPlain = labelled.allSatisfy { (-2...4).contains($0.power) }
    return Ticks(
      major: labelled.map { mark in
        if isPlain { return Tick(value(mark), decimalText(mark.factor, power: mark.power)) }
        let factor = mark.factor == 1 ? "" : "\(mark.factor)·"
        return Tick(value(mark), "\(factor)10^{\(decimalText(mark.power, power: 0))}")
      },
      minor: minor.map(value))
  }

  /// `count` · 10^`power` in full, with the typographic minus.
  package static func decimalText(_ count: Int, power: Int) -> String {
    var digits = String(count.magnitude)
    if power >= 0 {
      if count != 0 { digits += String(repeating: "0", count: power) }
    } else {
      digits = String(repeating: "0", count: max(0, 1 - power - digits.count)) + digits
      digits.insert(".", at: digits.index(digits.endIndex, offsetBy: power))
    }
    return (count < 0 ? "−" : "") + digits
  }
}

/// The floating-point number nearest to ten to the power of `exponent`; `pow` may be one off.
package func powerOfTen(_ exponent: Int) -> Double {
  Double("1e\(exponent)")!
}
