import Foundation
import NeuralEngineering
import RandomStreams
import Testing

@Suite("Populations")
struct PopulationTests {
  private static let neuron = LeakyNeuron()

  @Test(
    "a neuron begins to fire at its intercept, and reaches its maximum rate at 1",
    arguments: [-0.9, 0, 0.5, 0.999], [5.0, 25, 100, 499])
  func tuning(intercept: Double, maximumRate: Double) throws {
    let (gain, bias) = try Self.neuron.gainAndBias(intercept: intercept, maximumRate: maximumRate)
    #expect(abs(gain * intercept + bias - 1) < 1e-12 * max(1, gain))
    #expect(abs(Self.neuron.rate(current: gain + bias) / maximumRate - 1) < 1e-9)
    #expect(Self.neuron.rate(current: 1) == 0 && Self.neuron.rate(current: -3) == 0)
  }

  @Test("rates, intercepts and encoders that no neuron has are refused")
  func refused() {
    func error(_ intercept: Double, _ rate: Double) -> PopulationError? {
      do {
        _ = try Self.neuron.gainAndBias(intercept: intercept, maximumRate: rate)
        return nil
      } catch { return error }
    }
    for rate in [500.0, 600, 0, -1, .infinity] {
      #expect(error(0, rate) == .maximumRate(rate, limit: 500))
    }
    for intercept in [1.0, 1.5, .infinity, -.infinity] {
      #expect(error(intercept, 50) == .intercept(intercept))
    }
    #expect(error(.nan, 50) != nil && error(0, .nan) != nil)
    #expect(throws: PopulationError.encoder(0.5)) {
      try Population(neuron: Self.neuron, encoders: [1, 0.5], intercepts: [0, 0], maximumRates: [50, 50])
    }
  }

  @Test(
    "the refractory period is counted in steps, whatever quotients are rounded to",
    arguments: [
      (0.001, 0.002, 2), (0.001, 0.003, 3), (0.0001, 0.0007, 7), (0.0001, 0.001, 10), (0.001, 0.0025, 3),
      (0.001, 0.0001, 1),
    ])
  func refractorySteps(timeStep: Double, period: Double, steps: Int) {
    let neuron = LeakyNeuron(timeStep: timeStep, refractoryPeriod: period)
    #expect(neuron.refractorySteps == steps)
  }

  @Test("a neuron far above threshold fires once in each refractory period and step")
  func fastest() throws {
    let population = try Population(
      neuron: Self.neuron, encoders: [1], intercepts: [0.9999], maximumRates: [499])
    let curves = TuningCurves(measuring: population, at: [1], steps: 300) { _ in [0] }
    // Two steps of rest, and one in which it fires.
    #expect(abs(curves.rates[0, 0] * 0.3 - 100) < 1e-12)
  }

  @Test(
    "counted spikes follow the theory within one spike, and never exceed it by more where steps are short")
  func measuredCurves() throws {
    let neuron = LeakyNeuron(timeStep: 0.00001)
    let population = try Population(
      PopulationParameters(neurons: 20, maximumRates: 25...75), neuron: neuron, key: StreamKey(seed: 5))
    let samples = TuningCurves.samples(5)
    let theory = TuningCurves(of: population, at: samples)
    let measured = TuningCurves(measuring: population, at: samples, steps: 50_000, key: StreamKey(seed: 6))
    for (rate, expected) in zip(measured.rates.elements, theory.rates.elements) {
      #expect(abs(rate - expected) <= 2 + 0.002 * expected)
    }
    #expect(theory.rates.elements.contains { $0 > 20 })
  }

  @Test("draws follow their laws, and depend on the key alone")
  func draws() throws {
    let parameters = PopulationParameters(neurons: 4000, intercepts: -0.5...1, maximumRates: 50...100)
    func drawn(_ seed: UInt64) throws -> Population {
      try Population(parameters, neuron: Self.neuron, key: StreamKey(seed: seed))
    }
    let population = try drawn(1)
    #expect(try population == drawn(1) && population != drawn(2))
    func mean(_ values: [Double]) -> Double { values.reduce(0, +) / Double(values.count) }
    func standardError(_ width: Double) -> Double { width / (12 * 4000.0).squareRoot() }
    #expect(abs(mean(population.encoders)) < 3 / 4000.0.squareRoot())
    #expect(abs(mean(population.intercepts) - 0.25) < 3 * standardError(1.5))
    #expect(abs(mean(population.maximumRates) - 75) < 3 * standardError(50))
    #expect(population.intercepts.allSatisfy { $0 >= -0.5 && $0 < 1 })
    #expect(population.maximumRates.allSatisfy { $0 >= 50 && $0 < 100 })
    let same = PopulationParameters(neurons: 3, intercepts: 0.2...0.2, maximumRates: 60...60)
    let equal = try Population(same, neuron: Self.neuron, key: StreamKey(seed: 1))
    #expect(equal.intercepts == [0.2, 0.2, 0.2] && equal.maximumRates == [60, 60, 60])
  }

  @Test("samples go from -1 to just below 1")
  func samples() {
    #expect(TuningCurves.samples(4) == [-1, -0.5, 0, 0.5])
    let samples = TuningCurves.samples(100)
    #expect(samples.count == 100 && samples[1] == -0.98 && abs(samples[99] - 0.98) < 1e-15)
  }
}
