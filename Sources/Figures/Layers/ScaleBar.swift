extension Layer {
  /// A vertical bar of known length to the right of the axes, for panels whose y axis has no numbers.
  /// - Parameters:
  ///   - length: in units of the (linear) y axis
  ///   - label: the length with its unit
  public static func scaleBar(length: Double, label: String) -> Layer {
    Layer(ScaleBar(length: length, label: label))
  }
}

struct ScaleBar: LayerContent {
  let length: Double
  let label: String

  var rightMargin: Double { 10 + RichText(label).width(fontSize: Typography.tick) }

  func draw(on canvas: inout Canvas) {
    let height = abs(length / (canvas.yScale.end - canvas.yScale.start)) * canvas.height
    guard height.isFinite, height > 0 else { return }
    let x = canvas.width + 5
    var path = PathData()
    path.mark(at: Point(x: x, y: canvas.height - height), dx: 0, dy: height)
    canvas.annotations.element("path", ["d": path.text, "stroke": Color.ink, "stroke-width": 1.0])
    canvas.annotations.text(
      RichText(label), x: x + 3, y: canvas.height - height / 2 + 0.35 * Typography.tick, size: Typography.tick
    )
  }
}
