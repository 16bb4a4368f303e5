import ArgumentParser
import Foundation
import HDF5Storage
import Studies

struct GenerateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "generate", abstract: "Simulate a data set in shards; run again to continue.")

  @Argument(help: "Configuration (YAML).") var config: String
  @Option(help: "Folder for the shards.") var output: String
  @Option(help: "Samples simulated at the same time.") var workers = availableCores
  @Option(help: "Only shards with any of these samples, as A..<B.") var samples: SampleRange?
  @Option(help: "Only part I of N of the shards, as I/N with I from 0.") var task: TaskNumber?
  @Flag(help: "Only say how long it would take, and how much disk and memory.") var dryRun = false
  @OptionGroup var common: CommonOptions

  func run() throws {
    try requirePositive(workers, "--workers")
    let selection: Generate.Selection
    switch (samples, task) {
    case (nil, nil): selection = .all
    case (let range?, nil): selection = .samples(range.value)
    case (nil, let task?): selection = .task(index: task.index, count: task.count)
    case (_?, _?): throw CommandLineProblem(description: "--samples and --task exclude each other")
    }
    let study = try readStudy(config, seed: common.seed)
    let count = study.configuration.sampling.samples
    if let range = samples?.value, range.lowerBound >= count {
      throw CommandLineProblem(description: "--samples: got \(range), expected some of 0..<\(count)")
    }
    let generate = try Generate(
      study, output: output, selection: selection, workers: workers, isDryRun: dryRun, isQuiet: common.quiet)
    if dryRun {
      let (forecast, text) = try generate.forecast()
      return try common.report(forecast, "\(output): \(text)")
    }
    let summary = try generate.run()
    try common.report(
      summary,
      "\(output): \(summary.samples) samples, \(summary.simulated) simulated now in \(summary.newShards) shards"
    )
  }
}

struct StatusCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "status", abstract: "Say how far a data-set folder is.")

  @Argument(help: "Folder with shards.") var folder: String
  @OptionGroup var common: CommonOptions

  func run() throws {
    let status = try Status(folder: folder)
    try common.report(status, "\(folder): \(status.text)")
  }
}

struct MergeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "merge", abstract: "Join the shards of a folder into one HDF5 file.")

  @Argument(help: "Folder with shards.") var folder: String
  @Option(help: "File to write.") var output: String
  @Flag(help: "Merge what is there if samples are missing.") var partial = false
  @OptionGroup var common: CommonOptions

  func run() throws {
    let summary = try Merge.run(folder: folder, output: output, allowsMissing: partial, isQuiet: common.quiet)
    try common.report(summary, "\(output): \(summary.samples) samples, \(summary.missing) missing")
  }
}

struct VerifyCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "verify", abstract: "Check a data set: checksums, counts, ranges, repeatability.")

  @Argument(help: "Folder with shards, or merged file.") var path: String
  @Option(help: "Simulate this many samples again and compare bits.") var resimulate = 0
  @Option(help: "Samples simulated at the same time.") var workers = availableCores
  @OptionGroup var common: CommonOptions

  func run() throws {
    try requirePositive(workers, "--workers")
    guard resimulate >= 0 else {
      throw CommandLineProblem(description: "--resimulate: got \(resimulate), expected at least 0")
    }
    let summary = try Verify.run(path: path, resimulate: resimulate, workers: workers, isQuiet: common.quiet)
    for note in summary.unchecked where !common.quiet {
      StandardError.write("brunel-lfp: note: not checked: \(note)\n")
    }
    try common.report(
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

/// A range of samples, `A..<B`.
struct SampleRange: ExpressibleByArgument {
  let value: Range<Int>

  init?(argument: String) {
    let ends = argument.components(separatedBy: "..<").map { Int($0) }
    guard ends.count == 2, let lower = ends[0], let upper = ends[1], lower >= 0, lower < upper else {
      return nil
    }
    value = lower..<upper
  }
}

/// Part `index` of `count`, `I/N`.
struct TaskNumber: ExpressibleByArgument {
  let index: Int
  let count: Int

  init?(argument: String) {
    let numbers = argument.split(separator: "/", omittingEmptySubsequences: false).map { Int($0) }
    guard numbers.count == 2, let index = numbers[0], let count = numbers[1], index >= 0, index < count else {
      return nil
    }
    self.index = index
    self.count = count
  }
}
