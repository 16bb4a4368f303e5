/// A condition on the value of one key, with the words that explain it.
package struct Constraint<Value> {
  /// Completes "expected …".
  package let expected: String
  package let holds: (Value) -> Bool

  /// No condition beyond the type.
  package static var none: Constraint { Constraint(expected: "any value") { _ in true } }
}

extension Constraint where Value == Double {
  package static var finite: Constraint { Constraint(expected: "a finite number") { $0.isFinite } }
  package static var positive: Constraint {
    Constraint(expected: "a number greater than 0") { $0 > 0 && $0.isFinite }
  }
  package static var notNegative: Constraint {
    Constraint(expected: "a number not less than 0") { $0 >= 0 && $0.isFinite }
  }
  /// Both ends included.
  package static func between(_ minimum: Double, _ maximum: Double) -> Constraint {
    Constraint(expected: "a number from \(minimum.canonical.flow) to \(maximum.canonical.flow)") {
      minimum <= $0 && $0 <= maximum
    }
  }
  /// A share of a whole, neither bound included.
  package static var properFraction: Constraint {
    Constraint(expected: "a number greater than 0 and less than 1") { $0 > 0 && $0 < 1 }
  }
  /// A share of a whole that may be everything but not nothing.
  package static var positiveFraction: Constraint {
    Constraint(expected: "a number greater than 0 and not greater than 1") { $0 > 0 && $0 <= 1 }
  }
  /// A share of a whole that may be nothing but not everything.
  package static var partialFraction: Constraint {
    Constraint(expected: "a number not less than 0 and less than 1") { $0 >= 0 && $0 < 1 }
  }
}

extension Constraint where Value == Int {
  /// Between `minimum` and the largest 32-bit count.
  package static func atLeast(_ minimum: Int) -> Constraint {
    let maximum = Int(Int32.max)
    return Constraint(expected: "a whole number from \(minimum) to \(maximum)") {
      (minimum...maximum).contains($0)
    }
  }
}

extension Constraint where Value == Interval {
  /// A stretch of positive length.
  package static var increasing: Constraint {
    Constraint(expected: "[lower, upper] with lower < upper") { $0.isIncreasing }
  }
  /// A stretch that may have shrunk to one point.
  package static var ordered: Constraint {
    Constraint(expected: "[lower, upper] with lower <= upper") {
      $0.isIncreasing || ($0.lower == $0.upper && $0.lower.isFinite)
    }
  }
}

extension Constraint {
  /// A list of different elements, at least one.
  package static func distinct<Element: Hashable>(_ elements: String) -> Constraint
  where Value == [Element] {
    Constraint(expected: "at least one of \(elements), none twice") {
      !$0.isEmpty && Set($0).count == $0.count
    }
  }
}
