import Foundation
import NeuralEngineering

/// The arrays of `Reference/golden_run.json`; see `golden_run.py` for how they were made.
struct GoldenRun: Sendable {
  private struct Array: Decodable {
    let type: String
    let shape: [Int]
    let base64: Data
  }

  private let arrays: [String: Array]

  /// Read once; every test that needs it fails if it cannot be read.
  static let shared = Result { try GoldenRun() }

  private init() throws {
    let url = Bundle.module.url(forResource: "golden_run", withExtension: "json", subdirectory: "Reference")!
    arrays = try JSONDecoder().decode([String: Array].self, from: Data(contentsOf: url))
  }

  /// Thrown where an array is not there, or is of another type.
  struct Missing: Error { let name: String }

  /// An array of 64-bit numbers, row by row.
  func doubles(_ name: String) throws -> [Double] {
    try values(name, "float64", as: UInt64.self).map(Double.init(bitPattern:))
  }

  /// An array of counts, row by row.
  func counts(_ name: String) throws -> [Int] { try values(name, "uint16", as: UInt16.self).map(Int.init) }

  private func values<Word: FixedWidthInteger>(_ name: String, _ type: String, as: Word.Type) throws -> [Word]
  {
    guard let array = arrays[name], array.type == type,
      array.base64.count == array.shape.reduce(MemoryLayout<Word>.size, *)
    else { throw Missing(name: name) }
    return array.base64.withUnsafeBytes { bytes in
      (0..<bytes.count / MemoryLayout<Word>.size).map {
        Word(littleEndian: bytes.loadUnaligned(fromByteOffset: $0 * MemoryLayout<Word>.size, as: Word.self))
      }
    }
  }

  /// The spikes of a population in order of time.
  func spikes(_ name: String) throws -> [CoupledPopulations.Spike] {
    let numbers = try counts("spikes_\(name)")
    return stride(from: 0, to: numbers.count, by: 2).map { .init(step: numbers[$0], neuron: numbers[$0 + 1]) }
  }

  /// Population `a` or `b`, from its drawn values.
  func population(_ name: String) throws -> Population {
    try Population(
      neuron: LeakyNeuron(), encoders: doubles("encoder_\(name)"), intercepts: doubles("intercept_\(name)"),
      maximumRates: doubles("max_rate_\(name)"))
  }

  /// Both populations with stored decoders.
  func populations() throws -> CoupledPopulations {
    CoupledPopulations(
      a: try population("a"), b: try population("b"), decodersA: try doubles("decoder_a x^2"),
      decodersB: try doubles("decoder_b"), synapse: ExponentialSynapse(timeConstant: 0.1, timeStep: 0.001))
  }
}
