/// A variable in a MATLAB file.
struct MATVariable: Sendable, Equatable {
  /// What its elements are.
  enum Contents: Sendable, Equatable {
    /// Real numbers, all of them stored.
    case numbers(NumberFormat.Kind)
    /// Anything else, as it is called.
    case other(String)
  }

  /// Its name.
  let name: String
  /// Its size, as MATLAB shows it.
  let shape: [Int]
  /// What its elements are.
  let contents: Contents

  /// Why it is no matrix of real numbers; nil if it is one.
  var obstacle: String? {
    if case .other(let kind) = contents { return "is \(kind)" }
    return shape.count == 2 ? nil : "has \(shape.count) dimensions"
  }
}

/// A MATLAB file of some version, opened.
protocol MATContents {
  /// All variables, in the order of the file.
  var variables: [MATVariable] { get }
  /// A variable's potentials; the first sample is at 0 s.
  ///
  /// - Parameter variable: A matrix of numbers among ``variables``.
  /// - Throws: ``RecordingError``, `HDF5Error` or `FileError`.
  func series(
    of variable: MATVariable, _ orientation: Orientation, _ options: RecordingOptions
  ) throws -> RecordingSeries
}
