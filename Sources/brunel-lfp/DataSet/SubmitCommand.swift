import ArgumentParser
import Configuration
import Foundation
import Slurm
import Studies

struct SubmitCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "submit", abstract: "Hand generate and merge to a cluster run by Slurm.",
    discussion: """
      An array of tasks simulates, one more job merges when all tasks have ended. Tasks that are stopped or killed go \
      back into the queue; the merging job simulates what is still missing. Submitting again continues. Further options \
      of sbatch can be given by its environment variables, such as SBATCH_QOS.

      Example:
        brunel-lfp submit configs/paper-full.yaml --output /shared/paper/shards \\
          --workers 4 --time 4:00:00 --memory 4G
      """)

  @Argument(help: "Configuration (YAML).") var config: String
  @Option(help: "Folder for the shards.") var output: String
  @Option(help: "File to write (HDF5): the merged data set. (default: dataset.h5 in the folder)") var merged:
    String?
  @Option(
    parsing: .unconditional,
    help: "Tasks of the array. (default: one per shard, at most \(Submit.usualTasks))")
  var tasks: Int?
  @Option(parsing: .unconditional, help: "Cores of a task, and samples it simulates at the same time.")
  var workers = 1
  @Option(
    parsing: .unconditional, help: "Time limit of a task, as D-HH:MM:SS or another form of Slurm's.")
  var time: SlurmTimeLimit?
  @Option(help: "Memory of a task, as 4G.") var memory: String?
  @Option(help: "Partition.") var partition: String?
  @Option(help: "Account to charge.") var account: String?
  @Option(parsing: .unconditional, help: "Times that a task goes back into the queue.") var restarts = 10
  @Flag(help: "Print the scripts; write and submit nothing.") var dryRun = false
  @OptionGroup var options: StudyOptions
  @OptionGroup var result: ResultOptions

  func run() throws {
    try requireThreads(workers, "--workers")
    if let tasks { try requireAtLeast(1, tasks, "--tasks") }
    try requireAtLeast(0, restarts, "--restarts")
    try requireSlurmCanTakeValues()
    let study = try options.study(config)
    if dryRun {
      // Scripts can be looked at where there is no Slurm.
      let maximalArraySize = (try? SlurmClient().maximalArraySize()) ?? Submit.usualArraySize
      let submit = try submit(study, maximalArraySize)
      let plan = submit.plan
      try result.report(
        plan,
        """
        # \(submit.files.generate)
        \(plan.arrayScript)
        # \(submit.files.merge), submitted with --dependency=afterany:JOB
        \(plan.mergeScript)
        """)
    } else {
      let slurm = try SlurmClient()
      let summary = try submit(study, try slurm.maximalArraySize()).run(slurm)
      try result.report(
        summary,
        "\(output): job \(summary.arrayJob) with \(summary.tasks) tasks, then job \(summary.mergeJob) for"
          + " \(summary.merged); to take both back: scancel \(summary.arrayJob) \(summary.mergeJob)")
    }
  }

  private func submit(_ study: Study, _ maximalArraySize: Int) throws -> Submit {
    try Submit(
      study, configuration: config, settings: options.settings.settings, seed: options.seed, output: output,
      merged: merged, tasks: tasks, maximalArraySize: maximalArraySize,
      resources: SlurmResources(
        partition: partition, account: account, timeLimit: time, memory: memory, cores: workers),
      restarts: restarts)
  }

  /// Slurm reads these from lines of the scripts, and puts no job numbers into names with backslashes.
  private func requireSlurmCanTakeValues() throws {
    let path = URL(fileURLWithPath: output).path
    let values = [
      ("--output", path), ("--memory", memory), ("--partition", partition), ("--account", account),
    ]
    for case (let option, let value?) in values where value.contains(where: { $0.isNewline || $0 == "\\" }) {
      throw CommandLineProblem(
        description: "\(option): has a line break or a backslash, which Slurm cannot take")
    }
  }
}

extension SlurmTimeLimit: ExpressibleByArgument {
  /// Reads the limit from the command line.
  public init?(argument: String) { self.init(argument) }
}
