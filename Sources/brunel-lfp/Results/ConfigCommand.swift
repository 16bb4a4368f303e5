import ArgumentParser

struct ConfigCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "config", abstract: "Check or complete a configuration.",
    discussion: "Example:\n  brunel-lfp config validate study.yaml",
    subcommands: [ConfigValidateCommand.self, ConfigShowCommand.self])
}
