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
    let status = status(of: error)
    if let status {
      for line in "\(error)".split(separator: "\n") {
        StandardError.write("brunel-lfp: \(line)\n")
      }
      Foundation.exit(status)
    }
    // Help, version and errors of the command line are ArgumentParser's.
    BrunelLFP.exit(withError: error)
  }

  private static func status(of error: any Error) -> Int32? {
    switch error {
    case let interrupted as Interruption.Interrupted: interrupted.exitStatus
    case let error as HDF5Error: storageStatus(of: error)
    case FileError.missing: EX_NOINPUT
    case FileError.exists, FileError.cannotCreate: EX_CANTCREAT
    case ScratchFileError.cannotCreate: EX_CANTCREAT
    case is FileError, is ScratchFileError: EX_IOERR
    case is ParameterError, is WelchError, is KernelError: EX_CONFIG
    case let error as MorphologyError: error.reason == .unreadable ? EX_NOINPUT : EX_DATAERR
    case is CommandLineProblem: EX_USAGE
    case is SlurmError: EX_UNAVAILABLE
    case is any ParsableArguments, is CleanExit, is ValidationError, is ExitCode: nil
    default: "\(type(of: error))".hasPrefix("CommandError") ? nil : EX_DATAERR
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
