import NeuralEngineering
import Numerics
import Testing

@Suite("Decoders")
struct DecoderTests {
  private func curves(_ rates: [[Double]]) -> TuningCurves {
    TuningCurves(
      samples: TuningCurves.samples(rates[0].count),
      rates: Matrix(rows: rates.count, columns: rates[0].count, rates.flatMap { $0 }))
  }

  @Test("of curves that span the values give them back")
  func exact() throws {
    let decoders = try Decoders(
      curves([[0, 10, 20, 30], [30, 20, 10, 0]]), of: [-30, -10, 10, 30], solver: .pseudoInverse,
      timeStep: 0.001)
    #expect(abs(decoders.weights[0] - 1000) < 1e-9 && abs(decoders.weights[1] + 1000) < 1e-9)
    #expect(decoders.residual < 1e-12 && abs(decoders.largest - 1000) < 1e-9)
  }

  @Test("of a silent neuron are 0, and equal neurons share")
  func degenerate() throws {
    let decoders = try Decoders(
      curves([[0, 10, 20], [0, 0, 0], [0, 10, 20]]), of: [0, 20, 40], solver: .pseudoInverse, timeStep: 1)
    for (weight, expected) in zip(decoders.weights, [1.0, 0, 1]) { #expect(abs(weight - expected) < 1e-12) }
    for solver in [DecoderSolver.pseudoInverse, .ridge(noise: 0.1)] {
      let silent = try Decoders(curves([[0, 0], [0, 0]]), of: [1, 3], solver: solver, timeStep: 1)
      #expect(silent.weights == [0, 0] && abs(silent.residual - 5.0.squareRoot()) < 1e-15)
    }
  }

  @Test("with a ridge minimise the error under noise")
  func ridge() throws {
    // One neuron: d = Σ a f/(Σ a² + S (0.1 max a)²).
    let decoders = try Decoders(
      curves([[10, 20]]), of: [1, 2], solver: .ridge(noise: 0.1), timeStep: 0.5)
    #expect(abs(decoders.weights[0] - 50.0 / (500 + 2 * 4) / 0.5) < 1e-15)
    let plain = try Decoders(curves([[10, 20]]), of: [1, 2], solver: .ridge(noise: 1e-9), timeStep: 0.5)
    #expect(abs(plain.weights[0] - 0.2) < 1e-12)
  }

  @Test("that do not exist are errors")
  func errors() {
    #expect(throws: DecoderError.singular(noise: 1e-300)) {
      try Decoders(curves([[1, 2], [1, 2]]), of: [1, 2], solver: .ridge(noise: 1e-300), timeStep: 1)
    }
    #expect(throws: DecoderError.overflow) {
      try Decoders(curves([[1e-3, 0]]), of: [1e308, 0], solver: .pseudoInverse, timeStep: 0.001)
    }
  }
}
