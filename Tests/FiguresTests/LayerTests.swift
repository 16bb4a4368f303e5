import Figures
import Testing

@Suite("Layers")
struct LayerTests {
  /// The paths between the axes of a panel with `layers`, on axes from 0 to 1.
  private func paths(_ layers: [Layer], y: Axis = Axis(from: 0, to: 1)) throws -> [String] {
    let figure = Figure(
      rows: [Figure.Row(height: 25.4, [Panel(x: Axis(from: 0, to: 1), y: y, layers: layers)])])
    let svg = figure.svg
    let start = try #require(svg.range(of: "overflow=\"hidden\">"))
    let end = try #require(svg.range(of: "</svg>"))
    let xml = try #require(ParsedXML("<g>" + svg[start.upperBound..<end.lowerBound] + "</g>"))
    return xml.attributes("d", of: "path")
  }

  /// How many pieces a path consists of.
  private func pieces(_ path: String) -> Int { path.lowercased().count { $0 == "m" } }

  @Test("a line has the positions of its points, in points")
  func line() throws {
    // 25.4 mm are 72 points.
    let path = try #require(try paths([.line(x: [0, 0, 0], y: [0, 1, 0.5])]).first)
    #expect(path == "M0 72v-72v36")
  }

  @Test("NaN and infinity are gaps, and a single value between gaps is a dot")
  func gaps() throws {
    let x = [0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6]
    let drawn = try paths([.line(x: x, y: [0, 0.5, .nan, 0.5, .infinity, 0.5, 1])])
    #expect(drawn.map(pieces) == [2, 1])
    #expect(pieces(try paths([.points(x: x, y: [0, 0.5, .nan, 0.5, .infinity, 0.5, 1])])[0]) == 5)
    #expect(
      pieces(
        try paths([.band(x: x, lower: x, upper: [1, 1, .nan, 1, 1, -.infinity, 1])])[0]) == 3)
    #expect(pieces(try paths([.bars(x: [0, 0.5, 1], heights: [1, .nan, 1], width: 0.1)])[0]) == 2)
    #expect(
      pieces(try paths([.steps(edges: [0, 0.2, 0.4, 0.6], heights: [1, .nan, 1], fillOpacity: 0)])[0]) == 2)
  }

  @Test("values that are not positive are gaps on a logarithmic axis")
  func logarithmicGaps() throws {
    let drawn = try paths(
      [.line(x: [0, 0.2, 0.4, 0.6, 0.8], y: [1, 2, 0, 2, 1])], y: Axis("", .logarithmic, from: 1, to: 10))
    #expect(drawn.map(pieces) == [2])
  }

  @Test("a raster is one path with a mark for each spike")
  func raster() throws {
    let drawn = try paths([.raster(times: [0.1, 0.5, 0.9], rows: [0, 1, 0])])
    #expect(drawn.map(pieces) == [3])
  }

  @Test("labels make a legend, and annotations alone are no data")
  func legendAndAnnotations() throws {
    func texts(_ layers: [Layer]) throws -> [String] {
      let figure = Figure(rows: [Figure.Row(height: 30, [Panel(x: Axis(), y: Axis(), layers: layers)])])
      return try #require(ParsedXML(figure.svg)).texts("text")
    }
    let labelled = try texts([
      .line(x: [0, 1], y: [0, 1], label: "first"), .verticalLine(x: 0.5, label: "second"),
      .line(x: [0, 1], y: [1, 0]),
    ])
    #expect(labelled.suffix(2) == ["first", "second"])
    #expect(try texts([.verticalLine(x: 1), .text(["note"], x: 0, y: 1)]) == ["no data"])
  }

  @Test(
    "a heat map has one path a colour, one rectangle for equal neighbours, and none for what is not finite")
  func heatMap() throws {
    let drawn = try paths(
      [
        .heatMap(
          [[0, 0, 1], [.nan, 1, 0]], colors: .diverging, limits: 0...1, x: 0...1, y: 0...1)
      ])
    #expect(drawn.count == 2)
    // Of colour 0: two cells as one and one more; of colour 1: two cells.
    #expect(drawn.map(pieces) == [2, 2])
    // A row is half of 72 points high, and a little more, so that there is no seam.
    #expect(drawn[0].hasPrefix("M0 72h") && drawn[0].contains("v-36.3"))
  }
}
