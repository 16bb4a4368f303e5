extension Layer {
  /// Lines of text at a place in the panel, given in fractions of it whatever the axes are: (0, 0) is the
  /// lower left corner, (1, 1) the upper right.
  /// - Parameters:
  ///   - lines: each on a line of its own, downwards; `^{…}` and `_{…}` raise and lower
  ///   - y: top of the first line
  public static func text(
    _ lines: [String], x: Double, y: Double, anchor: TextAnchor = .start, color: Color = .ink
  ) -> Layer {
    precondition(x.isFinite && y.isFinite, "the place of a text must be finite")
    return Layer(Text(lines: lines, x: x, y: y, anchor: anchor, color: color))
  }
}

struct Text: LayerContent {
  let lines: [String]
  let x: Double
  let y: Double
  let anchor: TextAnchor
  let color: Color

  func draw(on canvas: inout Canvas) {
    for (index, line) in lines.enumerated() {
      canvas.annotations.text(
        RichText(line), x: x * canvas.width,
        y: (1 - y) * canvas.height + Typography.tick + Double(index) * 1.3 * Typography.tick,
        anchor: anchor, size: Typography.tick, color: color)
    }
  }
}
