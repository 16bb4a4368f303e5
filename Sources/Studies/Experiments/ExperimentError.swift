/// Why variants cannot be compared.
package enum ExperimentError: Error, Sendable, Equatable, CustomStringConvertible {
  /// Samples would be tested on that were trained on.
  case testedOnTraining(variant: String, part: String, file: String)
  /// The file of a model is there, of another training.
  case otherModel(file: String, variant: String)
  /// A curve needs the same test samples and parameters everywhere.
  case noCurve(variant: String, reference: String)
  /// Simulations are too short to be analysed so long, or would be too short for spectra; durations in ms.
  case impossibleDuration(file: String, actual: Int, shortest: Int, longest: Int)

  /// One line with what was found and expected.
  package var description: String {
    switch self {
    case .testedOnTraining(let variant, let part, let file):
      "\(file): its \(part) samples include some that variant \(variant) is trained on"
    case .otherModel(let file, let variant):
      "\(file): is another model than variant \(variant) needs; remove it or choose another folder"
    case .noCurve(let variant, let reference):
      "a curve needs equal test samples and parameters everywhere, those of \(variant) and \(reference) differ"
    case .impossibleDuration(let file, let actual, let shortest, let longest):
      "\(file): duration_ms is \(actual), its simulations allow \(shortest) to \(longest)"
    }
  }
}
