import ArgumentParser
import Studies

struct MergeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "merge", abstract: "Join the shards of a folder into one file.",
    discussion: "Example:\n  brunel-lfp merge data/quick/shards --output data/quick/dataset.h5")

  @Argument(help: "Folder with shards.") var folder: String
  @Option(help: "File to write (HDF5).") var output: String
  @Flag(help: "Merge what is there if samples are missing.") var partial = false
  @OptionGroup var progress: ProgressOptions
  @OptionGroup var result: ResultOptions

  func run() throws {
    let summary = try Merge.run(
      folder: folder, output: output, allowsMissing: partial, isQuiet: progress.quiet)
    try result.report(summary, "\(output): \(summary.samples) samples, \(summary.missing) missing")
  }
}
