import CNetworkStep
import Foundation

/// An instruction set that the time step is compiled for. All give the same results.
public struct InstructionSet: @unchecked Sendable, CustomStringConvertible {
  // Functions and a name that last as long as the program.
  let kernels: network_kernels

  /// Those that this machine has, the plainest first.
  public static let available: [InstructionSet] = (0...).lazy
    .map { network_kernels_at(Int32($0)) }.prefix { $0 != nil }
    .map { InstructionSet(kernels: $0!.pointee) }

  /// The one that simulations use: the last of ``available``, or what the environment's `BRUNEL_LFP_INSTRUCTIONS` names.
  public static let chosen: InstructionSet = {
    let name = ProcessInfo.processInfo.environment["BRUNEL_LFP_INSTRUCTIONS"]
    return available.first { $0.description == name } ?? available.last!
  }()

  /// Its name: `baseline`, `AVX2` or `AVX-512`.
  public var description: String { String(cString: kernels.name) }
}
