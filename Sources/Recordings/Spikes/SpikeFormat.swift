/// A format of files with spikes.
protocol SpikeFormat {
  /// What messages call it.
  static var name: String { get }
  /// Options with a meaning for it, beside those that all formats take.
  static var options: Set<SpikeOption> { get }
  /// Whether a file is of this format, by its contents.
  static func recognises(_ source: RecordingSource) -> Bool
  /// All spikes in a file that is of the format, with notes on what of it is left out.
  ///
  /// - Throws: ``RecordingError``, `HDF5Error` or `FileError`.
  static func lists(in source: RecordingSource, _ options: SpikeOptions) throws -> (
    [SpikeList], notes: [String]
  )
}

/// All formats of spikes.
enum SpikeFormats {
  /// In the order in which they are asked, as text has no signature.
  static var all: [any SpikeFormat.Type] { [SONATASpikeFile.self, NPYSpikeFile.self, TextSpikeFile.self] }

  /// The spikes in a file of any format.
  ///
  /// - Throws: ``RecordingError`` for files of no known format, and for options that mean nothing for the format;
  ///   `HDF5Error` or `FileError` for what cannot be read.
  static func lists(in path: String, _ options: SpikeOptions) throws -> ([SpikeList], notes: [String]) {
    let source = try RecordingSource(path)
    guard let format = all.first(where: { $0.recognises(source) }) else {
      throw RecordingError(
        file: path, "", "is of no known format of spikes: neither SONATA (HDF5), nor .npy, nor text")
    }
    if let option = options.given.subtracting(format.options).map(\.rawValue).min() {
      throw RecordingError(file: path, "", "is \(format.name), for which \(option) has no meaning")
    }
    return try format.lists(in: source, options)
  }
}

extension SpikeOptions {
  /// What times in a file are multiplied with to be in ms.
  ///
  /// - Parameter stored: The unit that the file names; nil if it names none.
  /// - Throws: ``RecordingError`` for a unit that is not one of time or contradicts the option, and where neither tells.
  func timeFactor(stored: String?, file: String, place: String) throws(RecordingError) -> Double {
    func problem(_ text: String) -> RecordingError { RecordingError(file: file, place, text) }
    let named = timeUnit.flatMap { PhysicalUnit.factor($0, .time) }
    guard let stored else {
      guard let named else { throw problem("tells no unit of its times, --time-unit has to (s or ms)") }
      return named
    }
    guard let factor = PhysicalUnit.factor(stored, .time) else {
      throw problem("has times in \"\(stored)\", expected \(PhysicalUnit.Quantity.time.examples)")
    }
    guard named == nil || named == factor else {
      throw problem("has times in \(stored), which contradicts --time-unit \(timeUnit ?? "")")
    }
    return factor
  }
}
