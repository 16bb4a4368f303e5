import ArgumentParser
import Configuration
import ConvolutionalNetwork
import DurableFiles
import FieldPotential
import Foundation
import HDF5Storage
import ParameterChecks
import Slurm
import SpectralAnalysis
import SpikingNetwork
import Studies

/// How errors become lines on standard error and exit statuses (sysexits.h).
enum Failure {
  /// Says what went wrong and ends the process.
  static func exit(_ error: any Error) -> Never {
    // Help, version and errors of the command line are ArgumentParser's.
    let code = BrunelLFP.exitCode(for: error)
    switch code {
    case .failure:
      for line in "\(error)".split(separator: "\n") { StandardError.write("brunel-lfp: \(line)\n") }
      Foundation.exit(status(of: error))
    case .success:
      do {
        try StandardOutput.write(withExampleLast(BrunelLFP.fullMessage(for: error)) + "\n")
      } catch {
        exit(error)
      }
    default:
      StandardError.write(BrunelLFP.fullMessage(for: error) + "\n")
    }
    Foundation.exit(code.rawValue)
  }

  /// Help with its example at the end; ArgumentParser has room for one above the usage only.
  private static func withExampleLast(_ text: String) -> String {
    let parts = text.components(separatedBy: "\n\nExample:\n")
    guard parts.count == 2, let usage = parts[1].range(of: "\n\nUSAGE:") else { return text }
    let example = parts[1][..<usage.lowerBound]
    return (parts[0] + parts[1][usage.lowerBound...]).trimmingCharacters(in: .newlines)
      + "\n\nEXAMPLE:\n\(example)"
  }

  private static func status(of error: any Error) -> Int32 {
    switch error {
    case let interrupted as Interruption.Interrupted: interrupted.exitStatus
    case let error as HDF5Error: storageStatus(of: error)
    case FileError.missing: EX_NOINPUT
    case FileError.exists, FileError.cannotCreate, is TrainingCheckpointError, is LearningFolderError:
      EX_CANTCREAT
    case ScratchFileError.cannotCreate: EX_CANTCREAT
    case is FileError, is ScratchFileError: EX_IOERR
    case is ParameterError, is WelchError, is KernelError: EX_CONFIG
    case let error as MorphologyError: error.reason == .unreadable ? EX_NOINPUT : EX_DATAERR
    case is CommandLineProblem, is UnknownInstructionSet: EX_USAGE
    case is SlurmError: EX_UNAVAILABLE
    default: EX_DATAERR
    }
  }

  private static func storageStatus(of error: HDF5Error) -> Int32 {
    switch error {
    case .cannotOpen: EX_NOINPUT
    case .cannotCreate, .fileExists: EX_CANTCREAT
    case .writeFailed, .storageFailed, .readFailed: EX_IOERR
    default: EX_DATAERR
    }
  }
}

/// Arguments that are fine one by one but not together, or not here.
struct CommandLineProblem: Error, CustomStringConvertible {
  let description: String
}
