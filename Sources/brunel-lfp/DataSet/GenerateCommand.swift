import ArgumentParser
import Studies

struct GenerateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "generate", abstract: "Simulate a data set in shards; run again to continue.",
    discussion: "Example:\n  brunel-lfp generate configs/quick.yaml --output data/quick/shards")

  @Argument(help: "Configuration (YAML).") var config: String
  @Option(help: "Folder for the shards.") var output: String
  @Option(parsing: .unconditional, help: "Samples simulated at the same time.") var workers = availableCores
  @Option(parsing: .unconditional, help: "Only shards with any of these samples, as A..<B with A from 0.")
  var samples: SampleRange?
  @Option(parsing: .unconditional, help: "Only part I of N of the shards, as I/N with I from 0.")
  var task: TaskNumber?
  @Flag(help: "Only say how long it would take, and how much disk and memory.") var dryRun = false
  @OptionGroup var options: StudyOptions
  @OptionGroup var progress: ProgressOptions
  @OptionGroup var result: ResultOptions

  func run() throws {
    try requireThreads(workers, "--workers")
    let selection: Generate.Selection
    switch (samples, task) {
    case (nil, nil): selection = .all
    case (let range?, nil): selection = .samples(range.value)
    case (nil, let task?): selection = .task(index: task.index, count: task.count)
    case (_?, _?): throw CommandLineProblem(description: "--samples and --task exclude each other")
    }
    let study = try options.study(config)
    let count = study.configuration.sampling.samples
    if let range = samples?.value, range.lowerBound >= count {
      throw CommandLineProblem(description: "--samples: got \(range), expected some of 0..<\(count)")
    }
    let generate = try Generate(
      study, output: output, selection: selection, workers: workers, isDryRun: dryRun,
      isQuiet: progress.quiet)
    if dryRun {
      let (forecast, text) = try generate.forecast()
      return try result.report(forecast, "\(output): \(text)")
    }
    let summary = try generate.run()
    try result.report(
      summary,
      "\(output): \(summary.samples) samples, \(summary.simulated) simulated now in \(summary.newShards) shards"
    )
  }
}
