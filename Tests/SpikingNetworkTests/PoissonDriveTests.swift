import Foundation
import RandomStreams
import SpikingNetwork
import TestSupport
import Testing

@Suite("Poisson drive")
struct PoissonDriveTests {
  /// Counts of `steps` steps of all neurons of `blocks` blocks of 256, step by step.
  private func counts(
    mean: Double, blocks: Int, steps: Int, seed: UInt64 = 1, instructions: InstructionSet = .chosen
  ) throws -> [UInt16] {
    let drive = PoissonDrive(
      table: try PoissonTable(mean: mean), neurons: 256 * blocks, key: StreamKey(seed: seed))
    let lines = (blocks + 1) / 2
    let counts = AlignedArray<UInt16>(repeating: 0, count: lines * NeuronLine.size)
    return (0..<steps).flatMap { step in
      for line in 0..<lines {
        drive.draw(
          step: step, line: line, to: counts.pointer + line * NeuronLine.size, instructions: instructions)
      }
      return Array(UnsafeBufferPointer(start: counts.pointer, count: 256 * blocks))
    }
  }

  @Test(
    "Counts are those of the words by definition, those beyond all cells included",
    arguments: [
      0.01, 0.2, 1, 2, 8, 20, 100, 1000, 4096,
    ])
  func equalsDefinition(mean: Double) throws {
    let blocks = 3, steps = 400
    let drawn = try counts(mean: mean, blocks: blocks, steps: steps)
    for instructions in InstructionSet.available {
      let again = try counts(mean: mean, blocks: blocks, steps: steps, instructions: instructions)
      let areEqual = again == drawn
      #expect(areEqual, "\(instructions)")
    }
    var reference = try ReferenceDrive(mean: mean, blocks: blocks, key: StreamKey(seed: 1))
    for step in 0..<steps {
      let row = drawn[(step * blocks * 256)..<((step + 1) * blocks * 256)]
      #expect(row.map { Int($0) } == reference.counts(step: step))
    }
    // A word lies beyond all cells with a probability of at least 2⁻¹⁶.
    #expect(reference.undecided > 0)
  }

  @Test("Counts follow the Poisson distribution", arguments: [0.01, 0.1, 0.2, 0.5, 1, 2, 4, 8, 12.5, 20])
  func distribution(mean: Double) throws {
    let drawn = try counts(mean: mean, blocks: 40, steps: 1000)
    var histogram = [Int](repeating: 0, count: 128)
    for count in drawn { histogram[Int(count)] += 1 }
    let n = Double(drawn.count)
    // Exact probabilities, the tails collected into cells that expect at least ten draws.
    let probabilities = histogram.indices.map { exp(Double($0) * log(mean) - mean - lgamma(Double($0) + 1)) }
    let first = try #require(probabilities.firstIndex { $0 * n >= 10 })
    let last = try #require(probabilities.lastIndex { $0 * n >= 10 })
    var observed = Array(histogram[first...last]), expected = probabilities[first...last].map { $0 * n }
    observed[0] += histogram[..<first].reduce(0, +)
    expected[0] += probabilities[..<first].reduce(0, +) * n
    observed[last - first] += histogram[(last + 1)...].reduce(0, +)
    expected[last - first] += probabilities[(last + 1)...].reduce(0, +) * n
    #expect(drawn.count > 10_000_000)
    #expect(chiSquareDeviate(observed, expected: expected) < 4)
  }

  @Test("Counts of different neurons and different steps are uncorrelated")
  func independence() throws {
    let blocks = 2, steps = 4000
    let drawn = try counts(mean: 2, blocks: blocks, steps: steps).map(Double.init)
    // Neighbours, neurons of the same and of other vector lanes and blocks, successive steps.
    let step = blocks * 256
    for lag in [1, 2, 4, 8, 16, 32, 64, 128, 256, step, step + 1, 2 * step, 15 * step] {
      let r = correlation(drawn.dropLast(lag), drawn.dropFirst(lag))
      #expect(abs(r) < 4 / Double(drawn.count - lag).squareRoot(), "lag \(lag)")
    }
  }

  @Test("Another key gives unrelated counts")
  func keys() throws {
    let first = try counts(mean: 2, blocks: 1, steps: 4000).map(Double.init)
    let second = try counts(mean: 2, blocks: 1, steps: 4000, seed: 2).map(Double.init)
    #expect(abs(correlation(first[...], second[...])) < 4 / Double(first.count).squareRoot())
  }
}
