import Foundation
import ParameterChecks
import Yams

/// Collects, while one file is read, what is wrong with it and on which line each key stands.
package final class ConfigurationReader {
  package private(set) var problems: [ParameterProblem] = []
  package private(set) var lines: [String: Int] = [:]
  /// Every key of the configuration, to recognise one that stands in the wrong section.
  private let knownPaths: [String]

  package init(knownPaths: [String]) {
    self.knownPaths = knownPaths
  }

  /// The root of the document; nil after reporting why it cannot be read, or that there is none where there has to be.
  package func root(of text: String, mayBeEmpty: Bool = false) -> Node? {
    // Some editors begin a file with a byte order mark, which libYAML takes for a stray character.
    let text = text.unicodeScalars.first == "\u{FEFF}" ? String(text.unicodeScalars.dropFirst()) : text
    do {
      let root = try compose(yaml: text, .default, .default, .utf8)
      if mayBeEmpty || root?.isNull == false { return root }
      problems.append(
        ParameterProblem(
          at: "", "is empty", got: "nothing", expected: "lines of the form key: value, or {} for all defaults"
        ))
    } catch let error as YamlError {
      problems.append(ParameterProblem(error))
    } catch {
      problems.append(ParameterProblem(at: "", "cannot be read as YAML: \(error)"))
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
        ParameterProblem(
          line: key.mark?.line, at: keyPath, "has a key that is not a name", got: key.summary,
          expected: "a word"))
      return nil
    }
    locate(innerKeyPath(keyPath, name), at: key)
    return name
  }

  /// The entries of a mapping with names for keys, in order, without those that `value` rejects; nil after reporting that
  /// the node is no mapping. Names are any, or some of `known`.
  package func entries<Value>(
    of node: Node, at keyPath: String, named known: [String]?, expected: String,
    value: (_ node: Node, _ entryPath: String) -> Value?
  ) -> [(String, Value)]? {
    guard let mapping = node.mapping else {
      reject(node, at: keyPath, "is not a mapping", expected: expected)
      return nil
    }
    return mapping.compactMap { key, node in
      guard let name = name(of: key, at: keyPath) else { return nil }
      let entryPath = innerKeyPath(keyPath, name)
      if let known, !known.contains(name) {
        rejectUnknown(key, name, at: entryPath, known: known)
        return nil
      }
      return value(node, entryPath).map { (name, $0) }
    }
  }

  /// Reports a value of the wrong type, or an impossible one.
  package func reject(_ node: Node, at keyPath: String, _ what: String, got: String? = nil, expected: String)
  {
    problems.append(
      ParameterProblem(
        line: lines[keyPath] ?? node.mark?.line, at: keyPath, what, got: got ?? node.summary,
        expected: expected))
  }

  /// Reports a key that does not exist.
  package func rejectUnknown(_ key: Node, _ name: String, at keyPath: String, known: [String]) {
    var hint = suggestion(for: name, among: known)
    if hint.isEmpty, let elsewhere = knownPaths.first(where: { $0.hasSuffix(".\(name)") }) {
      hint = ", did you mean \(elsewhere)?"
    }
    problems.append(
      ParameterProblem(
        line: key.mark?.line, at: keyPath, "is not a known key\(hint)", got: key.summary,
        expected: "one of \(known.joined(separator: ", "))"))
  }

  /// Adds those problems of the values whose keys have not been reported already, with their lines.
  package func add(_ found: [ParameterProblem]) {
    let reported = problems.map(\.keyPath)
    func isReported(_ keyPath: String) -> Bool {
      reported.contains {
        $0 == keyPath || $0.hasPrefix("\(keyPath).") || $0.hasPrefix("\(keyPath)[")
      }
    }
    problems += found.filter { !$0.keyPaths.contains(where: isReported) }.map { $0.located(in: lines) }
  }
}

extension ParameterProblem {
  /// The problem with the line of the first of its keys that has one.
  package func located(in lines: [String: Int]) -> ParameterProblem {
    var located = self
    located.line = keyPaths.lazy.compactMap { lines[$0] }.first
    return located
  }

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
