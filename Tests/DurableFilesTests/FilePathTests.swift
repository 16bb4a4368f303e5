import DurableFiles
import Testing

@Suite("Parts of paths")
struct FilePathTests {
  @Test(
    "folder and name",
    arguments: [
      ("s", ".", "s"), ("out.h5", ".", "out.h5"), ("a/b", "a", "b"), ("a//b/", "a", "b"), ("/b", "/", "b"),
      ("/a/b/c.h5", "/a/b", "c.h5"), ("/", "/", "/"), ("", ".", ""),
    ])
  func parts(path: String, folder: String, name: String) {
    #expect(FilePath.folder(path) == folder)
    #expect(FilePath.name(path) == name)
  }
}
