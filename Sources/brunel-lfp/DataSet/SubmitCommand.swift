import Configuration
import ArgumentParser
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
      """)

  @Argument(help: "Configuration (YAML).") var config: String
  @Option(help: "Folder for the shards.") var output: String
  @Option(help: "File to merge into. (default: dataset.h5 in the folder)") var merged: String?
  @Option(help: "Tasks of the array. (default: one per shard, at most \(Submit.usualTasks))") var tasks: Int?
  @Option(help: "Cores of a task, and samples it simulates at the same time.") var workers = 1
  @Option(help: "Time limit of a task, as D-HH:MM:SS or another form of Slurm's.") var time: SlurmTimeLimit?
  @Option(help: "Memory of a task, as 4G.") var memory: String?
  @Option(help: "Partition.") var partition: String?
  @Option(help: "Account to charge.") var account: String?
  @Option(help: "Times that a task goes back into the queue.") var restarts = 10
  @Flag(help: "Print the scripts; write and submit nothing.") var dryRun = false
  @OptionGroup var common: CommonOptions

  func run() throws {
    try requirePositive(workers, "--workers")
    if let tasks { try requirePositive(tasks, "--tasks") }
    guard restarts >= 0 else {
      throw CommandLineProblem(description: "--restarts: got \(restarts), expected at least 0")
    }
    try requireSlurmCanTakeValues()
    let study = try readStudy(config, seed: common.seed)
    if dryRun {
      // Scripts can be looked at where there is no Slurm.
      let maximalArraySize = (try? SlurmClient().maximalArraySize()) ?? Submit.usualArraySize
      let submit = try submit(study, maximalArraySize)
      let plan = submit.plan
      try common.report(
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
      try common.report(
        summary,
        "\(output): job \(summary.arrayJob) with \(summary.tasks) tasks, then job \(summary.mergeJob) for"
          + " \(summary.merged); to take both back: scancel \(summary.arrayJob) \(summary.mergeJob)")
    }
  }

  private func submit(_ study: Study, _ maximalArraySize: Int) throws -> Submit {
    try Submit(
      study, configuration: config, seed: common.seed, output: output, merged: merged, tasks: tasks,
      maximalArraySize: maximalArraySize,
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
