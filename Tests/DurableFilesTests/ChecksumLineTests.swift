import DurableFiles
import Foundation
import TestSupport
import Testing

@Suite("Checksums in a second file")
struct ChecksumLineTests {
  /// The state of a file whose checksum line was changed.
  private func state(_ change: (_ hash: String, _ name: String) -> String) throws -> ChecksummedFile.State {
    let folder = try TemporaryFolder()
    let path = folder.path("data.h5")
    try ChecksummedFile.write(to: path) { try Data("contents".utf8).write(to: URL(fileURLWithPath: $0)) }
    let hash = String(try folder.text("data.h5.sha256").prefix(64))
    try folder.write(change(hash, "data.h5"), to: "data.h5.sha256")
    return try ChecksummedFile.state(of: path)
  }

  @Test("may be written as other programs do")
  func forms() throws {
    let forms: [(String, String) -> String] = [
      { "\($0)  \($1)\n" }, { "\($0) *\($1)\n" }, { "\($0)  \($1)\r\n" }, { "\($0)  \($1)" },
      { "\($0.uppercased())  \($1)\n" }, { "\($0)  ./some/where/\($1)\n" },
    ]
    for form in forms { #expect(try state(form) == .intact) }
  }

  @Test("that are anything else are damage")
  func damage() throws {
    let forms: [(String, String) -> String] = [
      { _, _ in "" }, { hash, _ in hash }, { "\($0)  other-\($1)\n" }, { "\($0)   \($1)\n" },
      { "\($0)  \($1)\u{0B}" },
      { "\($0.dropLast())\($0.last == "0" ? "1" : "0")  \($1)\n" },
      { hash, name in
        // One letter in capitals.
        let letter = hash.firstIndex { $0.isLetter }!
        return hash[..<letter] + hash[letter].uppercased() + hash[hash.index(after: letter)...]
          + "  \(name)\n"
      },
    ]
    for form in forms { #expect(try state(form) == .altered) }
  }
}
