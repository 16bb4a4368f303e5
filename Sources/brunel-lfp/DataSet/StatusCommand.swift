import ArgumentParser
import Studies

struct StatusCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "status", abstract: "Say how far a data-set folder is.",
    discussion: "Example:\n  brunel-lfp status data/quick/shards")

  @Argument(help: "Folder with shards.") var folder: String
  @OptionGroup var result: ResultOptions

  func run() throws {
    let status = try Status(folder: folder)
    try result.report(status, "\(folder): \(status.text)")
  }
}
