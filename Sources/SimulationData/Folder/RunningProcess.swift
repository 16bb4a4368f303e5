import DurableFiles
import Foundation

/// What a process that works in a data-set folder says about itself, for `status`.
///
/// It lies in the folder as `running-MACHINE-PID.json`, is renewed while work goes on and removed at its end. It has no
/// influence on results; what a killed process leaves behind is recognised by its process being gone, or, if that was
/// another machine's, by its age.
package struct RunningProcess: Codable, Equatable {
  /// Seconds after which a process that said nothing counts as gone.
  private static let patience = 600.0
  private static let prefix = "running-"

  /// Name of the computer, for people.
  package let host: String
  /// Names the table of processes (``ProcessTable/identity``) in which `process` is a number; nil where the system does
  /// not tell, and in older files.
  package let machine: String?
  package let process: Int32
  /// Samples that the process is to simulate, and that it has.
  package let samples: Int
  package var simulated = 0
  /// Samples stored for good among those simulated.
  package var stored = 0
  package var samplesPerSecond = 0.0

  /// This process.
  package init(samples: Int) {
    host = ProcessInfo.processInfo.hostName
    machine = ProcessTable.identity
    process = getpid()
    self.samples = samples
  }

  private var name: String {
    let host = host.map { $0.isLetter || $0.isNumber || $0 == "-" || $0 == "." ? $0 : "_" }
    return "\(Self.prefix)\(machine ?? String(host))-\(process).json"
  }

  /// Writes or renews the file; failing to do so must not stop the work.
  package func write(in folder: String) {
    guard let text = try? JSONEncoder().encode(self) else { return }
    try? AtomicFile.write(
      String(decoding: text, as: UTF8.self) + "\n", to: folder + "/" + name, replacing: true)
  }

  /// Removes the file.
  package func remove(from folder: String) { unlink(folder + "/" + name) }

  /// The processes at work in a folder.
  package static func all(in folder: String) -> [RunningProcess] {
    files(in: folder).compactMap { $0.isAlive ? $0.process : nil }
  }

  /// Removes what processes of this computer that are gone left behind.
  package static func clean(_ folder: String) {
    let host = ProcessInfo.processInfo.hostName
    for file in files(in: folder) where file.process.host == host && !file.isAlive { unlink(file.path) }
  }

  private static func files(in folder: String) -> [(path: String, process: RunningProcess, isAlive: Bool)] {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    return names.sorted().filter { $0.hasPrefix(prefix) && $0.hasSuffix(".json") }.compactMap { name in
      let path = folder + "/" + name
      guard let data = FileManager.default.contents(atPath: path),
        let process = try? JSONDecoder().decode(RunningProcess.self, from: data)
      else { return nil }
      return (path, process, process.isAlive(file: path))
    }
  }

  private func isAlive(file: String) -> Bool {
    if let machine, machine == ProcessTable.identity { return ProcessTable.contains(process) }
    let attributes = try? FileManager.default.attributesOfItem(atPath: file)
    guard let written = attributes?[.modificationDate] as? Date else { return false }
    return abs(written.timeIntervalSinceNow) < Self.patience
  }
}
