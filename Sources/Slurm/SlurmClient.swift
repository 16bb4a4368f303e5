import DurableFiles
import Foundation
import Synchronization

/// Talks to Slurm through its commands.
package struct SlurmClient: Sendable {
  private let sbatch, scontrol: String

  /// Finds the commands in the folders of `searchPath`, which are separated by colons.
  ///
  /// - Throws: ``SlurmError/notInstalled(command:)``
  package init(searchPath: String = ProcessInfo.processInfo.environment["PATH"] ?? "") throws {
    func find(_ command: String) throws -> String {
      let folder = searchPath.split(separator: ":").first { access("\($0)/\(command)", X_OK) == 0 }
      guard let folder else { throw SlurmError.notInstalled(command: command) }
      return "\(folder)/\(command)"
    }
    sbatch = try find("sbatch")
    scontrol = try find("scontrol")
  }

  /// The cluster's `MaxArraySize`: the largest number of tasks in an array that is numbered from 0.
  package func maximalArraySize() throws -> Int {
    let configuration = try run(scontrol, ["show", "config"])
    let value = configuration.split(separator: "\n").map { $0.split(separator: "=", maxSplits: 1) }
      .first { $0.count == 2 && $0[0].trimmingCharacters(in: .whitespaces) == "MaxArraySize" }
    guard let value, let size = Int(value[1].trimmingCharacters(in: .whitespaces)) else {
      throw SlurmError.refused(command: "scontrol show config", reason: "it names no MaxArraySize")
    }
    return size
  }

  /// Submits a script, to start only after all tasks of job `dependency` have ended in whatever way; returns the job's
  /// number.
  package func submit(script: String, after dependency: String? = nil) throws -> String {
    let options = dependency.map { ["--dependency=afterany:\($0)"] } ?? []
    let answer = try run(sbatch, ["--parsable"] + options + [script])
    // In a federation the cluster's name follows.
    let job = answer.prefix { $0 != ";" && !$0.isNewline }
    guard Int(job) != nil else {
      throw SlurmError.refused(
        command: "sbatch", reason: "it answered \"\(answer)\" in place of a job's number")
    }
    return String(job)
  }

  /// Runs a command and returns what it prints.
  private func run(_ command: String, _ arguments: [String]) throws -> String {
    let process = Process()
    let (output, errors) = (Pipe(), Pipe())
    process.executableURL = URL(fileURLWithPath: command)
    process.arguments = arguments
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = output
    process.standardError = errors
    let name = FilePath.name(command)
    do {
      try process.run()
    } catch {
      throw SlurmError.refused(command: name, reason: "it does not start")
    }
    // Both at once: a command that finds one pipe full would wait for ever while the other is read to its end.
    let complaints = Mutex("")
    let reading = DispatchGroup()
    DispatchQueue.global().async(group: reading) {
      let text = Self.text(errors)
      complaints.withLock { $0 = text }
    }
    let text = Self.text(output)
    reading.wait()
    process.waitUntilExit()
    guard process.terminationStatus == 0 else {
      let complaints = complaints.withLock { $0 }
      let reason = complaints.split(separator: "\n").map { $0.trimmingPrefix("\(name): ") }.joined(
        separator: "; ")
      throw SlurmError.refused(
        command: name, reason: reason.isEmpty ? "exit status \(process.terminationStatus)" : reason)
    }
    return text
  }

  /// All that a pipe brings.
  private static func text(_ pipe: Pipe) -> String {
    String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
  }
}

/// What goes wrong between this program and Slurm.
package enum SlurmError: Error, Sendable, Equatable, CustomStringConvertible {
  /// A command of Slurm is not there.
  case notInstalled(command: String)
  /// A command of Slurm failed.
  case refused(command: String, reason: String)
  /// The cluster runs no job arrays.
  case noArrays
  /// The array was submitted, the job that merges was not.
  case notChained(arrayJob: String, reason: String)

  /// One line.
  package var description: String {
    switch self {
    case .notInstalled(let command): "\(command): not found; submit needs the commands of Slurm"
    case .refused(let command, let reason): "\(command): \(reason)"
    case .noArrays: "scontrol show config: MaxArraySize is 0, so that this cluster runs no job arrays"
    case .notChained(let arrayJob, let reason):
      "\(reason) (the tasks were submitted as job \(arrayJob); merge when they have ended)"
    }
  }
}
