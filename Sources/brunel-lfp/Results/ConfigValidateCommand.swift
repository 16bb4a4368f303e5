import ArgumentParser

struct ConfigValidateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "validate", abstract: "Report everything that is wrong with a configuration.",
    discussion: "Example:\n  brunel-lfp config validate study.yaml")

  @Argument(help: "Configuration (YAML).") var config: String
  @OptionGroup var options: SettingOptions

  func run() throws {
    _ = try options.study(config).completeKernels()
    try StandardOutput.write("\(config): valid\n")
  }
}
