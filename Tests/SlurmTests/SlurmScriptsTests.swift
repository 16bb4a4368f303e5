import Foundation
import Slurm
import TestSupport
import Testing

@Suite("Scripts for Slurm")
struct SlurmScriptsTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  /// Scripts in which everything lies in the test's folder; `program` is a shell script.
  private func scripts(
    in name: String = "data", program: String = "", tasks: Int = 4, restarts: Int = 2,
    resources: SlurmResources = SlurmResources()
  ) throws -> SlurmScripts {
    try FileManager.default.createDirectory(
      atPath: folder.path(name), withIntermediateDirectories: true)
    try folder.writeProgram(program, to: "\(name)/brunel-lfp")
    return SlurmScripts(
      program: folder.path("\(name)/brunel-lfp"), configuration: folder.path("\(name)/study.yaml"), seed: nil,
      folder: folder.path("\(name)/shards"), merged: folder.path("\(name)/dataset.h5"), tasks: tasks,
      resources: resources, restarts: restarts)
  }

  /// The options in the `#SBATCH` lines of a script.
  private func options(_ script: String) -> [String] {
    script.split(separator: "\n").filter { $0.hasPrefix("#SBATCH ") }.map { String($0.dropFirst(8)) }
  }

  /// How a script ended as a batch job, and what its program and `scontrol` were called with.
  private struct Outcome {
    let status: Int32
    let calls: [String]
    let requeued: String?
  }

  /// Runs a script as Slurm would; `scontrol` notes what it is asked for.
  private func run(_ script: String, restart: Int? = nil) throws -> Outcome {
    try folder.writeProgram(#"printf '%s' "$*" >"$FOLDER/scontrol.arguments""#, to: "scontrol")
    try folder.write(script, to: "script")
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/bin/bash")
    process.arguments = [folder.path("script")]
    process.environment = [
      "PATH": "\(folder.path):/usr/bin:/bin", "FOLDER": folder.path, "SLURM_JOB_ID": "40",
      "SLURM_ARRAY_JOB_ID": "38", "SLURM_ARRAY_TASK_ID": "2", "SLURM_CPUS_PER_TASK": "3",
    ]
    if let restart { process.environment?["SLURM_RESTART_COUNT"] = "\(restart)" }
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    try withUnblockedSignals { try process.run() }
    process.waitUntilExit()
    let calls = (try? folder.text("calls")) ?? ""
    return Outcome(
      status: process.terminationStatus, calls: calls.split(separator: "\n").map(String.init),
      requeued: try? folder.text("scontrol.arguments"))
  }

  /// Has a program note its arguments, one word in brackets each.
  private static let noteCall = #"{ printf '[%s]' "$@"; echo; } >>"$FOLDER/calls""#

  @Test("tasks are numbered from 0, and each gets its part", arguments: [1, 4, 1001])
  func tasks(count: Int) throws {
    let script = try scripts(program: Self.noteCall, tasks: count).generate
    #expect(options(script).contains("--array=0-\(count - 1)"))
    let outcome = try run(script)
    #expect(outcome.status == 0)
    #expect(
      outcome.calls == [
        "[generate][\(folder.path)/data/study.yaml][--output][\(folder.path)/data/shards][--workers][3]"
          + "[--task][2/\(count)]"
      ])
    #expect(outcome.requeued == nil)
  }

  @Test("the last job simulates what is missing, then merges")
  func merge() throws {
    let script = try scripts(program: Self.noteCall).merge
    #expect(!options(script).contains { $0.hasPrefix("--array") })
    let outcome = try run(script)
    #expect(outcome.status == 0)
    #expect(
      outcome.calls == [
        "[generate][\(folder.path)/data/study.yaml][--output][\(folder.path)/data/shards][--workers][3]",
        "[merge][\(folder.path)/data/shards][--output][\(folder.path)/data/dataset.h5]",
      ])
  }

  @Test("nothing is left to do where the merged file is")
  func mergedAlready() throws {
    let script = try scripts(program: Self.noteCall).merge
    try folder.write("", to: "data/dataset.h5")
    let outcome = try run(script)
    #expect(outcome.status == 0)
    #expect(outcome.calls == [])
  }

  @Test("nothing is merged after a failure")
  func failureBeforeMerge() throws {
    let outcome = try run(try scripts(program: Self.noteCall + "; exit 74").merge)
    #expect(outcome.status == 74)
    #expect(outcome.calls.count == 1)
    #expect(outcome.requeued == nil)
  }

  @Test(
    "paths may contain anything but line breaks and backslashes",
    arguments: ["a b", "it's", #"a"b"#, "$HOME", "`id`", "100%j", "a#b", "ä;&|<>*?[x]!~"])
  func quoting(name: String) throws {
    let scripts = try scripts(in: name, program: Self.noteCall)
    for script in [scripts.generate, scripts.merge] {
      try? folder.remove("calls")
      let outcome = try run(script)
      #expect(outcome.status == 0)
      let prefix =
        "[generate][\(folder.path)/\(name)/study.yaml][--output][\(folder.path)/\(name)/shards][--workers]"
      #expect(outcome.calls.first?.hasPrefix(prefix) == true, "\(outcome.calls)")
    }
    let log = try #require(options(scripts.generate).first { $0.hasPrefix("--output=") })
    let shown = name.replacing("%", with: "%%").replacing("\"", with: #"\""#)
    #expect(log.contains("/\(shown)/shards/logs/generate-%A_%a.log"))
  }

  @Test("the options asked for are there, and no others")
  func resources() throws {
    let names = ["--mem", "--time", "--partition", "--account"]
    let plain = options(try scripts().generate)
    for name in names { #expect(!plain.contains { $0.hasPrefix(name) }) }
    #expect(plain.contains("--cpus-per-task=1"))
    #expect(plain.contains("--requeue"))
    #expect(plain.contains("--open-mode=append"))

    let asked = SlurmResources(
      partition: "long", account: "a b", timeLimit: SlurmTimeLimit("1-02:00"), memory: "4G", cores: 8)
    let scripts = try scripts(resources: asked)
    for script in [scripts.generate, scripts.merge] {
      let options = options(script)
      for option in [
        "--partition=long", #"--account="a b""#, "--time=1-02:00", "--mem=4G", "--cpus-per-task=8",
      ] {
        #expect(options.contains(option))
      }
    }
  }

  @Test(
    "a task is warned before its time is over, but not at its beginning",
    arguments: [(nil, 120), ("1-0", 120), ("8", 120), ("4", 60), ("1", 15)] as [(String?, Int)])
  func warning(limit: String?, seconds: Int) throws {
    let limit = limit.flatMap(SlurmTimeLimit.init)
    let scripts = try scripts(resources: SlurmResources(timeLimit: limit))
    #expect(options(scripts.generate).contains("--signal=B:USR1@\(seconds)"))
  }

  @Test("a task that was stopped or killed goes back into the queue", arguments: [1, 63, 79, 137, 139, 143])
  func requeued(status: Int32) throws {
    let scripts = try scripts(program: "exit \(status)")
    let task = try run(scripts.generate)
    #expect(task.status == status)
    #expect(task.requeued == "requeue incomplete 38_2")
    #expect(try run(scripts.generate, restart: 1).requeued == "requeue incomplete 38_2")
    let merge = try run(scripts.merge)
    #expect(merge.status == status)
    #expect(merge.requeued == "requeue incomplete 40")
  }

  @Test("a task is not started again for an error in the configuration, data or output", arguments: 64...78)
  func failed(status: Int) throws {
    let task = try run(try scripts(program: "exit \(status)").generate)
    #expect(Int(task.status) == status)
    #expect(task.requeued == nil)
  }

  @Test("restarts are limited")
  func restarts() throws {
    let task = try run(try scripts(program: "exit 137", restarts: 2).generate, restart: 2)
    #expect(task.status == 137)
    #expect(task.requeued == nil)
  }

  @Test("the warning before the time limit stops the program, and the task waits for its end")
  func stopped() throws {
    // The program has the batch script signalled, and ends only some time after it was asked to.
    let program = """
      trap 'sleep 0.1; echo stopped >>"$FOLDER/calls"; exit 143' TERM
      kill -USR1 $PPID
      for _ in {1..1000}; do sleep 0.01; done
      """
    let task = try run(try scripts(program: program).generate)
    #expect(task.calls == ["stopped"])
    #expect(task.status == 143)
    #expect(task.requeued == "requeue incomplete 38_2")
  }

  @Test("Slurm's end of a job, which reaches all processes, is not repeated for the program")
  func ended() throws {
    let program = """
      trap 'echo asked >>"$FOLDER/calls"' TERM
      kill -TERM $PPID
      sleep 0.1
      """
    let task = try run(try scripts(program: program).generate)
    #expect(task.status == 0)
    #expect(task.calls == [])
  }
}

@Suite("Time limits of Slurm")
struct SlurmTimeLimitTests {
  @Test(
    "all forms are understood",
    arguments: [
      ("90", 5400), ("90:30", 5430), ("1:02:03", 3723), ("2-3", 183_600), ("2-3:04", 183_840),
      ("2-03:04:05", 183_845), ("0:01", 1), ("001", 60),
    ])
  func forms(text: String, seconds: Int) {
    #expect(SlurmTimeLimit(text)?.seconds == seconds)
    #expect(SlurmTimeLimit(text)?.text == text)
  }

  @Test(
    "other text is refused",
    arguments: [
      "", "0", "0:00", "-1", "1-", "-", "1h", "1:2:3:4", "1-2:3:4:5", "1::2", "1:", " 1", "1.5", "+5",
      "1-2-3", "٣",
      "99999999999999999999",
    ])
  func refused(text: String) { #expect(SlurmTimeLimit(text) == nil) }
}
