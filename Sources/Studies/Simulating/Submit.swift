import Configuration
import DurableFiles
import Foundation
import SimulationData
import Slurm

/// Hands the simulation of a data set to a cluster run by Slurm.
///
/// Nothing is submitted before the study, the folder and the merged file's place have been checked. A submission may be
/// repeated at any time: finished shards are not made again.
package struct Submit {
  /// What was submitted.
  package struct Summary: Sendable, Codable {
    /// Number of tasks.
    package let tasks: Int
    /// Job numbers of the array and of the job that merges.
    package let arrayJob, mergeJob: String
    /// The file that will hold the data set.
    package let merged: String

    enum CodingKeys: String, CodingKey {
      case tasks, merged
      case arrayJob = "array_job"
      case mergeJob = "merge_job"
    }
  }

  /// What would be submitted.
  package struct Plan: Sendable, Codable {
    /// Number of tasks.
    package let tasks: Int
    /// The scripts of the array and of the job that merges.
    package let arrayScript, mergeScript: String
    /// The file that would hold the data set.
    package let merged: String

    enum CodingKeys: String, CodingKey {
      case tasks, merged
      case arrayScript = "array_script"
      case mergeScript = "merge_script"
    }
  }

  /// Number of tasks where none is asked for, unless there are fewer shards.
  package static let usualTasks = 64
  /// Slurm's own default of `MaxArraySize`.
  package static let usualArraySize = 1001

  /// The batch scripts.
  package let scripts: SlurmScripts
  private let study: Study

  /// Checks a submission without writing anything.
  ///
  /// - Parameters:
  ///   - configuration: File that the study was read from.
  ///   - settings: Values `key=value` that replaced those of the file.
  ///   - seed: Seed that overrides the file's.
  ///   - output: Folder for the shards.
  ///   - merged: The merged file; `dataset.h5` in the folder if nil.
  ///   - tasks: Number of tasks wanted; there are no more than shards, nor than `maximalArraySize`.
  /// - Throws: ``FileError``, ``SlurmError``, or an error that names the difference if the folder belongs to another
  ///   study.
  package init(
    _ study: Study, configuration: String, settings: [String], seed: UInt64?, output: String, merged: String?,
    tasks: Int?, maximalArraySize: Int, resources: SlurmResources, restarts: Int
  ) throws {
    guard maximalArraySize > 0 else { throw SlurmError.noArrays }
    let folder = Self.absolute(output)
    let merged = Self.absolute(merged ?? output + "/dataset.h5")
    try Self.check(study, folder: folder, merged: merged)
    let shards = DatasetFolder(path: folder, StoredConfiguration(study.configuration)).shards
    self.study = study
    scripts = SlurmScripts(
      program: Bundle.main.executablePath ?? CommandLine.arguments[0],
      configuration: Self.absolute(configuration),
      settings: settings, seed: seed, folder: folder, merged: merged,
      tasks: min(tasks ?? Self.usualTasks, shards.count, maximalArraySize), resources: resources,
      restarts: restarts)
  }

  /// Where the scripts are written.
  package var files: (generate: String, merge: String) {
    (scripts.folder + "/generate.sbatch", scripts.folder + "/merge.sbatch")
  }

  /// What ``run(_:)`` would submit.
  package var plan: Plan {
    Plan(
      tasks: scripts.tasks, arrayScript: scripts.generate, mergeScript: scripts.merge, merged: scripts.merged)
  }

  /// Makes the folder, writes the scripts into it and submits them.
  package func run(_ slurm: SlurmClient) throws -> Summary {
    _ = try DatasetFolder(for: study, at: scripts.folder)
    try AtomicFile.createFolder(scripts.logs)
    try AtomicFile.write(scripts.generate, to: files.generate, replacing: true)
    try AtomicFile.write(scripts.merge, to: files.merge, replacing: true)
    let arrayJob = try slurm.submit(script: files.generate)
    do {
      let mergeJob = try slurm.submit(script: files.merge, after: arrayJob)
      return Summary(tasks: scripts.tasks, arrayJob: arrayJob, mergeJob: mergeJob, merged: scripts.merged)
    } catch {
      throw SlurmError.notChained(arrayJob: arrayJob, reason: "\(error)")
    }
  }

  private static func absolute(_ path: String) -> String {
    path.isEmpty ? path : URL(fileURLWithPath: path).standardizedFileURL.path
  }

  /// Throws if the folder belongs to another study, or a file is in the way.
  private static func check(_ study: Study, folder: String, merged: String) throws {
    var isFolder: ObjCBool = false
    let isThere = FileManager.default.fileExists(atPath: folder, isDirectory: &isFolder)
    if isThere, !isFolder.boolValue { throw FileError.exists(path: folder) }
    _ = try DatasetFolder(for: study, at: folder, isDryRun: true)
    if isThere || FilePath.folder(merged) != folder {
      try AtomicFile.requireCreatable(merged)
    }
  }
}
