/// The two batch jobs that make a data set, as scripts for Slurm's `sbatch`.
///
/// An array of tasks simulates; each runs `generate --task I/N`. One more job, to be started when all tasks have ended in
/// whatever way, simulates what they left undone and merges the shards. All files are named by absolute paths.
package struct SlurmScripts: Sendable, Equatable {
  /// This program.
  package let program: String
  /// Configuration of the study.
  package let configuration: String
  /// Values `key=value` that replace those of the configuration.
  package let settings: [String]
  /// Seed that overrides the configuration's.
  package let seed: UInt64?
  /// Folder for the shards; it gets `logs`, too.
  package let folder: String
  /// The merged file.
  package let merged: String
  /// Number of tasks of the array.
  package let tasks: Int
  /// What each task asks for.
  package let resources: SlurmResources
  /// Times that a task that was stopped or killed goes back into the queue.
  package let restarts: Int

  /// Puts a submission together; all paths must be absolute.
  package init(
    program: String, configuration: String, settings: [String] = [], seed: UInt64?, folder: String,
    merged: String, tasks: Int, resources: SlurmResources, restarts: Int
  ) {
    self.program = program
    self.configuration = configuration
    self.settings = settings
    self.seed = seed
    self.folder = folder
    self.merged = merged
    self.tasks = tasks
    self.resources = resources
    self.restarts = restarts
  }

  /// Folder for what the jobs print.
  package var logs: String { folder + "/logs" }

  /// The array of tasks.
  package var generate: String {
    """
    #!/bin/bash
    # Simulates a data set in \(tasks) tasks. Written by brunel-lfp submit.
    \(directives([("job-name", "lfp-generate"), ("array", "0-\(tasks - 1)")], log: "generate-%A_%a.log"))

    job="${SLURM_ARRAY_JOB_ID}_$SLURM_ARRAY_TASK_ID"
    \(runFunction)

    run generate \(generateArguments) --task "$SLURM_ARRAY_TASK_ID/\(tasks)"

    """
  }

  /// The job after the array.
  package var merge: String {
    """
    #!/bin/bash
    # Simulates what tasks have left undone, and merges the shards. Written by brunel-lfp submit.
    \(directives([("job-name", "lfp-merge")], log: "merge-%j.log"))

    job="$SLURM_JOB_ID"
    merged=\(merged.shellQuoted)
    \(runFunction)

    # Merged files appear complete: an earlier run of this job, or another submission, has made it.
    if [ -e "$merged" ]; then
      echo "$merged: exists already"
      exit
    fi
    run generate \(generateArguments)
    run merge \(folder.shellQuoted) --output "$merged"

    """
  }

  private func directives(_ own: [(name: String, value: String?)], log: String) -> String {
    let common: [(name: String, value: String?)] = [
      // Slurm replaces % with what follows it, except for %%.
      ("output", logs.replacing("%", with: "%%") + "/" + log), ("open-mode", "append"), ("requeue", ""),
    ]
    return (own + common + resources.options).compactMap { name, value in
      value.map { $0.isEmpty ? "#SBATCH --\(name)" : "#SBATCH --\(name)=\($0.directiveQuoted)" }
    }.joined(separator: "\n")
  }

  private var generateArguments: String {
    configuration.shellQuoted + " --output " + folder.shellQuoted
      + settings.map { " --set " + $0.shellQuoted }.joined() + (seed.map { " --seed \($0)" } ?? "")
      + #" --workers "$SLURM_CPUS_PER_TASK""#
  }

  /// A shell function that runs the program with its arguments.
  private var runFunction: String {
    """

    # run ARGUMENT…: runs the program. If it is stopped or killed, the job goes back into the queue, where the next start
    # continues with what is missing.
    run() {
      local signalled=yes status
      trap 'signalled=yes; kill -TERM $!' USR1     # the time limit is near
      trap 'signalled=yes' TERM                    # from Slurm, which has told the program, too
      \(program.shellQuoted) "$@" &
      while [ "$signalled" ]; do
        signalled=
        wait $!
        status=$?
      done
      if [ $status = 0 ]; then return; fi
      # 64 to 78 are errors that another start would meet again.
      if [ $status -lt 64 ] || [ $status -gt 78 ]; then
        if [ "${SLURM_RESTART_COUNT:-0}" -lt \(restarts) ]; then
          echo "ended with status $status; back into the queue"
          scontrol requeue incomplete "$job"
        else
          echo "ended with status $status after \(restarts) restarts"
        fi
      fi
      exit $status
    }
    """
  }
}
