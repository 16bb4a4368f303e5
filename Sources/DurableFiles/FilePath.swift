import Foundation

/// The parts of a path. Foundation's (in Swift 6.3) crash on names of one character.
package enum FilePath {
  /// The name that a path ends with.
  package static func name(_ path: String) -> String {
    path.split(separator: "/").last.map(String.init) ?? path
  }

  /// The folder in which a path names something.
  package static func folder(_ path: String) -> String {
    let root = path.hasPrefix("/") ? "/" : "."
    guard let name = path.split(separator: "/").last else { return root }
    let folder = path[..<name.startIndex]
    return folder.lastIndex { $0 != "/" }.map { String(folder[...$0]) } ?? root
  }

  /// Whether two paths name the same existing file.
  package static func isSame(_ one: String, _ other: String) -> Bool {
    var (a, b) = (stat(), stat())
    return stat(one, &a) == 0 && stat(other, &b) == 0 && a.st_dev == b.st_dev && a.st_ino == b.st_ino
  }
}
