import Foundation
import TestSupport
import Testing

/// The files of the folder `configs`, and what `config` says of them.
@Suite("Configurations that come with the program")
struct ConfigurationFileTests {
  private static let configs = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().appending(path: "configs").path

  private static func files(_ folder: String = "") -> [String] {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: "\(configs)/\(folder)")) ?? []
    return names.filter { $0.hasSuffix(".yaml") }.sorted()
  }

  /// A folder with copies of `configs`.
  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
    try FileManager.default.copyItem(atPath: Self.configs, toPath: folder.path("configs"))
  }

  /// What `config show` prints.
  private func shown(_ file: String, _ options: String = "") async throws -> String {
    let outcome = try await Program.run("config show \(file) \(options)", in: folder)
    #expect(outcome.status == 0 && outcome.errors.isEmpty, "\(outcome.errors)")
    return outcome.output
  }

  /// The paths of all keys in YAML with an indentation of two spaces.
  private func keyPaths(_ yaml: String) -> Set<String> {
    var path: [Substring] = []
    return Set(
      yaml.split(separator: "\n").compactMap { line in
        guard let key = line.firstMatch(of: /^( *)([A-Za-z]\w*):/) else { return nil }
        path = path.prefix(key.1.count / 2) + [key.2]
        return path.joined(separator: ".")
      })
  }

  @Test("there are configurations and experiments")
  func areThere() {
    #expect(Self.files().contains("reference.yaml") && Self.files("experiments").contains("presets.yaml"))
  }

  @Test("each configuration is valid", arguments: files())
  func valid(name: String) async throws {
    let outcome = try await Program.run("config validate configs/\(name)", in: folder)
    #expect(outcome.status == 0, "\(outcome.errors)")
    #expect(outcome.output == "configs/\(name): valid\n" && outcome.errors.isEmpty)
  }

  @Test("each experiment is valid where its data sets are", arguments: files("experiments"))
  func validExperiment(name: String) async throws {
    let data = ["paper-full", "paper-ai", "design-grid", "design-latin-hypercube", "design-sobol"]
    for name in data {
      try FileManager.default.createDirectory(
        atPath: folder.path("data/\(name)"), withIntermediateDirectories: true)
      try folder.write("", to: "data/\(name)/dataset.h5")
      try folder.write("", to: "data/\(name)/model.h5")
    }
    try FileManager.default.createDirectory(
      atPath: folder.path("data/models"), withIntermediateDirectories: true)
    try folder.write("", to: "data/models/recording.h5")
    let outcome = try await Program.run("experiment configs/experiments/\(name) --output out", in: folder)
    // The file is read and checked whole before the first data set or model, which is an empty file, is opened.
    #expect(outcome.status == 65)
    #expect(outcome.errorLines.count == 1)
    #expect(
      outcome.errors.contains(name == "robustness.yaml" ? "/model.h5: " : "/dataset.h5: "),
      "\(outcome.errors)")
  }

  @Test("what is shown has all keys, and is shown again as it is", arguments: files())
  func shownIsComplete(name: String) async throws {
    let text = try await shown("configs/\(name)")
    let reference = try folder.text("configs/reference.yaml")
    #expect(keyPaths(text).isSuperset(of: keyPaths(reference)))
    #expect(keyPaths(text).isSuperset(of: keyPaths(try folder.text("configs/\(name)"))))
    try folder.write(text, to: "configs/shown.yaml")
    #expect(try await shown("configs/shown.yaml") == text)
  }

  @Test("what is shown has the file's values, and the seed that is asked for")
  func values() async throws {
    try folder.write("{network: {g: 4.5}, seed: 3, spectra: {segment_ms: 250}}\n", to: "few.yaml")
    try folder.write("{}\n", to: "none.yaml")
    let (few, none) = (try await shown("few.yaml"), try await shown("none.yaml"))
    let differing = few.split(separator: "\n").filter { !none.split(separator: "\n").contains($0) }
    #expect(differing == ["seed: 3", "  g: 4.5", "  segment_ms: 250"])
    #expect(try await shown("few.yaml", "--seed 9") == few.replacing("seed: 3", with: "seed: 9"))
  }
}
