import Foundation
import SimulationData
import Synchronization

/// Keeps the file up to date by which a process says that it works in a data-set folder (``RunningProcess``).
package final class Presence: Sendable {
  private static let interval = Duration.seconds(5)

  private let folder: String
  private let start = ContinuousClock.now
  private let state: Mutex<(process: RunningProcess, renewed: ContinuousClock.Instant)>

  /// Begins work on `samples` samples.
  package init(in folder: String, samples: Int) {
    self.folder = folder
    state = Mutex((RunningProcess(samples: samples), start))
    RunningProcess.clean(folder)
    if samples > 0 { state.withLock { $0.process.write(in: folder) } }
  }

  /// One more sample is simulated; with it, `stored` samples are stored for good.
  package func advance(stored: Int) {
    state.withLock { state in
      state.process.simulated += 1
      state.process.stored += stored
      let now = ContinuousClock.now
      guard stored > 0 || now - state.renewed >= Self.interval else { return }
      state.renewed = now
      state.process.samplesPerSecond = Double(state.process.simulated) / (now - start).seconds
      state.process.write(in: folder)
    }
  }

  /// Work is done, or given up.
  package func end() { state.withLock { $0.process.remove(from: folder) } }
}
