import TestSupport
import Foundation

/// Runs the built program as a user does.
enum Program {
  /// How a run ended.
  struct Outcome {
    /// The exit status, or the negative number of the signal that ended the program.
    let status: Int32
    let output: String
    let errors: String

    /// The lines on standard error.
    var errorLines: [String] { errors.split(separator: "\n").map(String.init) }

    /// Standard output read as JSON.
    func json() throws -> Any {
      try JSONSerialization.jsonObject(with: Data(output.utf8), options: .fragmentsAllowed)
    }

    /// The members of the JSON object on standard output.
    func members() throws -> [String: Any] { try json() as? [String: Any] ?? [:] }
  }

  /// The programs lie beside the bundle of tests.
  private static let folder: URL = {
    let candidates = [
      Bundle.main.bundleURL, Bundle.main.executableURL?.deletingLastPathComponent(),
      Bundle.allBundles.first { $0.bundlePath.hasSuffix(".xctest") }?.bundleURL.deletingLastPathComponent(),
      URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent(),
    ]
    func holdsProgram(_ folder: URL) -> Bool {
      FileManager.default.isExecutableFile(atPath: folder.appendingPathComponent("brunel-lfp").path)
    }
    return candidates.lazy.compactMap { $0 }.first(where: holdsProgram) ?? URL(fileURLWithPath: ".")
  }()

  /// A running program.
  final class Run: Sendable {
    let identifier: pid_t
    private let ended: Task<Int32, any Error>
    private let capture: TemporaryFolder

    fileprivate init(
      _ program: String, _ arguments: [String], in folder: TemporaryFolder, environment: [String: String],
      printingTo output: String?
    ) throws {
      let capture = try TemporaryFolder()
      let process = Process()
      process.executableURL = Program.folder.appendingPathComponent(program)
      process.arguments = arguments
      process.currentDirectoryURL = URL(fileURLWithPath: folder.path)
      // A crash is to end at once, without a search for symbols.
      process.environment = ProcessInfo.processInfo.environment
        .merging(["SWIFT_BACKTRACE": "enable=no"]) { $1 }.merging(environment) { $1 }
      process.standardInput = FileHandle.nullDevice
      let captured = try capture.newFile("output")
      let printed = output.flatMap(FileHandle.init(forWritingAtPath:)) ?? captured
      let errors = try capture.newFile("errors")
      (process.standardOutput, process.standardError) = (printed, errors)
      let (statuses, status) = AsyncStream.makeStream(of: Int32.self)
      process.terminationHandler = { process in
        let isSignal = process.terminationReason == .uncaughtSignal
        status.yield(isSignal ? -process.terminationStatus : process.terminationStatus)
        status.finish()
      }
      try withUnblockedSignals { try process.run() }
      // The program has its own. These would stay open, and with more than some 1300 open files Foundation's search for the
      // largest of them, in `Process.run()`, reads beyond a buffer.
      for file in [captured, printed, errors] { try file.close() }
      identifier = process.processIdentifier
      self.capture = capture
      ended = Task { await statuses.first { _ in true } ?? 0 }
    }

    /// Sends a signal as soon as `isDue`. Blocks, as a suspended test could be resumed when the program has ended.
    func send(_ signal: Int32, when isDue: () -> Bool) {
      while kill(identifier, 0) == 0, !isDue() { usleep(1000) }
      kill(identifier, signal)
    }

    /// Waits for the end.
    func outcome() async throws -> Outcome {
      let status = try await ended.value
      return Outcome(
        status: status, output: try capture.text("output"), errors: try capture.text("errors"))
    }
  }

  /// Starts the program, or another one that is built beside it, with changes to the environment; what it prints is
  /// captured, or goes to `output`.
  static func start(
    _ arguments: [String], in folder: TemporaryFolder, environment: [String: String] = [:],
    printingTo output: String? = nil, program: String = "brunel-lfp"
  ) throws -> Run {
    try Run(program, arguments, in: folder, environment: environment, printingTo: output)
  }

  /// The same with arguments separated by spaces.
  static func start(
    _ arguments: String, in folder: TemporaryFolder, environment: [String: String] = [:],
    printingTo output: String? = nil, program: String = "brunel-lfp"
  ) throws -> Run {
    try start(
      arguments.split(separator: " ").map(String.init), in: folder, environment: environment,
      printingTo: output, program: program)
  }

  /// Runs the program to its end.
  static func run(_ arguments: [String], in folder: TemporaryFolder) async throws -> Outcome {
    try await start(arguments, in: folder).outcome()
  }

  /// Runs the program to its end, with arguments separated by spaces.
  static func run(
    _ arguments: String, in folder: TemporaryFolder, environment: [String: String] = [:],
    program: String = "brunel-lfp"
  ) async throws -> Outcome {
    try await start(arguments, in: folder, environment: environment, program: program).outcome()
  }
}
