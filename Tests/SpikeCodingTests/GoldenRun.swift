import Foundation
import SpikeCoding

/// A run by NumPy, see Reference/README.md.
struct GoldenRun {
  private struct Entry: Decodable {
    let offset, count: Int
    let type: String
    let shape: [Int]
  }
  private struct Run: Decodable { let arrays: [String: Entry] }
  private struct Index: Decodable { let one_population, two_populations: Run }

  private let entries: [String: Entry]
  private let bytes: Data

  static func onePopulation() throws -> GoldenRun { try GoldenRun("one_population", \.one_population) }
  static func twoPopulations() throws -> GoldenRun { try GoldenRun("two_populations", \.two_populations) }

  private init(_ name: String, _ run: KeyPath<Index, Run>) throws {
    func contents(_ name: String, _ ending: String) throws -> Data {
      try Data(
        contentsOf: Bundle.module.url(forResource: name, withExtension: ending, subdirectory: "Reference")!)
    }
    entries = try JSONDecoder().decode(Index.self, from: contents("reference", "json"))[keyPath: run].arrays
    bytes = try contents(name, "bin")
  }

  /// The numbers of an array in C order.
  func array(_ name: String) -> [Double] {
    let entry = entries[name]!
    return bytes.withUnsafeBytes { bytes in
      func read<Number>(_ type: Number.Type, _ convert: (Number) -> Double) -> [Double] {
        (0..<entry.count).map {
          convert(
            bytes.loadUnaligned(
              fromByteOffset: entry.offset + $0 * MemoryLayout<Number>.size, as: Number.self))
        }
      }
      return switch entry.type {
      case "int16": read(Int16.self) { Double($0) }
      case "float32": read(Float.self) { Double($0) }
      default: read(Double.self) { $0 }
      }
    }
  }

  /// Steps whose voltages are kept: the first ones, then each fiftieth.
  static func isKept(_ step: Int, first: Int) -> Bool { step < first || (step + 1) % 50 == 0 }
}

/// The largest difference between two lists.
func largestDifference(_ a: some Collection<Double>, _ b: some Collection<Double>) -> Double {
  guard a.count == b.count else { return .infinity }
  return zip(a, b).reduce(0) { max($0, abs($1.0 - $1.1)) }
}

/// Noise of a golden run: numbers of `neurons` each for voltages and thresholds in each step.
struct RecordedNoise: NoiseSource {
  private let voltage, threshold: [Double]
  private let neurons: Int
  private var step = 0, block = 0

  init(neurons: Int, voltage: [Double], threshold: [Double]) {
    (self.neurons, self.voltage, self.threshold) = (neurons, voltage, threshold)
  }

  mutating func next() -> (voltage: SIMD8<Double>, threshold: SIMD8<Double>) {
    var (xi, zeta) = (SIMD8<Double>.zero, SIMD8<Double>.zero)
    for lane in 0..<min(8, neurons - 8 * block) {
      xi[lane] = voltage[step * neurons + 8 * block + lane]
      zeta[lane] = threshold[step * neurons + 8 * block + lane]
    }
    block += 1
    if 8 * block >= neurons { (step, block) = (step + 1, 0) }
    return (xi, zeta)
  }
}
