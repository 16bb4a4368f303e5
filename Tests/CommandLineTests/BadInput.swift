import HDF5Storage
import TestSupport
import Testing

/// A command that must be refused.
struct BadInput: Sendable, CustomTestStringConvertible {
  let arguments: String
  /// The exit status, as in sysexits.h.
  let status: Int32
  /// A part of each line on standard error.
  let problems: [String]
  /// Files to be there, beside those of a finished study.
  var files: [String: String] = [:]
  /// Changes to those of the finished study.
  var prepare: @Sendable (TemporaryFolder) throws -> Void = { _ in }
  /// Whether lines on the usage of the command follow.
  var showsUsage = false

  var testDescription: String { "\(arguments): \(problems.first ?? "")" }

  /// A configuration with something wrong in it.
  static func configuration(_ text: String, _ problems: String...) -> BadInput {
    BadInput(
      arguments: "generate bad.yaml --output new", status: 78, problems: problems.map { "bad.yaml:\($0)" },
      files: ["bad.yaml": text])
  }

  /// A configuration whose excitatory cells are this SWC file.
  static func morphology(_ swc: String, _ problem: String) -> BadInput {
    BadInput(
      arguments: "kernel --config bad.yaml --output new.h5", status: 65, problems: ["cell.swc" + problem],
      files: ["bad.yaml": "kernel:\n  morphology_E: cell.swc\n", "cell.swc": swc])
  }

  /// A command that is not written as it must be.
  static func usage(_ arguments: String, _ problem: String) -> BadInput {
    BadInput(arguments: arguments, status: 64, problems: ["Error: " + problem], showsUsage: true)
  }

  /// The same, said in one line.
  static func line(_ arguments: String, _ problem: String) -> BadInput {
    BadInput(arguments: arguments, status: 64, problems: ["brunel-lfp: " + problem])
  }

  /// Keeps the first part of a file.
  static func truncate(_ name: String, to fraction: Double) -> @Sendable (TemporaryFolder) throws -> Void {
    { folder in
      let bytes = try folder.bytes(name)
      try folder.write(bytes.prefix(Int(Double(bytes.count) * fraction)), to: name)
    }
  }

  /// Has the data set changed through HDF5, and its checksum, which would tell, taken away.
  static func changeDataset(
    _ change: @escaping @Sendable (HDF5Group) throws -> Void
  ) -> @Sendable (TemporaryFolder) throws -> Void {
    { folder in
      let file = try HDF5File.open(folder.path("dataset.h5"), .readWrite)
      try change(file.root)
      try file.close()
      try folder.remove("dataset.h5.sha256")
    }
  }
}
