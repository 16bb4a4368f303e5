import Foundation
import Studies
import Synchronization
import Testing

@Suite struct ProgressTests {
  @Test(
    "durations are written for people",
    arguments: [
      (0, "0.0 s"), (0.04, "0.0 s"), (3.24, "3.2 s"), (59.94, "59.9 s"), (59.96, "1 min 00 s"),
      (60, "1 min 00 s"), (245, "4 min 05 s"), (3599.4, "59 min 59 s"), (3599.6, "1 h 00 min"),
      (7800, "2 h 10 min"), (7859, "2 h 10 min"), (360_000, "100 h 00 min"),
    ])
  func times(seconds: Double, text: String) {
    #expect(Progress.time(seconds) == text)
  }

  /// What was written, in order.
  private final class Screen: Sendable {
    private let written = Mutex("")
    var text: String { written.withLock { $0 } }
    func output(isTerminal: Bool) -> StandardError {
      StandardError(isTerminal: isTerminal) { text in self.written.withLock { $0 += text } }
    }
    /// The lines as a terminal shows them, with what follows the rate left out.
    var lines: [String] {
      text.split(separator: "\n", omittingEmptySubsequences: false).map { line in
        let shown = line.components(separatedBy: "\r\u{1B}[K").last ?? ""
        return shown.components(separatedBy: ", ")[0]
      }
    }
  }

  @Test("on a terminal a line is rewritten, and ends before anything else is told")
  func openLine() {
    let screen = Screen()
    let output = screen.output(isTerminal: true)
    let progress = Progress("work", total: 4, unit: "units", isQuiet: false, to: output)
    output.write("before\n")
    for _ in 0..<2 {
      Thread.sleep(forTimeInterval: 0.11)
      progress.advance()
    }
    #expect(screen.lines == ["before", "work: 2/4 units"])
    output.write("brunel-lfp: stopped\n")
    #expect(screen.lines == ["before", "work: 2/4 units", "brunel-lfp: stopped", ""])
    progress.advance(by: 2)
    progress.finish()
    output.write("after\n")
    let end = ["before", "work: 2/4 units", "brunel-lfp: stopped", "work: 4/4 units", "after", ""]
    #expect(screen.lines == end)
  }

  @Test("elsewhere there are whole lines only")
  func plainLines() {
    let screen = Screen()
    let output = screen.output(isTerminal: false)
    let progress = Progress("work", total: 4, unit: "units", isQuiet: false, to: output)
    progress.advance(by: 4)
    output.write("between\n")
    progress.finish()
    #expect(screen.lines == ["between", "work: 4/4 units", ""])
    #expect(!screen.text.contains("\r"))
  }

  @Test("a quiet one says nothing", arguments: [false, true])
  func quiet(isTerminal: Bool) {
    let screen = Screen()
    let progress = Progress(
      "work", total: 1, unit: "units", isQuiet: true, to: screen.output(isTerminal: isTerminal))
    Thread.sleep(forTimeInterval: 0.11)
    progress.advance()
    progress.finish()
    #expect(screen.text.isEmpty)
  }
}
