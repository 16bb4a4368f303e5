import FieldPotential

/// A format of files with recordings.
public protocol RecordingFormat {
  /// What messages call it.
  static var name: String { get }
  /// Options with a meaning for it, beside those that all formats take.
  static var options: Set<RecordingOption> { get }
  /// Whether a file is of this format, by its contents, or by options that say so.
  static func recognises(_ source: RecordingSource, options: RecordingOptions) throws -> Bool
  /// Opens a file that is of the format.
  ///
  /// - Throws: ``RecordingError``, `HDF5Error` or `FileError`.
  init(_ source: RecordingSource) throws
  /// What the file says of its potentials, with what the options add.
  ///
  /// - Parameter known: The contacts that are expected: they tell which side of a matrix are the channels, and where
  ///   contacts lie of which a file of this package has depths alone.
  /// - Throws: ``RecordingError``, `HDF5Error` or `FileError`; also for an option that the file contradicts.
  func series(_ options: RecordingOptions, expecting known: [Contact]) throws -> RecordingSeries
}

/// All formats.
public enum RecordingFormats {
  /// In the order in which they are asked: an HDF5 file that is of no other format counts as one of this package, and text
  /// has no signature.
  static var all: [any RecordingFormat.Type] {
    [NWBFile.self, MATFile.self, BrunelFile.self, NPYFile.self, RawFile.self, DelimitedTextFile.self]
  }

  /// Opens a file in the format that it has.
  ///
  /// - Parameter isTrusted: Whether the file has been compared with a checksum.
  /// - Throws: ``RecordingError`` for files of no known format, and for options that mean nothing for the format;
  ///   `HDF5Error` or `FileError` for what cannot be read.
  public static func open(
    _ path: String, options: RecordingOptions, isTrusted: Bool = false
  ) throws -> any RecordingFormat {
    let source = try RecordingSource(path, isTrusted: isTrusted)
    guard let format = try all.first(where: { try $0.recognises(source, options: options) }) else {
      throw RecordingError(
        file: path, "",
        "is of no known format: neither HDF5 (NWB, this program's), nor MATLAB, nor .npy, nor text; of numbers alone,"
          + " --raw-channels and --raw-type tell the layout")
    }
    let foreign = options.given.subtracting(format.options).subtracting(RecordingOption.ofAllFormats)
    if let option = foreign.map(\.rawValue).min() {
      throw RecordingError(file: path, "", "is \(format.name), for which \(option) has no meaning")
    }
    return try format.init(source)
  }
}

extension RecordingFormat {
  /// The wanted channels and time.
  ///
  /// - Parameter known: The contacts that are expected, see ``series(_:expecting:)``.
  /// - Throws: ``RecordingError``, `HDF5Error` or `FileError`.
  public func selection(_ options: RecordingOptions, expecting known: [Contact]) throws -> RecordingSelection
  {
    try series(options, expecting: known).selection(options)
  }
}
