import Foundation

/// A function of one variable as people write it: `0.5*x^3 - sin(pi*x)`.
///
/// Numbers, the variable, `pi`, `+ - * / ^`, signs, parentheses, and the functions of ``Function``. A power binds more
/// strongly than a sign before it, −x^2 = −(x^2), and powers of powers are read from the right, 2^x^2 = 2^(x^2).
package struct Formula: Sendable, Equatable, CustomStringConvertible {
  /// The functions that have a name.
  enum Function: String, Sendable, CaseIterable {
    case sin, cos, exp, abs, sqrt

    func callAsFunction(_ x: Double) -> Double {
      switch self {
      case .sin: Foundation.sin(x)
      case .cos: Foundation.cos(x)
      case .exp: Foundation.exp(x)
      case .abs: x.magnitude
      case .sqrt: x.squareRoot()
      }
    }
  }

  /// What is calculated.
  indirect enum Node: Sendable, Equatable {
    case number(Double)
    case variable
    case negative(Node)
    case sum(Node, Node)
    case difference(Node, Node)
    case product(Node, Node)
    case quotient(Node, Node)
    case power(Node, Node)
    case call(Function, Node)
  }

  /// The text that it was read from.
  package let description: String
  private let root: Node

  /// Reads a formula of `variable`.
  package init(_ text: String, of variable: String) throws(FormulaError) {
    description = text
    var parser = FormulaParser(text, variable: variable)
    root = try parser.parse()
  }

  /// Its value; infinite or NaN where there is none.
  package func value(at x: Double) -> Double { Self.value(of: root, at: x) }

  private static func value(of node: Node, at x: Double) -> Double {
    switch node {
    case .number(let number): number
    case .variable: x
    case .negative(let node): -value(of: node, at: x)
    case .sum(let a, let b): value(of: a, at: x) + value(of: b, at: x)
    case .difference(let a, let b): value(of: a, at: x) - value(of: b, at: x)
    case .product(let a, let b): value(of: a, at: x) * value(of: b, at: x)
    case .quotient(let a, let b): value(of: a, at: x) / value(of: b, at: x)
    case .power(let a, let b): power(value(of: a, at: x), value(of: b, at: x))
    case .call(let function, let node): function(value(of: node, at: x))
    }
  }

  /// Small whole powers are products, so that x^2 is x·x to the last bit, on every machine.
  private static func power(_ base: Double, _ exponent: Double) -> Double {
    guard let count = Int(exactly: exponent), (1...16).contains(count) else { return pow(base, exponent) }
    var product = base
    for _ in 1..<count { product *= base }
    return product
  }
}
