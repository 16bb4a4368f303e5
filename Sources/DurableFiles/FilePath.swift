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
}
