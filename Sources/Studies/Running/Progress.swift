import Foundation
import Synchronization

/// Reports how far long work has come, on standard error: a line that is rewritten on a terminal, otherwise a plain
/// line now and then.
package final class Progress: Sendable {
  private struct State {
    var done = 0
    var doneCost = 0.0
    var lastReport: ContinuousClock.Instant
    var note = ""
  }
  private let label: String
  private let unit: String
  private let total: Int
  private let totalCost: Double
  private let isQuiet: Bool
  private let output: StandardError
  private let start = ContinuousClock.now
  private let state: Mutex<State>

  /// Work of `total` units, whose costs sum to `cost`, by default one each; says nothing if `isQuiet`.
  package init(
    _ label: String, total: Int, unit: String, cost: Double? = nil, isQuiet: Bool,
    to output: StandardError = .shared
  ) {
    self.label = label
    self.total = total
    totalCost = cost ?? Double(total)
    self.unit = unit
    self.isQuiet = isQuiet
    self.output = output
    state = Mutex(State(lastReport: start))
  }

  /// Says something before the work begins.
  func announce(_ text: String) {
    if !isQuiet { output.write("\(label): \(text)\n") }
  }

  /// Reports `count` more units done, of the given cost, with a note such as the current loss.
  package func advance(by count: Int = 1, cost: Double? = nil, note: String = "") {
    guard !isQuiet else { return }
    state.withLock { state in
      state.done += count
      state.doneCost += cost ?? Double(count)
      state.note = note
      let now = ContinuousClock.now
      let interval: Duration = output.isTerminal ? .milliseconds(100) : .seconds(20)
      guard now - state.lastReport >= interval else { return }
      state.lastReport = now
      report(state)
    }
  }

  /// Reports the end; where there was nothing to do, nothing.
  package func finish() {
    guard !isQuiet, total > 0 else { return }
    state.withLock { report($0) }
    output.endLine()
  }

  private func report(_ state: State) {
    let seconds = max(1e-3, (ContinuousClock.now - start).seconds)
    let rate = Double(state.done) / seconds
    var line = "\(label): \(state.done)/\(total) \(unit)"
    if state.done > 0 {
      line += String(format: ", %.3g/s", rate)
      line +=
        state.done < total
        ? ", \(Self.time(seconds * (totalCost / state.doneCost - 1))) left" : ", \(Self.time(seconds))"
    }
    if !state.note.isEmpty { line += ", \(state.note)" }
    if output.isTerminal { output.rewrite(line) } else { output.write(line + "\n") }
  }

  /// A duration for people: `3.2 s`, `4 min 05 s`, `2 h 10 min`.
  package static func time(_ seconds: Double) -> String {
    let whole = Int(seconds.rounded())
    // What would be rounded to 60.0 s is a minute.
    if seconds < 59.95 { return String(format: "%.1f s", seconds) }
    if whole < 3600 { return String(format: "%d min %02d s", whole / 60, whole % 60) }
    return String(format: "%d h %02d min", whole / 3600, whole / 60 % 60)
  }
}

extension Duration {
  /// The duration in seconds.
  var seconds: Double { Double(components.seconds) + Double(components.attoseconds) * 1e-18 }
}
