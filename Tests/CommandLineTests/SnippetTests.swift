import Foundation
import TestSupport
import Testing

/// The programs of the folder `Snippets`.
@Suite("Snippets", .finishedStudy)
struct SnippetTests {
  /// The words on each line that a snippet prints.
  private func lines(_ snippet: String, _ arguments: String = "") async throws -> [[Substring]] {
    let folder = try #require(FinishedStudy.folder)
    let outcome = try await Program.run(arguments, in: folder, program: snippet)
    #expect(outcome.status == 0, "\(outcome.errors)")
    return outcome.output.split(separator: "\n").map { $0.split(separator: " ") }
  }

  private static var isOptimised: Bool {
    #if DEBUG
      false
    #else
      true
    #endif
  }

  @Test("from a network to spectra", .enabled(if: isOptimised, "the paper's network"))
  func spectrum() async throws {
    let lines = try await lines("Spectrum")
    #expect(lines.map(\.first) == (0..<6).map { "\($0)" })
    for line in lines {
      let (frequency, power) = (try #require(Double(line[1])), try #require(Double(line[3])))
      #expect((0...500).contains(frequency) && power > 0 && power < 1)
    }
  }

  @Test("from a data set to estimates")
  func estimates() async throws {
    let lines = try await lines("Estimates", "dataset.h5")
    #expect(lines.map(\.first) == ["eta", "g", "J"])
    let numbers = lines.map { $0.dropFirst().compactMap { Double($0.filter { !"[],".contains($0) }) } }
    #expect(numbers[0].count > 0 && numbers.allSatisfy { $0.count == numbers[0].count })
    #expect(numbers.joined().allSatisfy { $0.isFinite })
  }

  @Test("from a morphology to kernels")
  func kernels() async throws {
    let cell = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .appending(path: "FieldPotentialTests/Reference/stick_pyramid.swc").path
    let lines = try await lines("Kernels", cell)
    #expect(lines.map(\.first) == ["-100.0", "-400.0"])
    #expect(lines.allSatisfy { Double($0[2]).map { $0 > 1e-6 && $0 < 1e-2 } == true })
  }
}
