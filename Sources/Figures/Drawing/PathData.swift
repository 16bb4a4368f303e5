/// The `d` attribute of an SVG path, written with relative coordinates in hundredths of a point so that
/// traces of thousands of samples stay small. Rounding does not accumulate: differences are taken between
/// rounded absolute positions.
struct PathData {
  private(set) var text = ""
  private var x = 0
  private var y = 0
  private var isDrawing = false

  var isEmpty: Bool { text.isEmpty }

  /// Starts a new sub-path.
  mutating func move(to point: Point) {
    let newX = hundredths(of: point.x)
    let newY = hundredths(of: point.y)
    text += isEmpty ? "M" : "m"
    appendPair(newX - x, newY - y)
    (x, y) = (newX, newY)
    isDrawing = false
  }

  /// A straight line from the current position. Lines shorter than the resolution are left out.
  mutating func line(to point: Point) {
    let newX = hundredths(of: point.x)
    let newY = hundredths(of: point.y)
    guard newX != x || newY != y else { return }
    if newX == x {
      text += "v" + coordinateText(hundredths: newY - y)
      isDrawing = false
    } else if newY == y {
      text += "h" + coordinateText(hundredths: newX - x)
      isDrawing = false
    } else {
      text += isDrawing ? " " : "l"
      appendPair(newX - x, newY - y)
      isDrawing = true
    }
    (x, y) = (newX, newY)
  }

  /// A short line of its own.
  mutating func mark(at point: Point, dx: Double, dy: Double) {
    move(to: point)
    line(to: Point(x: point.x + dx, y: point.y + dy))
  }

  private mutating func appendPair(_ dx: Int, _ dy: Int) {
    text += coordinateText(hundredths: dx)
    if dy >= 0 { text += " " }
    text += coordinateText(hundredths: dy)
  }
}

/// A position in points, y downwards.
struct Point: Equatable, Sendable {
  var x: Double
  var y: Double
}

/// `value` in rounded hundredths. Positions far outside any page are moved to its surroundings, where
/// renderers still calculate exactly.
func hundredths(of value: Double) -> Int {
  precondition(value.isFinite, "a coordinate must be finite")
  return Int((Swift.min(Swift.max(value, -1e5), 1e5) * 100).rounded())
}

/// The shortest decimal text of a number of hundredths: 1250 is "12.5", −5 is "-.05".
func coordinateText(hundredths: Int) -> String {
  let magnitude = hundredths.magnitude
  let whole = magnitude / 100
  let fraction = magnitude % 100
  var text = hundredths < 0 ? "-" : ""
  if whole > 0 || fraction == 0 { text += String(whole) }
  if fraction > 0 {
    text += fraction < 10 ? ".0" : "."
    text += String(fraction % 10 == 0 ? fraction / 10 : fraction)
  }
  return text
}
