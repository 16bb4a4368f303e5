import ArgumentParser
import Foundation

struct ConfigCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "config", abstract: "Check or complete a configuration.",
    subcommands: [Validate.self, Show.self])

  struct Validate: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Report everything that is wrong with a file.")
    @Argument(help: "Configuration (YAML).") var file: String
    @OptionGroup var common: CommonOptions

    func run() throws {
      _ = try readStudy(file, seed: common.seed)
      if !common.quiet { try common.write("\(file): valid\n") }
    }
  }

  struct Show: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Print a file with all defaults filled in.")
    @Argument(help: "Configuration (YAML).") var file: String
    @OptionGroup var common: CommonOptions

    func run() throws {
      try common.write(try readStudy(file, seed: common.seed).configuration.yaml)
    }
  }
}
