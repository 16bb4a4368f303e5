import Foundation
import NeuralEngineering
import RandomStreams
import Testing

@Suite("Why populations go ahead")
struct LeadTests {
  /// While J changes slowly, a spike tells J as it was τ − S/(e^{S/τ} − 1) before, S = T − t_ref, and stands for an interval T whose
  /// middle lies T/2 before it: the rate goes ahead by T/2 − τ + S/(e^{S/τ} − 1).
  private func lead(period: Double, _ neuron: LeakyNeuron) -> Double {
    let (tau, rise) = (neuron.membraneTimeConstant, period - neuron.refractoryPeriod)
    return period / 2 - tau + rise / expm1(rise / tau)
  }

  @Test("neurons that fire with period T go ahead by T/2 − τ + S/(exp(S/τ) − 1)", arguments: [15.0, 30, 60])
  func period(rate: Double) throws {
    let neuron = LeakyNeuron(timeStep: 0.0001)
    var random = StreamKey(seed: 8).generator()
    // Rates that depend little on x, and differ a little, so that spikes do not come together.
    let population = try Population(
      neuron: neuron, encoders: (0..<1000).map { $0 % 2 == 0 ? 1 : -1 },
      intercepts: Array(repeating: -9, count: 1000),
      maximumRates: (0..<1000).map { _ in rate * random.uniform(in: 0.9..<1.1) })
    let curves = TuningCurves(of: population, at: TuningCurves.samples(50))
    let decoders = try Decoders(
      curves, of: curves.samples, solver: .ridge(noise: 0.1), timeStep: neuron.timeStep)
    let synapse = ExponentialSynapse(timeConstant: 0.1, timeStep: neuron.timeStep)
    let other = try Population(neuron: neuron, encoders: [1], intercepts: [0], maximumRates: [50])
    let populations = CoupledPopulations(
      a: population, b: other, decodersA: decoders.weights, decodersB: [0], synapse: synapse)
    let input = (0..<120_000).map { sin(Double($0) * neuron.timeStep) }
    let run = populations.run(input: input)
    // The first two seconds are those in which spikes still come together.
    let error = SignalError(
      of: Array(run.decodedByA[20_000...]), from: Array(synapse.filtered(input)[20_000...]),
      timeStep: neuron.timeStep)
    let meanPeriod = 120_000 * neuron.timeStep * Double(population.count) / Double(run.spikeCounts.a)
    let (found, expected) = (try #require(error.lead), lead(period: meanPeriod, neuron))
    #expect(abs(found / expected - 1) < 0.1, "\(found) \(expected)")
  }
}
