import Foundation
import TestSupport
import Testing

/// Commands in place of Slurm's, which note what they are called with and run nothing.
private struct StandIn {
  /// A tiny study and a folder `bin` with the commands.
  let folder: TemporaryFolder

  /// A cluster with arrays of at most `maximalArraySize` tasks, whose `sbatch` numbers jobs from 41 on.
  init(maximalArraySize: Int = 1001) throws {
    folder = try TinyStudy.folder()
    try FileManager.default.createDirectory(
      atPath: folder.path("bin"), withIntermediateDirectories: false)
    try write(
      "scontrol",
      "printf 'MaxArraySize            = %d\\nMaxJobCount             = 10000\\n' \(maximalArraySize)")
    try write(
      "sbatch",
      """
      echo "$@" >>"$CALLS"
      echo $((40 + $(wc -l <"$CALLS")))
      """)
  }

  func write(_ command: String, _ text: String) throws {
    try folder.writeProgram(text, to: "bin/\(command)")
  }

  func submit(_ options: String = "") async throws -> Program.Outcome {
    try await Program.run(
      "submit study.yaml --output shards \(options)", in: folder,
      environment: ["PATH": "\(folder.path("bin")):/usr/bin:/bin", "CALLS": folder.path("bin/calls")])
  }

  /// Arguments of each `sbatch`.
  func calls() throws -> [String] {
    guard folder.contains("bin/calls") else { return [] }
    return try folder.text("bin/calls").split(separator: "\n").map(String.init)
  }
}

