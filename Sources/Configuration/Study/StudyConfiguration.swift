import Foundation

/// Everything that decides about the results of a study, from the network to the tables.
///
/// A configuration file is YAML. Each of its keys can be left out and then has the value of Skaar et
/// al. 2020 (doi:10.1371/journal.pcbi.1007725).
public struct StudyConfiguration: Sendable, Equatable {
  /// The root of all random streams.
  public var seed: UInt64 = 1
  /// The spiking network.
  public var network = NetworkConfiguration()
  /// How long and how finely each network is simulated.
  public var simulation = SimulationConfiguration()
  /// Which networks a data set consists of.
  public var sampling = SamplingConfiguration()
  /// What the LFP kernels are computed from.
  public var kernel = KernelConfiguration()
  /// How power spectral densities are estimated.
  public var spectra = SpectraConfiguration()
  /// Which share of a data set is kept from training.
  public var split = SplitConfiguration()
  /// How the estimator is trained.
  public var training = TrainingConfiguration()
  /// How errors are reported.
  public var evaluation = EvaluationConfiguration()

  /// The study of the paper over its full parameter space.
  public init() {}

  /// Reads and checks a file.
  ///
  /// - Throws: Everything that is wrong with the file at once, one line per problem.
  public init(contentsOf file: URL) throws(ConfigurationError) {
    try self.init(
      yaml: Self.text(of: file), file: file.relativePath, folder: file.deletingLastPathComponent())
  }

  /// Reads and checks YAML text, such as the configuration stored in a data set. SWC files that it
  /// names need not exist.
  ///
  /// - Parameters:
  ///   - yaml: The text.
  ///   - file: What messages call the text.
  /// - Throws: Everything that is wrong with the text at once, one line per problem.
  public init(yaml: String, file: String = "configuration") throws(ConfigurationError) {
    try self.init(yaml: yaml, file: file, folder: nil)
  }

  private init(yaml: String, file: String, folder: URL?) throws(ConfigurationError) {
    self.init()
    let reader = ConfigurationReader(knownPaths: canonical.keyPaths)
    if let root = reader.root(of: yaml) { read(root, at: "", by: reader) }
    reader.add(inconsistencies())
    if let folder { reader.add(missingFiles(in: folder)) }
    try Self.report(reader.problems, of: file)
  }

  /// Checks a configuration that was put together or changed in code.
  ///
  /// - Throws: Everything that is wrong with it at once.
  public func validate() throws(ConfigurationError) {
    let violations = violations(at: "")
    try Self.report(violations.isEmpty ? inconsistencies() : violations, of: nil)
  }

  /// Throws the problems, sorted by line, unless there are none.
  package static func report(_ problems: [ConfigurationProblem], of file: String?) throws(ConfigurationError)
  {
    guard !problems.isEmpty else { return }
    let order = problems.indices.sorted {
      (problems[$0].line ?? 0, $0) < (problems[$1].line ?? 0, $1)
    }
    throw ConfigurationError(file: file, problems: order.map { problems[$0] })
  }

  package static func text(of file: URL) throws(ConfigurationError) -> String {
    var isFolder: ObjCBool = false
    let problem: String
    if !FileManager.default.fileExists(atPath: file.path, isDirectory: &isFolder) {
      problem = "does not exist"
    } else if isFolder.boolValue {
      problem = "is a folder, not a file"
    } else if let data = FileManager.default.contents(atPath: file.path) {
      if let text = String(validating: data, as: UTF8.self) { return text }
      problem = "is not text in UTF-8"
    } else {
      problem = "cannot be read"
    }
    throw ConfigurationError(
      file: file.relativePath, problems: [ConfigurationProblem(at: "", problem)])
  }
}

extension StudyConfiguration: ConfigurationSection {
  package static var keys: [ConfigurationKey<Self>] {
    [
      ConfigurationKey("seed", \.seed),
      ConfigurationKey("network", \.network),
      ConfigurationKey("simulation", \.simulation),
      ConfigurationKey("sampling", \.sampling),
      ConfigurationKey("kernel", \.kernel),
      ConfigurationKey("spectra", \.spectra),
      ConfigurationKey("split", \.split),
      ConfigurationKey("training", \.training),
      ConfigurationKey("evaluation", \.evaluation),
    ]
  }
}
