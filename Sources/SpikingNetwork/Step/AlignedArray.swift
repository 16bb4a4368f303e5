#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// A type in which lists hold neurons: the smallest that suffices makes lists short.
package typealias NeuronIndex = FixedWidthInteger & UnsignedInteger & BitwiseCopyable & Sendable

/// A heap array aligned to cache lines, freed with its owner.
package final class AlignedArray<Element: BitwiseCopyable> {
  package let pointer: UnsafeMutablePointer<Element>
  package let count: Int

  package init(repeating value: Element, count: Int, hugePages: Bool = false) {
    let bytes = max(count, 1) * MemoryLayout<Element>.stride
    pointer = UnsafeMutableRawPointer.allocate(byteCount: bytes, alignment: hugePages ? 1 << 21 : 64)
      .bindMemory(to: Element.self, capacity: count)
    #if os(Linux)
      if hugePages { madvise(pointer, bytes, MADV_HUGEPAGE) }
    #endif
    pointer.initialize(repeating: value, count: count)
    self.count = count
  }

  deinit { UnsafeMutableRawPointer(pointer).deallocate() }
}
