import DurableFiles
import Foundation
import TestSupport
import Testing

@Suite struct SHA256Tests {
  /// The examples of FIPS 180-4.
  private static let known = [
    ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
    ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
    (
      "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
      "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
    ),
    (
      String(repeating: "a", count: 1_000_000),
      "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0"
    ),
  ]

  @Test("texts and files have the published hashes", arguments: known)
  func published(text: String, hash: String) throws {
    #expect(SHA256.hash(text) == hash)
    let folder = try TemporaryFolder()
    try folder.write(Data(text.utf8), to: "text")
    #expect(try SHA256.hash(fileAt: folder.path("text")) == hash)
  }

  @Test("a file read in several pieces has the hash of its text")
  func largeFile() throws {
    let text = String(repeating: "0123456789abcde\n", count: 150_000)
    let folder = try TemporaryFolder()
    try folder.write(Data(text.utf8), to: "text")
    #expect(try SHA256.hash(fileAt: folder.path("text")) == SHA256.hash(text))
  }

  @Test("files that cannot be read are an error")
  func unreadable() throws {
    let folder = try TemporaryFolder()
    let missing = folder.path("missing")
    let reason = "No such file or directory"
    #expect(throws: FileError.failed(operation: "read", path: missing, reason: reason)) {
      try SHA256.hash(fileAt: missing)
    }
    let path = folder.path("")
    #expect(throws: FileError.failed(operation: "read", path: path, reason: "Is a directory")) {
      try SHA256.hash(fileAt: path)
    }
  }
}
