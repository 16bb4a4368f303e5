import DurableFiles
import Foundation
import TestSupport
import Testing

@Suite("Files that appear complete or not at all")
struct AtomicFileTests {
  private let folder: TemporaryFolder
  private let path: String

  init() throws {
    folder = try TemporaryFolder()
    path = folder.path("result.txt")
  }

  private struct Failure: Error, Equatable {}

  private func names() throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: folder.path("")).sorted()
  }

  private func text(_ name: String = "result.txt") throws -> String {
    String(decoding: try folder.bytes(name), as: UTF8.self)
  }

  @Test("a text gets its name and nothing stays beside it", arguments: ["", "J = 0.1 mV, η = 2\n"])
  func writes(contents: String) throws {
    try AtomicFile.write(contents, to: path)
    #expect(try text() == contents)
    #expect(try names() == ["result.txt"])
  }

  @Test("the name does not appear before everything is written")
  func appearsComplete() throws {
    try AtomicFile.write(to: path) { temporary in
      #expect(temporary != path)
      #expect(URL(fileURLWithPath: temporary).deletingLastPathComponent().path + "/result.txt" == path)
      try folder.write(Data("half".utf8), to: URL(fileURLWithPath: temporary).lastPathComponent)
      #expect(try names().count == 1)
      #expect(!FileManager.default.fileExists(atPath: path))
    }
    #expect(try text() == "half")
    #expect(try names() == ["result.txt"])
  }

  @Test("an existing file stays, and no work is done for another one")
  func refusesExisting() throws {
    try AtomicFile.write("old", to: path)
    #expect(throws: FileError.exists(path: path)) {
      try AtomicFile.write(to: path) { _ in Issue.record("work was done") }
    }
    #expect(try text() == "old")
    #expect(try names() == ["result.txt"])
  }

  @Test("a file that another process made meanwhile stays")
  func refusesLate() throws {
    #expect(throws: FileError.exists(path: path)) {
      try AtomicFile.write(to: path) { temporary in
        try Data("mine".utf8).write(to: URL(fileURLWithPath: temporary))
        try folder.write(Data("theirs".utf8), to: "result.txt")
      }
    }
    #expect(try text() == "theirs")
    #expect(try names() == ["result.txt"])
  }

  @Test("a file is replaced when asked for, and made where there is none")
  func replaces() throws {
    try AtomicFile.write("old, and longer", to: path, replacing: true)
    try AtomicFile.write("new", to: path, replacing: true)
    #expect(try text() == "new")
    #expect(try names() == ["result.txt"])
  }

  @Test("an error leaves nothing behind, and an old file as it was", arguments: [false, true])
  func failure(replacing: Bool) throws {
    if replacing { try AtomicFile.write("old", to: path) }
    #expect(throws: Failure()) {
      try AtomicFile.write(to: path, replacing: replacing) { temporary in
        try Data("half".utf8).write(to: URL(fileURLWithPath: temporary))
        throw Failure()
      }
    }
    #expect(try names() == (replacing ? ["result.txt"] : []))
    if replacing { #expect(try text() == "old") }
  }

  @Test("a body that makes no file is an error")
  func nothingWritten() throws {
    let error = #expect(throws: FileError.self) { try AtomicFile.write(to: path) { _ in } }
    guard case .failed("open", _, _)? = error else {
      Issue.record("another error: \(String(describing: error))")
      return
    }
    #expect(try names() == [])
  }

  @Test("a missing folder is found before any work is done", arguments: [false, true])
  func missingFolder(replacing: Bool) throws {
    let path = folder.path("none/result.txt")
    #expect(throws: FileError.cannotCreate(path: path, reason: "No such file or directory")) {
      try AtomicFile.write("text", to: path, replacing: replacing)
    }
    #expect(throws: FileError.cannotCreate(path: path, reason: "No such file or directory")) {
      try AtomicFile.requireCreatable(path)
    }
    #expect(try names() == [])
  }

  @Test("a folder in the way is not replaced")
  func folderInTheWay() throws {
    try AtomicFile.createFolder(path)
    #expect(throws: FileError.exists(path: path)) { try AtomicFile.write("text", to: path) }
    #expect(throws: FileError.cannotCreate(path: path, reason: "Is a directory")) {
      try AtomicFile.write("text", to: path, replacing: true)
    }
    #expect(try names() == ["result.txt"])
  }

  @Test("a link to nothing is in the way too")
  func danglingLink() throws {
    try FileManager.default.createSymbolicLink(atPath: path, withDestinationPath: folder.path("none"))
    #expect(throws: FileError.exists(path: path)) { try AtomicFile.requireCreatable(path) }
  }

  @Test("folders are made with those above them, once or twice")
  func folders() throws {
    for _ in 0..<2 { try AtomicFile.createFolder(folder.path("a/b/c")) }
    var isFolder: ObjCBool = false
    #expect(FileManager.default.fileExists(atPath: folder.path("a/b/c"), isDirectory: &isFolder))
    #expect(isFolder.boolValue)
    try AtomicFile.write("text", to: path)
    #expect(throws: FileError.exists(path: path)) { try AtomicFile.createFolder(path) }
    #expect(throws: FileError.cannotCreate(path: path + "/d", reason: "Not a directory")) {
      try AtomicFile.createFolder(path + "/d")
    }
  }
}
