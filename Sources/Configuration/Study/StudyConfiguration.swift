import FieldPotential
import Foundation
import ParameterChecks
import ParameterSampling
import SpectralAnalysis
import SpikingNetwork
import Statistics
import Yams

/// Everything that decides about the results of a study, from the network to the tables: the parameters of each module, as
/// the sections of one file.
///
/// A configuration file is YAML. Each of its keys can be left out and then has the value of Skaar et
/// al. 2020 (doi:10.1371/journal.pcbi.1007725).
public struct StudyConfiguration: Sendable, Equatable {
  /// The root of all random streams.
  public var seed: UInt64 = 1
  /// The spiking network.
  public var network = NetworkParameters()
  /// How long and how finely each network is simulated.
  public var simulation = SimulationTiming()
  /// Which networks a data set consists of.
  public var sampling = SamplingParameters()
  /// What the LFP kernels are computed from.
  public var kernel = KernelParameters()
  /// What lies between the field potential and the signals whose spectra are taken.
  public var measurement = MeasurementParameters()
  /// How power spectral densities are estimated.
  public var spectra = WelchParameters()
  /// Which share of a data set is kept from training.
  public var split = SplitParameters()
  /// How the estimator is trained.
  public var training = TrainingConfiguration()
  /// How errors are reported.
  package var evaluation = BootstrapParameters()
  /// Conditions that estimators are tested under.
  package var robustness = RobustnessParameters()
  /// Where the configuration was read from, for messages.
  private var origin = Origin()

  /// A file with the lines of its keys, and the key paths of settings.
  private struct Origin: Sendable {
    var file: String?
    var lines: [String: Int] = [:]
    var settings: [String] = []
  }

  /// Whether both stand for the same study, whatever they leave to defaults.
  public static func == (one: Self, other: Self) -> Bool {
    one.resolved.canonical == other.resolved.canonical
  }

  /// The study of the paper over its full parameter space.
  public init() {}

  /// Reads and checks a file.
  ///
  /// - Throws: Everything that is wrong with the file at once, one line per problem.
  public init(contentsOf file: URL) throws(ParameterError) {
    try self.init(
      yaml: Self.text(of: file), file: file.relativePath, folder: file.deletingLastPathComponent())
  }

  /// Reads and checks YAML text that was stored, such as the configuration of a data set. Files that it names need not
  /// exist, and contradictions that earlier versions did not mind are accepted.
  ///
  /// - Parameters:
  ///   - yaml: The text.
  ///   - file: What messages call the text.
  /// - Throws: Everything that is wrong with the text at once, one line per problem.
  public init(yaml: String, file: String = "configuration") throws(ParameterError) {
    try self.init(yaml: yaml, file: file, folder: nil)
  }

  /// Reads and checks a user's text, which names files relative to `folder`; text that was stored if that is nil. What the text
  /// says of some sections is left out; settings replace single values.
  package init(
    yaml: String, file: String, folder: URL?, settings: [Setting] = [], without sections: [Section] = []
  ) throws(ParameterError) {
    self.init()
    let reader = ConfigurationReader(knownPaths: canonical.keyPaths)
    if var root = reader.root(of: yaml) {
      for section in sections { root.mapping?[Node(section.rawValue)] = nil }
      reader.add(settings.flatMap(\.problems))
      read(settings.reduce(root) { $1.applied(to: $0) }, at: "", by: reader)
      reader.add(problems(allowsContradictions: folder == nil, unread: reader.problems.map(\.keyPath)))
      if let folder { reader.add(missingFiles(in: folder)) }
    }
    origin = Origin(file: file, lines: reader.lines, settings: settings.map(\.keyPath))
    try report(reader.problems)
  }

  /// Checks a configuration that was put together or changed in code.
  ///
  /// - Throws: Everything that is wrong with it at once.
  public func validate() throws(ParameterError) { try report(problems()) }

  /// Throws problems of this configuration, with the lines of its file, unless there are none.
  package func report(_ problems: [ParameterProblem]) throws(ParameterError) {
    let located = problems.map { problem in
      var problem = problem.line == nil ? problem.located(in: origin.lines) : problem
      if let setting = origin.settings.last(where: { Setting.decides($0, problem) }) {
        (problem.line, problem.setting) = (nil, setting)
      }
      return problem
    }
    try ParameterError.report(located, of: origin.file)
  }

  /// Whether the file or a setting says what value a key has, which then is no default.
  package func gives(_ keyPath: String) -> Bool {
    origin.lines[keyPath] != nil || origin.settings.contains(keyPath)
  }

  package static func text(of file: URL) throws(ParameterError) -> String {
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
    throw ParameterError(file: file.relativePath, problem)
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
      ConfigurationKey("measurement", \.measurement, impliedBefore: MeasurementParameters()),
      ConfigurationKey("spectra", \.spectra),
      ConfigurationKey("split", \.split),
      ConfigurationKey("training", \.training),
      ConfigurationKey("evaluation", \.evaluation),
      ConfigurationKey("robustness", \.robustness, impliedBefore: RobustnessParameters()),
    ]
  }
}
