/// A value that can be written into an attribute of an SVG element.
protocol SVGAttributeValue {
  var attributeText: String { get }
}

extension String: SVGAttributeValue {
  var attributeText: String { escapedForXML }
}

extension Double: SVGAttributeValue {
  /// Rounded to 0.01 points, well below what print resolves, to keep files small.
  var attributeText: String { coordinateText(hundredths: hundredths(of: self)) }
}

extension Color: SVGAttributeValue {
  var attributeText: String { hexadecimal }
}

/// A piece of SVG text that is grown element by element.
struct SVGFragment {
  private(set) var text = ""

  /// An element without content.
  mutating func element(_ name: String, _ attributes: KeyValuePairs<String, any SVGAttributeValue>) {
    open(name, attributes)
    text.removeLast(2)
    text += "/>\n"
  }

  /// An element around whatever `content` writes.
  mutating func element(
    _ name: String, _ attributes: KeyValuePairs<String, any SVGAttributeValue>,
    content: (inout SVGFragment) -> Void
  ) {
    open(name, attributes)
    content(&self)
    text += "</\(name)>\n"
  }

  /// A line of text with the markup of `RichText`.
  mutating func text(
    _ content: RichText, x: Double, y: Double, anchor: TextAnchor = .start, size: Double = Typography.label,
    color: Color = .ink, bold: Bool = false, rotated: Bool = false
  ) {
    text += "<text x=\"\(x.attributeText)\" y=\"\(y.attributeText)\" font-size=\"\(size.attributeText)\""
    if anchor != .start { text += " text-anchor=\"\(anchor.rawValue)\"" }
    if color != .ink { text += " fill=\"\(color.hexadecimal)\"" }
    if bold { text += " font-weight=\"bold\"" }
    if rotated { text += " transform=\"rotate(-90 \(x.attributeText) \(y.attributeText))\"" }
    // Without it, renderers drop the space after a raised or lowered piece.
    if content.runs.count > 1 { text += " xml:space=\"preserve\"" }
    text += ">\(content.svg(fontSize: size))</text>\n"
  }

  mutating func append(_ fragment: SVGFragment) {
    text += fragment.text
  }

  private mutating func open(_ name: String, _ attributes: KeyValuePairs<String, any SVGAttributeValue>) {
    text += "<" + name
    for (key, value) in attributes {
      text += " \(key)=\"\(value.attributeText)\""
    }
    text += ">\n"
  }
}

/// Which part of a text lies at its position.
public enum TextAnchor: String, Sendable {
  /// The text begins at the position.
  case start
  /// The text is centred on the position.
  case middle
  /// The text ends at the position.
  case end
}

extension String {
  /// The text with the five reserved characters of XML as entities. Control characters that XML 1.0
  /// cannot hold become U+FFFD.
  package var escapedForXML: String {
    var result = ""
    for scalar in unicodeScalars {
      switch scalar {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "\"": result += "&quot;"
      case "'": result += "&#39;"
      case "\t", "\n", "\r": result.unicodeScalars.append(scalar)
      case "\u{0}"..."\u{1F}", "\u{FFFE}", "\u{FFFF}": result += "\u{FFFD}"
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }
}
