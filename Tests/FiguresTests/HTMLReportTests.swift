import Figures
import Statistics
import StudyFigures
import Testing

@Suite("HTML report")
struct HTMLReportTests {
  static let report = HTMLReport(
    title: "Recovery of <η>", subtitle: "A & B",
    sections: [
      HTMLReport.Section(
        "Accuracy",
        [
          .paragraph("Errors < 5 %"), .list(["one", "two"]),
          .table(
            ReportTable(
              caption: "Table", header: ["parameter", "bias"], rows: [["η", "−0.001"], ["g", "0.002"]])),
          .figure(FigureTests.kernel.figure, caption: "Kernels"),
          .figure(FigureTests.learning.figure, caption: "Losses"), .preformatted("a:\n  b: <1>"),
        ])
    ])

  @Test("the page is well-formed and holds what was put in")
  func content() throws {
    let xml = try #require(ParsedXML(Self.report.html))
    #expect(xml.texts("h1") == ["Recovery of <η>"])
    #expect(xml.texts("h2") == ["Accuracy"])
    #expect(xml.texts("p") == ["A & B", "Errors < 5 %"])
    #expect(xml.texts("li") == ["one", "two"])
    #expect(xml.texts("figcaption") == ["Kernels", "Losses"])
    #expect(xml.texts("pre") == ["a:\n  b: <1>"])
    #expect(xml.texts("td") == ["η", "−0.001", "g", "0.002"])
  }

  @Test("a table of numbers is shown with its caption, as it is")
  func table() throws {
    let table = Table(caption: "Two", header: ["|x|", "y"], rows: [["a", "1 *"]])
    let report = HTMLReport(title: "", subtitle: "", sections: [.init("", [.table(ReportTable(table))])])
    let xml = try #require(ParsedXML(report.html))
    #expect(xml.texts("caption") == ["Two"])
    #expect(xml.texts("th") == ["|x|", "y"] && xml.texts("td") == ["a", "1 *"])
  }

  @Test("columns of numbers are flush right")
  func numericColumns() throws {
    let xml = try #require(ParsedXML(Self.report.html))
    #expect(
      xml.elements.filter { $0.attributes["class"] == "number" }.map(\.text) == ["bias", "−0.001", "0.002"])
  }

  @Test("the page refers to nothing outside itself, and figures bring no identifiers that could clash")
  func selfContained() throws {
    let xml = try #require(ParsedXML(Self.report.html))
    for attribute in ["href", "src", "id", "xlink:href"] {
      #expect(xml.elements.allSatisfy { $0.attributes[attribute] == nil })
    }
    #expect(!Self.report.html.contains("url("))
  }
}
