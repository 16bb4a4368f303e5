import Foundation

/// The processes of the running system, as seen from this one.
package enum ProcessTable {
  /// 12 hexadecimal digits that name the running system and its table of processes; nil where the system does not tell.
  ///
  /// The number of a process means nothing without it: after a restart, on another computer, or in another container
  /// that has the same host name, the same number belongs to another process.
  package static let identity: String? = {
    guard let boot = try? String(contentsOfFile: "/proc/sys/kernel/random/boot_id", encoding: .utf8),
      let processes = try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/ns/pid")
    else { return nil }
    return String(SHA256.hash(boot + processes).prefix(12))
  }()

  /// Whether a process is running here, whoever it belongs to.
  package static func contains(_ process: pid_t) -> Bool {
    process > 0 && (kill(process, 0) == 0 || errno != ESRCH)
  }
}
