/// Why a file is not a recording that can be read rightly.
public struct RecordingError: Error, Sendable, Equatable, CustomStringConvertible {
  /// The file.
  public let file: String
  /// Where in it: a data set, a column; empty for the file as a whole.
  public let place: String
  /// What is wrong, with what was found and what is expected.
  public let problem: String

  /// A problem at a place of a file. Control characters, as damaged files hold them, are replaced.
  public init(file: String, _ place: String, _ problem: String) {
    (self.file, self.place, self.problem) = (file, Self.printable(place), Self.printable(problem))
  }

  private static func printable(_ text: String) -> String {
    guard text.unicodeScalars.contains(where: { $0.properties.generalCategory == .control }) else {
      return text
    }
    let scalars = text.unicodeScalars.map { $0.properties.generalCategory == .control ? "\u{fffd}" : $0 }
    return String(String.UnicodeScalarView(scalars))
  }

  /// One line: `file: place: problem`.
  public var description: String {
    ([file] + (place.isEmpty ? [] : [place]) + [problem]).joined(separator: ": ")
  }
}
