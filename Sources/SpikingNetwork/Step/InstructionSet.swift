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
  public static let chosen: InstructionSet = (try? named()) ?? available.last!

  /// The one that the environment names, if it names any.
  ///
  /// - Throws: ``UnknownInstructionSet`` if the name is none of this machine's.
  public static func named() throws(UnknownInstructionSet) -> InstructionSet? {
    guard let name = ProcessInfo.processInfo.environment[UnknownInstructionSet.variable], !name.isEmpty else {
      return nil
    }
    guard let found = available.first(where: { $0.description.lowercased() == name.lowercased() }) else {
      throw UnknownInstructionSet(name: name)
    }
    return found
  }

  /// Its name: `baseline`, `AVX2` or `AVX-512`.
  public var description: String { String(cString: kernels.name) }
}

/// A name in the environment that is no instruction set of this machine.
public struct UnknownInstructionSet: Error, CustomStringConvertible {
  static let variable = "BRUNEL_LFP_INSTRUCTIONS"

  /// The name given.
  public let name: String

  /// What is wrong, in one line.
  public var description: String {
    let names = InstructionSet.available.map(\.description).joined(separator: ", ")
    return "\(Self.variable): is no instruction set of this machine (got \(name), expected one of \(names))"
  }
}
