import ArgumentParser
import Studies

struct VerifyCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "verify", abstract: "Check a data set: checksums, counts, ranges, repeatability.",
    discussion: "Example:\n  brunel-lfp verify data/quick/dataset.h5 --resimulate 10")

  @Argument(help: "Folder with shards, or merged data set (HDF5).") var path: String
  @Option(parsing: .unconditional, help: "Simulate this many samples again and compare bits.")
  var resimulate = 0
  @Option(parsing: .unconditional, help: "Samples simulated at the same time.") var workers = availableCores
  @OptionGroup var progress: ProgressOptions
  @OptionGroup var result: ResultOptions

  func run() throws {
    try requireThreads(workers, "--workers")
    try requireAtLeast(0, resimulate, "--resimulate")
    let summary = try Verify.run(
      path: path, resimulate: resimulate, workers: workers, isQuiet: progress.quiet)
    progress.note(summary.unchecked.map { "not checked: \($0)" })
    try result.report(
      summary,
      "\(path): \(summary.samples) samples, \(summary.missing) missing, \(summary.silent) silent,"
        + " \(summary.resimulated) simulated again")
    if !summary.problems.isEmpty { throw UnsoundDataset(problems: summary.problems) }
  }
}

/// What verification found wrong.
struct UnsoundDataset: Error, CustomStringConvertible {
  let problems: [String]
  var description: String { problems.joined(separator: "\n") }
}
