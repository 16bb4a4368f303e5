import CCrypto
import Foundation

/// SHA-256 by OpenSSL's libcrypto.
package struct SHA256 {
  private let context = Context()

  /// Owns the library's context.
  private final class Context {
    let pointer: OpaquePointer = {
      guard let pointer = EVP_MD_CTX_new() else { fatalError("libcrypto gets no memory") }
      SHA256.require(EVP_DigestInit_ex(pointer, EVP_sha256(), nil))
      return pointer
    }()

    deinit { EVP_MD_CTX_free(pointer) }
  }

  /// Adds bytes to what is hashed.
  private func update(_ bytes: UnsafeRawBufferPointer) {
    Self.require(EVP_DigestUpdate(context.pointer, bytes.baseAddress, bytes.count))
  }

  /// The hash as 64 hexadecimal digits. Nothing can be added afterwards.
  private func finish() -> String {
    var digest = [UInt8](repeating: 0, count: 32)
    Self.require(EVP_DigestFinal_ex(context.pointer, &digest, nil))
    return digest.map { String(format: "%02x", $0) }.joined()
  }

  /// Ends the program where libcrypto does not do as asked: a SHA-256 in memory cannot fail, unless the library lacks it.
  private static func require(_ result: Int32) {
    guard result == 1 else { fatalError("libcrypto computes no SHA-256") }
  }

  /// The hash of a text.
  package static func hash(_ text: String) -> String {
    let hash = SHA256()
    Array(text.utf8).withUnsafeBytes(hash.update)
    return hash.finish()
  }

  /// The hash of a file's contents, or of those from a position on, read in pieces.
  package static func hash(fileAt path: String, from position: Int = 0) throws -> String {
    guard let file = fopen(path, "rb") else { throw FileError.last("read", path) }
    defer { fclose(file) }
    guard position == 0 || fseek(file, position, SEEK_SET) == 0 else { throw FileError.last("read", path) }
    let hash = SHA256()
    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 20, alignment: 64)
    defer { buffer.deallocate() }
    while true {
      let count = fread(buffer.baseAddress, 1, buffer.count, file)
      if count == 0 { break }
      hash.update(UnsafeRawBufferPointer(rebasing: buffer[..<count]))
    }
    if ferror(file) != 0 { throw FileError.last("read", path) }
    return hash.finish()
  }
}
