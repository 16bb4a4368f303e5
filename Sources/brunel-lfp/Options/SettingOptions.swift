import ArgumentParser
import Configuration
import Foundation

/// Options of commands that take the configuration of a study.
struct SettingOptions: ParsableArguments {
  @Option(
    name: .customLong("set"),
    help: ArgumentHelp(
      "Value of a key of the configuration, such as network.delay_ms=2; can be given several times.",
      valueName: "key=value"))
  var settings: [String] = []

  /// Reads the configuration of a study, or takes the defaults; `options` are settings that count more than all others.
  func study(_ path: String?, options: [String] = []) throws -> Study {
    let url = path.map { URL(fileURLWithPath: $0) }
    let settings = try checked() + options
    let configuration =
      try url.map { try StudyConfiguration(contentsOf: $0, settings: settings) }
      ?? StudyConfiguration(settings: settings)
    return try Study(
      configuration,
      folder: url?.deletingLastPathComponent()
        ?? URL(fileURLWithPath: FileManager.default.currentDirectoryPath))
  }

  /// The settings, each of which has a key and a value.
  func checked() throws -> [String] {
    for setting in settings {
      let parts = setting.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      guard parts.count == 2, !parts[0].split(separator: ".", omittingEmptySubsequences: false).contains("")
      else { throw CommandLineProblem(description: "--set: got \(setting), expected key=value") }
    }
    return settings
  }
}

/// Options of commands that draw random numbers, as the configuration of a study says.
struct StudyOptions: ParsableArguments {
  @Option(
    parsing: .unconditional,
    help: "Root of all random streams; a whole number from 0, in place of the configuration's.")
  var seed: UInt64?
  @OptionGroup var settings: SettingOptions

  /// Reads the configuration of a study, or takes the defaults; the seed and `options`, settings too, count more than
  /// those of `--set`.
  func study(_ path: String?, options: [String] = []) throws -> Study {
    try settings.study(path, options: options + (seed.map { ["seed=\($0)"] } ?? []))
  }
}
