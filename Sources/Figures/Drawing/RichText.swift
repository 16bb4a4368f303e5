/// A line of text in which `^{…}` raises and `_{…}` lowers what stands in the braces, as in `10^{-3}` and
/// `H_{E}`. Everything else is literal, so names such as `tau_m` stay as they are.
struct RichText: Equatable, Sendable, ExpressibleByStringInterpolation {
  enum Position: Equatable {
    case base, raised, lowered
  }

  let runs: [(text: String, position: Position)]

  init(_ source: String) {
    var runs: [(text: String, position: Position)] = []
    var base = ""
    var rest = source[...]
    while let character = rest.first {
      let body = rest.dropFirst(2)
      if character == "^" || character == "_", rest.dropFirst().first == "{",
        let end = body.firstIndex(of: "}")
      {
        if !base.isEmpty { runs.append((base, .base)) }
        base = ""
        runs.append((String(body[..<end]), character == "^" ? .raised : .lowered))
        rest = body[end...].dropFirst()
      } else {
        base.append(character)
        rest = rest.dropFirst()
      }
    }
    if !base.isEmpty { runs.append((base, .base)) }
    self.runs = runs
  }

  init(stringLiteral value: String) {
    self.init(value)
  }

  static func == (a: RichText, b: RichText) -> Bool {
    a.runs.elementsEqual(b.runs) { $0 == $1 }
  }

  /// The content of a `text` element.
  func svg(fontSize: Double) -> String {
    // `dy` is relative to the text before, so the run after a raised one has to come down again;
    // `baseline-shift` would be shorter, but not every browser knows it.
    var result = ""
    var shift = 0.0
    for run in runs {
      let target =
        switch run.position {
        case .base: 0.0
        case .raised: -0.38 * fontSize
        case .lowered: 0.2 * fontSize
        }
      if target == shift && run.position == .base {
        result += run.text.escapedForXML
      } else {
        let size = run.position == .base ? fontSize : Self.scriptScale * fontSize
        result += "<tspan dy=\"\((target - shift).attributeText)\" font-size=\"\(size.attributeText)\">"
        result += run.text.escapedForXML + "</tspan>"
      }
      shift = target
    }
    return result
  }

  /// An estimate of the width in points, from the proportions of Helvetica.
  func width(fontSize: Double) -> Double {
    runs.reduce(0) { sum, run in
      let scale = run.position == .base ? 1 : Self.scriptScale
      return sum + run.text.reduce(0) { $0 + Self.emWidth(of: $1) } * scale * fontSize
    }
  }

  private static let scriptScale = 0.72

  private static func emWidth(of character: Character) -> Double {
    switch character {
    case "i", "j", "l", ".", ",", ":", ";", "'", "|", "!", " ", "I", "f", "t", "/": 0.29
    case "m", "w", "M", "W", "%", "@": 0.86
    case "A"..."Z": 0.7
    default: 0.57
    }
  }
}

/// Sizes of the type in points, and the family.
enum Typography {
  static let family = "Helvetica, Arial, 'Liberation Sans', sans-serif"
  static let tick = 6.0
  static let label = 7.0
  static let title = 7.5
  static let letter = 9.0
}
