import ParameterSampling
import SimulationData

/// The samples of some parts of a data set that can be trained on or tested on, part after part.
package struct SelectedSamples {
  let contents: DatasetContents
  /// Nil for all parts together.
  let parts: [DatasetSplit?]
  let targetBox: ParameterBox
  /// Samples beyond as many are left out.
  package var limit = Int.max
  /// Samples that are left out, by their index; nil for none.
  package var leftOut: (@Sendable (UInt64) -> Bool)?
  /// The frequencies that are kept, by their places among those of the data set; nil for all.
  package var frequencies: [Int]?

  /// All samples of the parts.
  package init(_ contents: DatasetContents, parts: [DatasetSplit?], targetBox: ParameterBox) {
    self.contents = contents
    self.parts = parts
    self.targetBox = targetBox
  }

  /// Calls `body` with the samples, block by block; blocks may be empty.
  ///
  /// - Throws: `HDF5Error`, ``DatasetError``, `EstimatorError`, or what `body` throws.
  package func forEachBlock(_ body: (TrainingSamples) throws -> Void) throws {
    var rest = limit
    for part in parts {
      try contents.forEachBlock { rows in
        if rest == 0 { return }
        var block = try TrainingSamples(
          rows, split: part, leavingOut: leftOut, description: contents.description, targetBox: targetBox,
          file: contents.path)
        block.keepFirst(min(rest, block.count))
        if let frequencies {
          block.keep(frequencies, ofFrequencies: contents.description.frequencies.count)
        }
        rest -= block.count
        try body(block)
      }
    }
  }

  /// All samples together, with their spectra or without.
  package func collected(spectra: Bool) throws -> TrainingSamples {
    var all = TrainingSamples()
    try forEachBlock { all.append(spectra ? $0 : $0.withoutSpectra) }
    return all
  }
}
