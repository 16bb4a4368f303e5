import Foundation
import SimulationData

/// Says how far a data-set folder is.
package struct Status: Sendable, Codable {
  /// Samples of the study.
  package let samples: Int
  /// Samples in finished shards.
  package let done: Int
  /// Samples that running processes have to do or have done since without storing them yet.
  package let running: Int
  /// Samples that nobody has stored or works on.
  package let missing: Int
  /// Samples among those done that fired no spike after the transient.
  package let silent: Int
  /// Shards that are stored.
  package let finishedShards: Int
  /// Shards that are not, or that differ from their checksum.
  package let missingShards: Int
  /// Processes at work.
  package let processes: Int
  /// Samples that these simulate per second, together.
  package let samplesPerSecond: Double
  /// Seconds until running processes are done; nil if none is running, or has said its rate yet.
  package let secondsLeft: Double?

  enum CodingKeys: String, CodingKey {
    case samples, done, running, missing, silent
    case finishedShards = "finished_shards"
    case missingShards = "missing_shards"
    case processes
    case samplesPerSecond = "samples_per_s"
    case secondsLeft = "seconds_left"
  }

  /// Looks into a folder.
  package init(folder path: String) throws {
    let folder = try DatasetFolder(at: path)
    var (done, silent, finished) = (0, 0, 0)
    for shard in folder.shards {
      guard case .sound(let reader) = try folder.open(shard) else { continue }
      let rows = try reader.rows(spectra: false)
      finished += 1
      done += shard.samples.count
      silent += (0..<rows.count).count { rows.isSilent($0) }
    }
    samples = folder.samples
    (self.done, self.silent) = (done, silent)
    finishedShards = finished
    missingShards = folder.shards.count - finished
    let running = RunningProcess.all(in: path)
    processes = running.count
    // Tasks that were started twice share samples.
    self.running = min(samples - done, running.reduce(0) { $0 + $1.samples - $1.stored })
    missing = samples - done - self.running
    samplesPerSecond = running.reduce(0) { $0 + $1.samplesPerSecond }
    secondsLeft = running.compactMap {
      $0.samplesPerSecond > 0 ? Double($0.samples - $0.simulated) / $0.samplesPerSecond : nil
    }.max()
  }

  /// For people, on one line.
  package var text: String {
    var text = "\(done) of \(samples) samples in \(finishedShards) shards, \(silent) silent"
    if running > 0 {
      text += String(format: ", %d running at %.3g/s by %d process", running, samplesPerSecond, processes)
      text += processes == 1 ? "" : "es"
      if let secondsLeft { text += ", \(Progress.time(secondsLeft)) left" }
    }
    return text + ", \(missing) missing"
  }
}
