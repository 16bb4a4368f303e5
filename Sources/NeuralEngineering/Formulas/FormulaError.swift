/// What is wrong with the text of a formula; places are counted in characters from 1.
package enum FormulaError: Error, Sendable, Equatable, CustomStringConvertible {
  /// Something else should stand at a place; `found` is nil where the text ends.
  case unexpected(found: String?, at: Int, expected: String)
  /// A name that means nothing.
  case unknownName(String, at: Int, known: [String])
  /// A number beyond all that double precision holds.
  case numberTooLarge(String, at: Int)
  /// More parentheses, signs and powers within each other than are followed.
  case tooDeep(at: Int, limit: Int)
  /// More characters than are read.
  case tooLong(count: Int, limit: Int)

  /// What was found where, and what was expected; on one line.
  package var description: String {
    switch self {
    case .unexpected(nil, let place, let expected): "ends before character \(place), expected \(expected)"
    case .unexpected(let found?, let place, let expected):
      "has \(found) at character \(place), expected \(expected)"
    case .unknownName(let name, let place, let known):
      "has \(name) at character \(place), which is no known name (expected one of \(known.joined(separator: ", ")))"
    case .numberTooLarge(let number, let place):
      "has \(number) at character \(place), expected a number below 1.8e308"
    case .tooDeep(let place, let limit):
      "has more than \(limit) levels of parentheses, signs and powers at character \(place)"
    case .tooLong(let count, let limit): "has \(count) characters, expected at most \(limit)"
    }
  }
}
