import Foundation
import TestSupport
import Testing

@Suite("Reports", .finishedStudy)
struct ReportTests {
  private func folder() throws -> TemporaryFolder {
    try TemporaryFolder(copying: try #require(FinishedStudy.folder))
  }

  @Test("a report shows the table and every figure on one page, which needs nothing else")
  func report() async throws {
    let folder = try folder()
    let outcome = try await Program.run("report . --output report.html", in: folder)
    #expect(outcome.status == 0, "\(outcome.errors)")
    #expect(outcome.output == "report.html: written\n")
    let page = try folder.text("report.html")
    for heading in ["One network", "Errors", "Training", "Data", "Kernels", "Configuration of the training"] {
      #expect(page.contains("<h2>\(heading)</h2>"))
    }
    #expect(page.components(separatedBy: "<figure>").count == 7)
    #expect(page.contains("shard_size: 4"))
    #expect(!page.contains("src=") && !page.contains("href="))
    let again = try await Program.run("report . --output report.html", in: folder)
    #expect(again.status == 73)
  }

  @Test("a report of a model that predicts distributions shows their calibration")
  func calibration() async throws {
    let folder = try folder()
    try FileManager.default.createDirectory(
      atPath: folder.path("predicted"), withIntermediateDirectories: false)
    try FileManager.default.copyItem(
      atPath: folder.path("dataset.h5"), toPath: folder.path("predicted/dataset.h5"))
    try folder.write(
      TinyStudy.configuration().replacingOccurrences(of: "  batch_size: 4\n", with: "  predict: gaussian\n"),
      to: "predicted.yaml")
    for command in [
      "train --dataset predicted/dataset.h5 --config predicted.yaml --output predicted/model.h5",
      "report predicted --output predicted.html",
    ] { #expect(try await Program.run(command, in: folder).status == 0) }
    let page = try folder.text("predicted.html")
    #expect(page.contains("<h2>Calibration</h2>") && page.contains("Mean negative log likelihood"))
    #expect(page.components(separatedBy: "<figure>").count == 9)
  }
}
