import Foundation

/// Names of files that are being written: `NAME.tmp-MACHINE-PROCESS-RANDOM`.
///
/// They say who writes, so that what a killed process leaves behind can be told from what a running one works on.
/// `MACHINE` is ``ProcessTable/identity``, or `unknown`.
package enum TemporaryName {
  private static let mark = ".tmp-"

  /// A new name beside `path`.
  package static func beside(_ path: String) -> String {
    String(
      format: "%@%@%@-%d-%08x", path, mark, ProcessTable.identity ?? "unknown", getpid(),
      UInt32.random(in: 0 ... .max))
  }

  /// Removes from a folder what processes of this machine that have ended left behind. Everything else stays: files
  /// of running processes, of other machines, and of people.
  package static func removeAbandoned(in folder: String) {
    guard let machine = ProcessTable.identity else { return }
    for name in (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? [] {
      guard let range = name.range(of: mark, options: .backwards) else { continue }
      let parts = name[range.upperBound...].split(separator: "-", omittingEmptySubsequences: false)
      guard parts.count == 3, parts[0] == machine, let process = pid_t(parts[1]), process > 0,
        parts[2].count == 8, !ProcessTable.contains(process)
      else { continue }
      unlink(folder + "/" + name)
    }
  }
}
