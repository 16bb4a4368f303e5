import Foundation
import Yams

/// Collects, while one file is read, what is wrong with it and on which line each key stands.
package final class ConfigurationReader {
  package private(set) var problems: [ConfigurationProblem] = []
  private var lines: [String: Int] = [:]
  /// Every key of the configuration, to recognise one that stands in the wrong section.
  private let knownPaths: [String]

  package init(knownPaths: [String]) {
    self.knownPaths = knownPaths
  }

  /// The root of the document; nil where there is none, or after reporting why it cannot be read.
  package func root(of text: String) -> Node? {
    // Some editors begin a file with a byte order mark, which libYAML takes for a stray character.
    let text = text.unicodeScalars.first == "\u{FEFF}" ? String(text.unicodeScalars.dropFirst()) : text
    do {
      return try compose(yaml: text, .default, .default, .utf8)
    } catch let error as YamlError {
      problems.append(ConfigurationProblem(error))
    } catch {
      problems.append(ConfigurationProblem(at: "", "cannot be read as YAML: \(error)"))
    }
    return nil
  }

  /// Remembers the line of a key or list element.
  package func locate(_ keyPath: String, at node: Node) {
    lines[keyPath] = node.mark?.line
  }

  /// The name of a key, whose line is remembered; nil after reporting that it is no name.
  package func name(of key: Node, at keyPath: String) -> String? {
    guard let name = key.scalar?.string else {
      problems.append(
        ConfigurationProblem(
          line: key.mark?.line, at: keyPath, "has a key that is not a name", got: key.summary,
          expected: "a word"))
      return nil
    }
    locate(innerKeyPath(keyPath, name), at: key)
    return name
  }

  /// Reports a value of the wrong type.
  package func reject(_ node: Node, at keyPath: String, _ what: String, expected: String) {
    problems.append(
      ConfigurationProblem(
        line: lines[keyPath] ?? node.mark?.line, at: keyPath, what, got: node.summary,
        expected: expected))
  }

  /// Reports a key that does not exist.
  package func rejectUnknown(_ key: Node, _ name: String, at keyPath: String, known: [String]) {
    var hint = suggestion(for: name, among: known)
    if hint.isEmpty, let elsewhere = knownPaths.first(where: { $0.hasSuffix(".\(name)") }) {
      hint = ", did you mean \(elsewhere)?"
    }
    problems.append(
      ConfigurationProblem(
        line: key.mark?.line, at: keyPath, "is not a known key\(hint)", got: key.summary,
        expected: "one of \(known.joined(separator: ", "))"))
  }

  /// Adds those problems of the values whose keys have not been reported already, with their lines.
  package func add(_ found: [ConfigurationProblem]) {
    let reported = problems.map(\.keyPath)
    func isReported(_ keyPath: String) -> Bool {
      reported.contains {
        $0 == keyPath || $0.hasPrefix("\(keyPath).") || $0.hasPrefix("\(keyPath)[")
      }
    }
    for var problem in found {
      let keyPaths = [problem.keyPath] + problem.related
      guard !keyPaths.contains(where: isReported) else { continue }
      problem.line = keyPaths.lazy.compactMap { self.lines[$0] }.first
      problems.append(problem)
    }
  }
}

extension ConfigurationProblem {
  /// A syntax error, with the line that Yams gives.
  fileprivate init(_ error: YamlError) {
    switch error {
    case .scanner(let context, let problem, let mark, _),
      .parser(let context, let problem, let mark, _),
      .composer(let context, let problem, let mark, _):
      let place = context.map { " (\($0.text) of line \($0.mark.line))" } ?? ""
      self.init(line: mark.line, at: "", "is not valid YAML: \(problem)\(place)")
    case .reader(let problem, let offset, _, let yaml):
      let line = offset.map { yaml.prefix($0).filter(\.isNewline).count + 1 }
      self.init(line: line, at: "", "is not valid YAML: \(problem)")
    case .duplicatedKeysInMapping(let duplicates, let context):
      self.init(
        line: context.mark.line, at: duplicates.joined(separator: ", "),
        "is given more than once in one mapping", expected: "each key once")
    default:
      self.init(at: "", "is not valid YAML: \(error)")
    }
  }
}
