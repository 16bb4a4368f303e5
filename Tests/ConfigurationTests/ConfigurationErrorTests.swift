import Configuration
import Foundation
import Testing

/// What the configuration says about text that is wrong.
@Suite struct ConfigurationErrorTests {
  /// A configuration with mistakes and the lines that name them.
  struct Mistake: Sendable, CustomTestStringConvertible {
    let name: String
    let yaml: String
    let lines: [String]

    init(_ name: String, _ yaml: String, _ lines: String...) {
      self.name = name
      self.yaml = yaml
      self.lines = lines
    }

    var testDescription: String { name }
  }

  private static func messages(_ yaml: String) -> [String] {
    do {
      _ = try StudyConfiguration(yaml: yaml, file: "c.yaml", folder: URL(fileURLWithPath: "/"))
      return []
    } catch {
      return "\(error)".components(separatedBy: "\n")
    }
  }

  @Test(
    "each mistake is named with its line, key, value and remedy",
    arguments: types + values + rules + limits + contradictions)
  func mistake(_ mistake: Mistake) {
    #expect(Self.messages(mistake.yaml) == mistake.lines)
  }

  @Test("all problems of a file are reported at once, in the order of its lines")
  func severalProblems() {
    let yaml = """
      training:
        epochs: 0
      network:
        eta: x
        delay_ms: 0.25
        gg: 4
      sampling:
        samples: [1]
      """
    let messages = Self.messages(yaml)
    #expect(
      messages.map { $0.split(separator: " ").prefix(2).joined(separator: " ") } == [
        "c.yaml:2: training.epochs:", "c.yaml:4: network.eta:", "c.yaml:5: network.delay_ms:",
        "c.yaml:6: network.gg:", "c.yaml:8: sampling.samples:",
      ])
  }

  @Test("a key with a wrong value is not blamed a second time by the rules it takes part in")
  func noSecondBlame() {
    #expect(
      Self.messages("simulation:\n  duration_ms: 10.5\n  transient_ms: 4000\n") == [
        "c.yaml:2: simulation.duration_ms: is not a whole number (got 10.5, expected a whole number)"
      ])
  }

  @Test("what is consistent is accepted", arguments: consistent)
  func noContradiction(yaml: String) { #expect(Self.messages(yaml) == []) }

  @Test("contradictions in text that was stored are accepted", arguments: contradictions)
  func storedContradiction(_ mistake: Mistake) throws {
    let stored = try StudyConfiguration(yaml: mistake.yaml)
    #expect(try StudyConfiguration(yaml: stored.yaml) == stored)
  }

  @Test("syntax errors and duplicate keys are one line with the line number", arguments: syntax)
  func syntaxError(_ mistake: Mistake) {
    #expect(Self.messages(mistake.yaml) == mistake.lines)
  }

  static let syntax = [
    Mistake(
      "duplicate key", "network:\n  eta: 2\n  g: 5\n  eta: 3\n",
      "c.yaml:2: eta: is given more than once in one mapping (expected each key once)"),
    Mistake(
      "unclosed list", "kernel:\n  contacts_um: [0, -100\nseed: 1\n",
      "c.yaml:3: is not valid YAML: did not find expected ',' or ']' (while parsing a flow sequence of "
        + "line 2)"),
    Mistake(
      "tab as indentation", "network:\n\teta: 2\n",
      "c.yaml:2: is not valid YAML: found character that cannot start any token (while scanning for the "
        + "next token of line 2)"),
    Mistake(
      "control character", "seed: 1\nnetwork:\n  eta: \u{1}\n",
      "c.yaml:3: is not valid YAML: control characters are not allowed"),
    Mistake(
      "two documents", "seed: 1\n---\nseed: 2\n",
      "c.yaml:2: is not valid YAML: but found another document (expected a single document in the stream "
        + "of line 1)"),
    Mistake(
      "undefined alias", "seed: *other\n",
      "c.yaml:1: is not valid YAML: found undefined alias"),
  ]

  @Test(
    "whatever value a key is given, the text is either refused with line numbers or read back equal",
    arguments: [
      "0", "-1", "1", "7", "0.5", "1e300", "-1e300", "1e-300", "2147483647", "9223372036854775807", ".nan",
      ".inf", "", "~", "[]", "{}", "[[]]", "[1, 2]", "[2, 1]", "[1e300, 2e300]", "{upper: 1}", "[E, E]",
      "text", "\"\"", "'é: #'", "a.swc", "\"\\n.swc\"", "!!str 5", "&a 5", "<<",
    ])
  func anyValue(value: String) throws {
    let lines = StudyConfiguration().yaml.components(separatedBy: "\n").dropLast()
    for (index, line) in lines.enumerated() where !line.hasSuffix(":") {
      var changed = Array(lines)
      changed[index] = line[...line.firstIndex(of: ":")!] + " " + value
      do {
        let configuration = try StudyConfiguration(yaml: changed.joined(separator: "\n"))
        #expect(try StudyConfiguration(yaml: configuration.yaml) == configuration)
      } catch {
        #expect(error.problems.allSatisfy { $0.line != nil }, "\(line) -> \(value): \(error)")
      }
    }
  }
}
