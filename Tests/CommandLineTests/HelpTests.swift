import Foundation
import TestSupport
import Testing

@Suite("Help")
struct HelpTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  /// A command, as the program describes itself.
  private struct Command: Decodable {
    struct Argument: Decodable {
      struct Name: Decodable { let kind, name: String }
      let names: [Name]?
      let abstract: String?
    }
    let commandName: String
    let subcommands: [Command]?
    let arguments: [Argument]?

    /// Long options with their help.
    var options: [String: String] {
      let named = (arguments ?? []).flatMap { argument in
        (argument.names ?? []).filter { $0.kind == "long" }.map { ("--" + $0.name, argument.abstract ?? "") }
      }
      return Dictionary(uniqueKeysWithValues: named)
    }

    /// This command and all below it, with the words that call them.
    var tree: [(path: [String], command: Command)] {
      [([], self)]
        + (subcommands ?? []).filter { $0.commandName != "help" }.flatMap { subcommand in
          subcommand.tree.map { ([subcommand.commandName] + $0.path, $0.command) }
        }
    }
  }

  private struct Description: Decodable { let command: Command }

  /// All commands, the program itself first.
  private func commands() async throws -> [(path: [String], command: Command)] {
    let outcome = try await Program.run("--experimental-dump-help", in: folder)
    return try JSONDecoder().decode(Description.self, from: Data(outcome.output.utf8)).command.tree
  }

  @Test("every command explains itself and ends with an example, whose command and options exist")
  func examples() async throws {
    let commands = try await commands()
    #expect(commands.count == 25)
    for (path, command) in commands {
      let outcome = try await Program.run(path + ["--help"], in: folder)
      #expect(outcome.status == 0 && outcome.errors.isEmpty)
      #expect(outcome.output.contains("USAGE: \((["brunel-lfp"] + path).joined(separator: " "))"))
      for option in command.options.keys { #expect(outcome.output.contains(option), "\(path): \(option)") }

      let parts = outcome.output.components(separatedBy: "\n\nEXAMPLE:\n")
      try #require(parts.count == 2, "\(path)")
      #expect(!parts[0].contains("Example"))
      let examples = parts[1].replacing("\\\n", with: "").split(separator: "\n")
      #expect(!examples.isEmpty)
      for example in examples {
        let words = example.split(separator: " ").map(String.init)
        #expect(words.starts(with: ["brunel-lfp"] + path))
        let called = try #require(
          commands.last { words.dropFirst().starts(with: $0.path) && $0.command.subcommands == nil })
        for word in words where word.hasPrefix("--") {
          #expect(called.command.options[word] != nil, "\(example)")
        }
      }
    }
  }

  @Test("options that would do nothing are refused")
  func options() async throws {
    let common = ["--seed", "--set", "--quiet", "--json"]
    let expected: [String: [String]] = [
      "simulate": common, "lfp": common, "kernel": ["--set", "--quiet", "--json"],
      "theory": ["--set", "--quiet", "--json"], "fi-curve": ["--seed", "--json"],
      "generate": common, "submit": ["--seed", "--set", "--json"], "status": ["--json"],
      "merge": ["--quiet", "--json"], "spectra": common, "verify": ["--quiet", "--json"],
      "train": common, "evaluate": ["--seed", "--quiet", "--json"], "estimate": ["--quiet", "--json"],
      "experiment": ["--seed", "--quiet", "--json"], "model export": [],
      "nef": ["--seed", "--quiet", "--json"],
      "spike-coding": common, "survey": common,
      "config validate": ["--set"], "config show": ["--seed", "--set"], "report": [],
    ]
    var found: [String] = []
    for (path, command) in try await commands() where command.subcommands == nil {
      let name = path.joined(separator: " ")
      found.append(name)
      for option in common {
        let isExpected = try #require(expected[name]).contains(option)
        #expect((command.options[option] != nil) == isExpected, "\(name) \(option)")
        if isExpected { continue }
        let outcome = try await Program.run(path + [option], in: folder)
        #expect(outcome.status == 64)
        #expect(outcome.errorLines.count == 1)
        #expect(outcome.errors.hasPrefix("brunel-lfp: \(option): is not an option"), "\(name)")
      }
    }
    #expect(found.sorted() == expected.keys.sorted())
    #expect(try folder.names().isEmpty)
  }

  @Test(
    "help and reference.yaml use the same words",
    arguments: [
      ("--eta", "  eta"), ("--g", "  g"), ("--J", "  J_mV"), ("--duration-ms", "  duration_ms"),
      ("--seed", "seed"),
    ])
  func words(option: String, key: String) async throws {
    let simulate = try #require(try await commands().first { $0.path == ["simulate"] })
    let help = try #require(simulate.command.options[option]).prefix { $0 != "." && $0 != ";" }
    let reference = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("../../configs/reference.yaml").standardized
    let lines = try String(contentsOf: reference, encoding: .utf8).components(separatedBy: "\n")
    let line = try #require(lines.firstIndex { $0.hasPrefix("\(key): ") })
    #expect(lines[line - 1].trimmingPrefix { $0 == " " || $0 == "#" }.hasPrefix(help), "\(help)")
  }

  @Test("help that cannot be printed is a failure")
  func lost() async throws {
    let outcome = try await Program.start("--help", in: folder, printingTo: "/dev/full").outcome()
    #expect(outcome.status == 74)
    #expect(outcome.errors == "brunel-lfp: standard output: cannot write (No space left on device)\n")
  }
}
