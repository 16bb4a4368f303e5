import Foundation
import HDF5Storage
import Studies

/// HDF5 files without a seal, those of other programs and of earlier versions, are read by a second process: whatever the
/// library does with damaged ones, crash or run for ever, becomes an error.
///
/// The command begins anew in that process, at the first such file and before it has written anything. The first process
/// waits, and ends with its status.
enum GuardedReading {
  /// Names, for the second process, the descriptor of the page that both share.
  private static let descriptorName = "BRUNEL_LFP_GUARD"
  /// How long a call to the library may take, in s.
  private static let limitName = "BRUNEL_LFP_HDF5_SECONDS"

  private static let pageSize = 8192
  private static let pathOffset = 8
  private static let lock = NSLock()
  nonisolated(unsafe) private static var child: pid_t = 0
  nonisolated(unsafe) private static var isTooLate = false

  /// To be called before any file is opened.
  static func begin() {
    guard let text = getenv(descriptorName) else {
      ForeignFiles.willOpen = { readInSecondProcess($0) }
      return
    }
    defer { unsetenv(descriptorName) }
    guard let descriptor = Int32(String(cString: text)), let page = share(descriptor) else { return }
    ForeignFiles.busySince = page.assumingMemoryBound(to: UInt64.self)
    let parent = getppid()
    Thread.detachNewThread {
      // Nobody waits any more if the first process was killed.
      while getppid() == parent { usleep(500_000) }
      _exit(128 + SIGKILL)
    }
    nonisolated(unsafe) let place = page + pathOffset
    ForeignFiles.willOpen = { path in
      let bytes = Array(path.utf8.prefix(pageSize - pathOffset - 1)) + [0]
      place.copyMemory(from: bytes, byteCount: bytes.count)
    }
  }

  /// Does not come back, unless there can be no second process.
  private static func readInSecondProcess(_ path: String) {
    lock.lock()
    guard let (descriptor, page) = sharedPage() else { return lock.unlock() }
    setenv(descriptorName, "\(descriptor)", 1)
    // One line is said of a crash, by this process.
    setenv("SWIFT_BACKTRACE", "enable=no", 1)
    var arguments = CommandLine.arguments.map { strdup($0) } + [nil]
    defer { for argument in arguments { free(argument) } }
    let program = Bundle.main.executablePath ?? CommandLine.arguments[0]
    guard posix_spawn(&child, program, nil, nil, &arguments, environ) == 0 else {
      unsetenv(descriptorName)
      return lock.unlock()
    }
    for signal in [SIGINT, SIGTERM] { passOn(signal) }
    let limit = getenv(limitName).flatMap { Double(String(cString: $0)) } ?? 30
    nonisolated(unsafe) let shared = page
    Thread.detachNewThread { watch(shared.assumingMemoryBound(to: UInt64.self), limit: limit) }
    var status: Int32 = 0
    while waitpid(child, &status, 0) < 0, errno == EINTR {}
    let last = String(cString: (page + pathOffset).assumingMemoryBound(to: CChar.self))
    exit(exitStatus(status, path: last.isEmpty ? path : last, limit: limit))
  }

  /// Passes a signal on to the second process, which gets those of the terminal itself.
  private static func passOn(_ signal: Int32) {
    var action = sigaction()
    action.sa_flags = SA_SIGINFO
    let handler: @convention(c) (Int32, UnsafeMutablePointer<siginfo_t>?, UnsafeMutableRawPointer?) -> Void =
      {
        signal, information, _ in
        // Positive where the kernel sent it, as for a key of the terminal.
        if let information, information.pointee.si_code <= 0 { kill(GuardedReading.child, signal) }
      }
    #if canImport(Glibc) || canImport(Musl)
      action.__sigaction_handler.sa_sigaction = handler
    #else
      action.__sigaction_u.__sa_sigaction = handler
    #endif
    sigaction(signal, &action, nil)
  }

  /// Ends the second process when a call takes too long.
  private static func watch(_ busySince: UnsafeMutablePointer<UInt64>, limit: Double) {
    while true {
      usleep(100_000)
      let since = busySince.pointee
      if since > 0, Double(ForeignFiles.now) - Double(since) > limit * 1e9 {
        isTooLate = true
        kill(child, SIGKILL)
        return
      }
    }
  }

  private static func exitStatus(_ status: Int32, path: String, limit: Double) -> Int32 {
    let signal = status & 0x7f
    switch signal {
    case 0: return status >> 8 & 0xff
    case SIGINT, SIGTERM, SIGHUP, SIGPIPE: return 128 + signal
    case SIGKILL where isTooLate:
      StandardError.write(
        "brunel-lfp: \(path): reading it does not come to an end (\(limit) s in one call of the HDF5 library): damaged?"
          + " \(limitName) is the limit\n")
    default:
      StandardError.write(
        "brunel-lfp: \(path): reading it ended with \"\(String(cString: strsignal(signal)))\": damaged?\n")
    }
    return EX_DATAERR
  }

  // MARK: Memory that both see

  private static func sharedPage() -> (descriptor: Int32, page: UnsafeMutableRawPointer)? {
    var name = Array((NSTemporaryDirectory() + "/brunel-lfp-XXXXXX").utf8CString)
    let descriptor = mkstemp(&name)
    guard descriptor >= 0 else { return nil }
    unlink(name)
    guard ftruncate(descriptor, off_t(pageSize)) == 0, let page = share(descriptor) else {
      close(descriptor)
      return nil
    }
    return (descriptor, page)
  }

  private static func share(_ descriptor: Int32) -> UnsafeMutableRawPointer? {
    let page = mmap(nil, pageSize, PROT_READ | PROT_WRITE, MAP_SHARED, descriptor, 0)
    return page == MAP_FAILED ? nil : page
  }
}