@Suite("Submission to a cluster")
struct SubmitTests {
  @Test("an array is submitted, and a job that merges after it")
  func chained() async throws {
    let cluster = try StandIn()
    let outcome = try await cluster.submit("--json")
    #expect(outcome.status == 0, "\(outcome.errors)")
    let answer = try outcome.members()
    #expect(answer["tasks"] as? Int == TinyStudy.shards)
    #expect(answer["array_job"] as? String == "41")
    #expect(answer["merge_job"] as? String == "42")
    let shards = cluster.folder.path("shards")
    #expect(answer["merged"] as? String == "\(shards)/dataset.h5")
    #expect(
      try cluster.calls() == [
        "--parsable \(shards)/generate.sbatch",
        "--parsable --dependency=afterany:41 \(shards)/merge.sbatch",
      ])
    #expect(
      try cluster.folder.names(in: "shards") == ["generate.sbatch", "logs", "merge.sbatch", "study.yaml"])
    let script = try cluster.folder.text("shards/generate.sbatch")
    #expect(script.contains("#SBATCH --array=0-\(TinyStudy.shards - 1)\n"))
    #expect(script.contains("/brunel-lfp' \"$@\" &\n"))
  }

  @Test("the scripts, run one after another, make the data set that one process makes")
  func scriptsWork() async throws {
    let cluster = try StandIn()
    let settings = "--set network.delay_ms=2 --set sampling.parameters.eta=[1.5,2]"
    #expect(try await cluster.submit("--tasks 2 --merged dataset.h5 --seed 5 \(settings)").status == 0)
    for script in ["generate", "merge"] {
      for task in 0..<(script == "merge" ? 1 : 2) {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/bin/bash")
        process.arguments = [cluster.folder.path("shards/\(script).sbatch")]
        process.environment = ["SLURM_ARRAY_TASK_ID": "\(task)", "SLURM_CPUS_PER_TASK": "2"]
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        try process.run()
        process.waitUntilExit()
        #expect(process.terminationStatus == 0)
        let state = try await Program.run("status shards --json", in: cluster.folder).members()
        let isHalf = script == "generate" && task == 0
        #expect(state["finished_shards"] as? Int == (isHalf ? TinyStudy.shards / 2 : TinyStudy.shards))
      }
    }
    for command in [
      "generate study.yaml --output local --seed 5 \(settings)", "merge local --output local.h5",
    ] {
      #expect(try await Program.run(command, in: cluster.folder).status == 0)
    }
    #expect(try cluster.folder.bytes("dataset.h5") == cluster.folder.bytes("local.h5"))
  }

  @Test("submitting again is allowed until the merged file is there")
  func twice() async throws {
    let cluster = try StandIn()
    #expect(try await cluster.submit().status == 0)
    #expect(try await cluster.submit("--json").members()["merge_job"] as? String == "44")
    try cluster.folder.write("", to: "shards/dataset.h5")
    let refused = try await cluster.submit()
    #expect(refused.status == 73)
    #expect(refused.errorLines.count == 1)
    #expect(refused.errors.contains("/shards/dataset.h5: exists already"))
    #expect(try cluster.calls().count == 4)
  }

  @Test(
    "there are no more tasks than shards, nor than the cluster takes in an array",
    arguments: [
      (1001, "", 6), (1001, "--tasks 4", 4), (1001, "--tasks 100", 6), (5, "--tasks 100", 5), (1, "", 1),
    ])
  func numberOfTasks(maximalArraySize: Int, options: String, tasks: Int) async throws {
    let cluster = try StandIn(maximalArraySize: maximalArraySize)
    #expect(try await cluster.submit("--json \(options)").members()["tasks"] as? Int == tasks)
    let script = try cluster.folder.text("shards/generate.sbatch")
    #expect(script.contains("#SBATCH --array=0-\(tasks - 1)\n"))
    #expect(script.contains("--task \"$SLURM_ARRAY_TASK_ID/\(tasks)\"\n"))
  }

  @Test("options reach both scripts")
  func options() async throws {
    let cluster = try StandIn()
    let outcome = try await cluster.submit(
      "--workers 3 --time 2:00:00 --memory 8G --partition long --account lab --restarts 7 --seed 9"
        + " --set sampling.parameters.eta=[1,2] --set training.epochs=5")
    #expect(outcome.status == 0)
    for script in ["generate", "merge"] {
      let text = try cluster.folder.text("shards/\(script).sbatch")
      for option in [
        "cpus-per-task=3", "time=2:00:00", "mem=8G", "partition=long", "account=lab", "signal=B:USR1@120",
      ] {
        #expect(text.contains("#SBATCH --\(option)\n"))
      }
      #expect(text.contains("-lt 7 ]"))
      #expect(text.contains(" --seed 9 "))
      #expect(text.contains(" --set 'sampling.parameters.eta=[1,2]' --set 'training.epochs=5' "))
    }
  }

  @Test("a dry run prints the scripts that would be submitted, and does nothing")
  func dryRun() async throws {
    let cluster = try StandIn(maximalArraySize: 3)
    let before = try cluster.folder.snapshot()
    let printed = try await cluster.submit("--dry-run --partition long")
    let plan = try await cluster.submit("--dry-run --partition long --json").members()
    #expect(printed.status == 0)
    #expect(try cluster.folder.snapshot() == before)
    #expect(plan["tasks"] as? Int == 3)

    #expect(try await cluster.submit("--partition long").status == 0)
    for (key, name) in [("array_script", "generate.sbatch"), ("merge_script", "merge.sbatch")] {
      let script = try cluster.folder.text("shards/\(name)")
      #expect(printed.output.contains(script))
      #expect(plan[key] as? String == script)
    }
  }

  @Test("a dry run needs no Slurm")
  func dryRunWithoutSlurm() async throws {
    let folder = try TinyStudy.folder()
    let outcome = try await Program.run(
      "submit study.yaml --output shards --dry-run --json", in: folder, environment: ["PATH": "/nowhere"])
    #expect(try outcome.members()["tasks"] as? Int == TinyStudy.shards)
  }

  @Test("without Slurm nothing is written, and one line says why")
  func noSlurm() async throws {
    let folder = try TinyStudy.folder()
    let outcome = try await Program.run(
      "submit study.yaml --output shards", in: folder, environment: ["PATH": "/nowhere"])
    #expect(outcome.status == 69)
    #expect(outcome.errors == "brunel-lfp: sbatch: not found; submit needs the commands of Slurm\n")
    #expect(try folder.names() == ["study.yaml"])
  }

  @Test("nothing is submitted if something is wrong with the study, the folder or an option")
  func refused() async throws {
    let cluster = try StandIn()
    try cluster.folder.write(TinyStudy.configuration(samples: 8), to: "other.yaml")
    let other = try await Program.run(
      "generate other.yaml --output shards --samples 0..<4", in: cluster.folder)
    #expect(other.status == 0)
    try cluster.folder.write("", to: "file")
    for dryRun in ["", " --dry-run"] {
      for (options, status, problem) in [
        ("", 65, "holds the data of another configuration"),
        ("--output file", 73, "/file: exists already"),
        ("--output new --merged file", 73, "/file: exists already"),
        ("--output new --merged none/dataset.h5", 73, "/none/dataset.h5: cannot create"),
        ("--output new --tasks 0", 64, "--tasks: got 0, expected at least 1"),
        ("--output new --workers 0", 64, "--workers: got 0, expected 1 to 1024"),
        ("--output new --restarts -1", 64, "--restarts: got -1, expected at least 0"),
        ("--output new --set network.eta=0", 78, "--set network.eta: is out of range"),
        ("--output new --set network.eta", 64, "--set: got network.eta, expected key=value"),
        ("--output new\\folder", 64, "--output: has a line break or a backslash"),
        ("--output new --account a\nb", 64, "--account: has a line break or a backslash"),
      ] as [(String, Int32, String)] {
        let outcome = try await cluster.submit(options + dryRun)
        #expect(outcome.status == status)
        #expect(outcome.errorLines.count == 1)
        #expect(outcome.errors.contains(problem), "\(outcome.errors)")
      }
      #expect(try await cluster.submit("--output new --time soon" + dryRun).status == 64)
    }
    #expect(try cluster.calls().isEmpty)
    #expect(try cluster.folder.names() == ["bin", "file", "other.yaml", "shards", "study.yaml"])
  }

  @Test("what Slurm refuses is said in one line")
  func refusedBySlurm() async throws {
    let cluster = try StandIn(maximalArraySize: 0)
    let noArrays = try await cluster.submit()
    #expect(noArrays.status == 69)
    #expect(noArrays.errors.contains("MaxArraySize is 0"))

    try cluster.write("scontrol", "echo MaxArraySize = 1001")
    try cluster.write("sbatch", "echo 'sbatch: error: no such partition' >&2; exit 1")
    let outcome = try await cluster.submit()
    #expect(outcome.status == 69)
    #expect(outcome.errors == "brunel-lfp: sbatch: error: no such partition\n")

    try cluster.write("sbatch", "[ $# = 2 ] && echo '41;cluster' || { echo 'too many jobs' >&2; exit 1; }")
    let half = try await cluster.submit()
    #expect(half.status == 69)
    #expect(
      half.errors
        == "brunel-lfp: sbatch: too many jobs (the tasks were submitted as job 41; merge when they have ended)\n"
    )
  }
}
