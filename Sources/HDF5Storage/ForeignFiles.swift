import Foundation

/// What is done about files that carry no seal: those of other programs and of earlier versions, of which the library may make
/// anything. Both are set, if at all, when a program starts.
package enum ForeignFiles {
  /// Called with the path of a file without a seal before it is opened.
  nonisolated(unsafe) package static var willOpen: @Sendable (_ path: String) -> Void = { _ in }

  /// Where to note, for another process to see, since when the library has been at work: nanoseconds of the monotonic clock, 0
  /// between calls.
  nonisolated(unsafe) package static var busySince: UnsafeMutablePointer<UInt64>?

  /// Nanoseconds of the monotonic clock.
  package static var now: UInt64 {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return UInt64(time.tv_sec) * 1_000_000_000 + UInt64(time.tv_nsec)
  }
}
