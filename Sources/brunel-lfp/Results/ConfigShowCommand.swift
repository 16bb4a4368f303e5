import ArgumentParser

struct ConfigShowCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show", abstract: "Print a configuration with all defaults filled in.",
    discussion: "Example:\n  brunel-lfp config show study.yaml --set training.preset=recording")

  @Argument(help: "Configuration (YAML).") var config: String
  @OptionGroup var options: StudyOptions

  func run() throws { try StandardOutput.write(options.study(config).configuration.yaml) }
}
