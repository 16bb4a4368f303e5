import Foundation

/// Reads a formula by recursive descent:
///
///     sum     = product (("+" | "-") product)*
///     product = signed (("*" | "/") signed)*
///     signed  = ("+" | "-") signed | power
///     power   = operand ("^" signed)?
///     operand = number | name | function "(" sum ")" | "(" sum ")"
struct FormulaParser {
  /// Longest text that is read, so that chains of operators do not make trees too deep to follow.
  static let longest = 1000
  /// Deepest nesting that is followed.
  static let deepest = 100

  private let characters: [Character]
  private let variable: String
  private var position = 0
  private var depth = 0

  init(_ text: String, variable: String) {
    characters = Array(text)
    self.variable = variable
  }

  /// The whole text.
  mutating func parse() throws(FormulaError) -> Formula.Node {
    guard characters.count <= Self.longest else {
      throw .tooLong(count: characters.count, limit: Self.longest)
    }
    let node = try sum()
    guard next == nil else { throw unexpected("an operator or the end") }
    return node
  }

  // MARK: Rules

  private mutating func sum() throws(FormulaError) -> Formula.Node {
    var node = try product()
    while let sign = take("+", "-") {
      let other = try product()
      node = sign == "+" ? .sum(node, other) : .difference(node, other)
    }
    return node
  }

  private mutating func product() throws(FormulaError) -> Formula.Node {
    var node = try signed()
    while let sign = take("*", "/") {
      let other = try signed()
      node = sign == "*" ? .product(node, other) : .quotient(node, other)
    }
    return node
  }

  private mutating func signed() throws(FormulaError) -> Formula.Node {
    depth += 1
    defer { depth -= 1 }
    guard depth <= Self.deepest else { throw .tooDeep(at: position + 1, limit: Self.deepest) }
    guard let sign = take("+", "-") else { return try power() }
    let node = try signed()
    return sign == "+" ? node : .negative(node)
  }

  private mutating func power() throws(FormulaError) -> Formula.Node {
    let base = try operand()
    return take("^") == nil ? base : .power(base, try signed())
  }

  private mutating func operand() throws(FormulaError) -> Formula.Node {
    if take("(") != nil { return try closed() }
    guard let first = next else { throw unexpected(operandNames) }
    if first.isDecimal || first == "." { return .number(try number()) }
    guard first.isNameStart else { throw unexpected(operandNames) }
    return try named()
  }

  /// What follows an opening parenthesis.
  private mutating func closed() throws(FormulaError) -> Formula.Node {
    let node = try sum()
    guard take(")") != nil else { throw unexpected("an operator or )") }
    return node
  }

  private mutating func named() throws(FormulaError) -> Formula.Node {
    let start = position
    while position < characters.count, characters[position].isNameStart || characters[position].isDecimal {
      position += 1
    }
    let name = String(characters[start..<position])
    if name == variable { return .variable }
    if name == "pi" { return .number(.pi) }
    guard let function = Formula.Function(rawValue: name) else {
      throw .unknownName(name, at: start + 1, known: names)
    }
    guard take("(") != nil else { throw unexpected("( after \(name)") }
    return .call(function, try closed())
  }

  private mutating func number() throws(FormulaError) -> Double {
    let start = position
    func digits(from index: Int) -> Int {
      var end = index
      while end < characters.count, characters[end].isDecimal { end += 1 }
      return end
    }
    var end = digits(from: start)
    if end < characters.count, characters[end] == "." { end = digits(from: end + 1) }
    // 2e3 is a number, 2exp(x) none.
    if end < characters.count, "eE".contains(characters[end]) {
      let sign = end + 1 < characters.count && "+-".contains(characters[end + 1]) ? 1 : 0
      let exponent = digits(from: end + 1 + sign)
      if exponent > end + 1 + sign { end = exponent }
    }
    let text = String(characters[start..<end])
    guard let number = Double(text) else { throw unexpected(operandNames) }
    guard number.isFinite else { throw .numberTooLarge(text, at: start + 1) }
    position = end
    return number
  }

  // MARK: Characters

  private var names: [String] { [variable, "pi"] + Formula.Function.allCases.map(\.rawValue) }
  private var operandNames: String { "a number, ( or one of \(names.joined(separator: ", "))" }

  /// The next character that is no space.
  private var next: Character? {
    mutating get {
      while position < characters.count, characters[position].isWhitespace { position += 1 }
      return position < characters.count ? characters[position] : nil
    }
  }

  /// Passes over the next character if it is one of these.
  private mutating func take(_ choices: Character...) -> Character? {
    guard let character = next, choices.contains(character) else { return nil }
    position += 1
    return character
  }

  private mutating func unexpected(_ expected: String) -> FormulaError {
    let found = next
    return .unexpected(found: found.map(String.init), at: position + 1, expected: expected)
  }
}

extension Character {
  /// A digit from 0 to 9.
  fileprivate var isDecimal: Bool { isASCII && isNumber }
  /// A letter of names.
  fileprivate var isNameStart: Bool { isASCII && isLetter || self == "_" }
}
