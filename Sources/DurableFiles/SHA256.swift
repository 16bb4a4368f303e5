import CCrypto
import Foundation

/// SHA-256 by OpenSSL's libcrypto.
package struct SHA256 {
  private let context = Context()

  /// Owns the library's context.
  private final class Context {
    let pointer: OpaquePointer = {
      guard let pointer = EVP_MD_CTX_new(), EVP_DigestInit_ex(pointer, EVP_sha256(), nil) == 1 else {
        fatalError("libcrypto provides no SHA-256")
      }
      return pointer
    }()

    deinit { EVP_MD_CTX_free(pointer) }
  }

  /// Adds bytes to what is hashed.
  package func update(_ bytes: UnsafeRawBufferPointer) {
    EVP_DigestUpdate(context.pointer, bytes.baseAddress, bytes.count)
  }

  /// The hash as 64 hexadecimal digits. Nothing can be added afterwards.
  package func finish() -> String {
    var digest = [UInt8](repeating: 0, count: 32)
    EVP_DigestFinal_ex(context.pointer, &digest, nil)
    return digest.map { String(format: "%02x", $0) }.joined()
  }

  /// The hash of a text.
  package static func hash(_ text: String) -> String {
    let hash = SHA256()
    Array(text.utf8).withUnsafeBytes(hash.update)
    return hash.finish()
  }

  /// The hash of a file's contents, read in pieces.
  package static func hash(fileAt path: String) throws -> String {
    guard let file = fopen(path, "rb") else { throw FileError.last("read", path) }
    defer { fclose(file) }
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
