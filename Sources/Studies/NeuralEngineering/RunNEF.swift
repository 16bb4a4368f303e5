import DurableFiles
import Figures
import NeuralEngineering

/// Simulates two populations of the Neural Engineering Framework, of which one computes a function of what the other represents.
package struct RunNEF {
  /// Where to write what; nil where it is not wanted.
  package struct Outputs: Sendable {
    /// The signals over time (CSV), or all of the network (HDF5).
    package var run: (path: String, format: FileFormat)?
    /// Tuning curves and signals (SVG).
    package var figure: String?

    /// The paths given.
    package init(run: (path: String, format: FileFormat)?, figure: String?) {
      (self.run, self.figure) = (run, figure)
    }
  }

  /// The network.
  let network: NEFNetwork
  /// What it gets, of the time t in s.
  let input: Formula
  /// What it does.
  let result: NEFRun

  /// Makes the network, lets it run, and writes what is wanted; throws before any work if an output exists.
  ///
  /// - Throws: `ParameterError`, `ValueError`, `DecoderError`, `FileError`, `HDF5Error`.
  package static func run(
    _ parameters: NEFParameters, function: Formula, input: Formula, outputs: Outputs
  ) throws -> Summary {
    for path in [outputs.run?.path, outputs.figure].compactMap({ $0 }) {
      try AtomicFile.requireCreatable(path)
    }
    let start = ContinuousClock.now
    let network = try NEFNetwork(parameters, function: function)
    let built = ContinuousClock.now
    let result = try network.run(input: input, keepsSpikes: outputs.run?.format == .h5)
    let end = ContinuousClock.now
    let run = RunNEF(network: network, input: input, result: result)
    if let (path, format) = outputs.run { try run.write(to: path, as: format) }
    if let figure = outputs.figure { try AtomicFile.write(run.figure.svg, to: figure) }
    return Summary(
      network, input, result, buildSeconds: (built - start).seconds, simulateSeconds: (end - built).seconds)
  }
}
