/// What each job asks of a cluster.
package struct SlurmResources: Sendable, Equatable {
  /// Partition, or the cluster's default.
  package var partition: String?
  /// Account to charge, or the user's default.
  package var account: String?
  /// Longest time that a task may run at a stretch, or the partition's.
  package var timeLimit: SlurmTimeLimit?
  /// Memory of a task, as `sbatch --mem` takes it, or the cluster's default.
  package var memory: String?
  /// Cores of a task, which are also the samples simulated at the same time.
  package var cores: Int

  /// Resources with the cluster's defaults where nothing is given.
  package init(
    partition: String? = nil, account: String? = nil, timeLimit: SlurmTimeLimit? = nil, memory: String? = nil,
    cores: Int = 1
  ) {
    self.partition = partition
    self.account = account
    self.timeLimit = timeLimit
    self.memory = memory
    self.cores = cores
  }

  /// Seconds before the time limit at which a task is asked to stop: enough for the samples in work, but not most of a
  /// short limit.
  private var stopsBefore: Int { min(120, (timeLimit?.seconds ?? .max) / 4) }

  /// Options of `sbatch`.
  var options: [(name: String, value: String?)] {
    [
      ("nodes", "1"), ("ntasks", "1"), ("cpus-per-task", "\(cores)"), ("mem", memory),
      ("time", timeLimit?.text), ("signal", "B:USR1@\(stopsBefore)"), ("partition", partition),
      ("account", account),
    ]
  }
}

/// A time limit as Slurm takes it: `minutes`, `minutes:seconds`, `hours:minutes:seconds`, `days-hours`,
/// `days-hours:minutes` or `days-hours:minutes:seconds`.
package struct SlurmTimeLimit: Sendable, Equatable {
  /// As written.
  package let text: String
  /// The limit in seconds.
  package let seconds: Int

  /// Reads a limit; nil unless it has one of the forms and is longer than nothing.
  package init?(_ text: String) {
    let parts = text.split(separator: "-", maxSplits: 1, omittingEmptySubsequences: false)
    let days = parts.count == 2 ? Self.number(parts[0]) : 0
    let fields = parts.last!.split(separator: ":", omittingEmptySubsequences: false).map(Self.number)
    guard let days, let units = fields as? [Int], units.count <= 3 else { return nil }
    // After days the first field is hours; otherwise it is so only in front of two others.
    let factors = parts.count == 2 || units.count == 3 ? [3600, 60, 1] : [60, 1]
    seconds = zip(units, factors).reduce(days * 86_400) { $0 + $1.0 * $1.1 }
    guard seconds > 0 else { return nil }
    self.text = text
  }

  private static func number(_ digits: Substring) -> Int? {
    digits.count <= 6 && digits.allSatisfy { ("0"..."9").contains($0) } ? Int(digits) : nil
  }
}
