import ArgumentParser
import Studies

struct ReportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "report", abstract: "Put errors, figures, data and configuration of a study on one page.",
    discussion: "Example:\n  brunel-lfp report data/quick --output report.html")

  @Argument(help: "Folder with dataset.h5 and model.h5.") var folder: String
  @Option(help: "File to write (HTML).") var output: String
  @Option(parsing: .unconditional, help: "Threads.") var threads = availableCores
  @Flag(help: "Overwrite an earlier report.") var force = false

  func run() throws {
    try requireThreads(threads, "--threads")
    try Report.run(folder: folder, output: output, threads: threads, replacing: force)
    try StandardOutput.write("\(output): written\n")
  }
}
