import ArgumentParser
import Configuration

/// The words of a command line, looked at before ArgumentParser, which names no word that is most like a mistyped
/// command, nor one like a mistyped option if that option must be there.
struct CommandLineWords {
  private let words: [String]
  /// The commands that the line begins with, from the program on.
  private let commands: [any ParsableCommand.Type]
  /// Where a command should stand but does not.
  private let unknown: String?

  init(_ words: some Sequence<String>) {
    self.words = Array(words)
    var (commands, unknown): ([any ParsableCommand.Type], String?) = ([BrunelLFP.self], nil)
    for word in self.words.first == "help" ? self.words.dropFirst() : self.words[...] {
      let known = commands.last!.configuration.subcommands
      if known.isEmpty || word.hasPrefix("-") { break }
      guard let command = known.first(where: { $0._commandName == word }) else {
        unknown = word
        break
      }
      commands.append(command)
    }
    (self.commands, self.unknown) = (commands, unknown)
  }

  /// Throws if a word is empty, as after a variable of the shell that is not set.
  func requireNoneEmpty() throws {
    guard
      let index = words.firstIndex(where: {
        $0.isEmpty || $0.hasPrefix("--") && $0.firstIndex(of: "=") == $0.indices.last
      })
    else { return }
    let option = words[index].isEmpty ? words[..<index].last : String(words[index].dropLast())
    let place = option.flatMap { $0.hasPrefix("--") ? $0 : nil } ?? "argument \(index + 1)"
    throw CommandLineProblem(description: "\(place): is empty, expected a value")
  }

  /// Throws if the line begins with a command that does not exist.
  func requireKnownCommand() throws {
    guard let unknown else { return }
    let known = commands.last!.configuration.subcommands.map { $0._commandName }
    let path = commands.dropFirst().map { $0._commandName } + [unknown]
    throw CommandLineProblem(
      description: "\(path.joined(separator: " ")): is not a command\(suggestion(for: unknown, among: known))"
        + " (expected one of \(known.joined(separator: ", ")))")
  }

  /// Throws if there is an option that the command does not have.
  func requireKnownOptions() throws {
    let help = BrunelLFP.helpMessage(for: commands.last!)
    let known = help.matches(of: #/(?m)^  (?:-\w, )?(--[\w-]+)/#).map { String($0.1) }
    for word in words.prefix(while: { $0 != "--" }) where word.hasPrefix("--") {
      let option = String(word.prefix { $0 != "=" })
      if known.contains(option) { continue }
      throw CommandLineProblem(
        description: "\(option): is not an option\(suggestion(for: option, among: known))"
          + " (expected one of \(known.joined(separator: ", ")))")
    }
  }
}
