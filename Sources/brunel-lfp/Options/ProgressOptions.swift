import ArgumentParser
import Studies

/// Options of commands that tell on standard error what they are doing.
struct ProgressOptions: ParsableArguments {
  @Flag(name: .shortAndLong, help: "No progress and no notes on standard error.")
  var quiet = false

  /// Tells what a user should know about a result.
  func note(_ notes: [String]) {
    if !quiet { for note in notes { StandardError.write("brunel-lfp: note: \(note)\n") } }
  }
}
