import Foundation
import RandomStreams
import SpikeCoding

/// A network of two populations with what the panels of Fig. 4C and D show.
struct BalancedStage: Sendable {
  let network: BalancedNetwork
  /// One second of random input.
  let run: BalancedTestRun
  /// First signal and its estimate from excitatory spikes, [step].
  let signal, estimate: [Double]
  /// Currents of the excitatory neuron that fires most.
  let excitatory, inhibitory: [Double]
  let tuning: (E: TuningCurves, I: TuningCurves)

  init(_ network: BalancedNetwork, _ experiment: BalancedExperiment, key: StreamKey) {
    let parameters = network.parameters, noise = SmoothedNoise(experiment.input, signals: parameters.signals)
    let traceKey = key.derived(.codingTest, 1_000)
    let piece = noise.sequence(key: traceKey, steps: Int((1000 / parameters.timeStep).rounded()))
    let run = BalancedTestRun(network, piece, key: traceKey.derived(.codingNoise))
    let decoders = BalancedDecoders(network, noise, steps: experiment.test.fittingSteps, key: key)
    func first(_ values: [Double]) -> [Double] {
      stride(from: 0, to: values.count, by: parameters.signals).map { values[$0] }
    }
    self.network = network
    self.run = run
    signal = first(piece.filtered(parameters))
    estimate = first(decoders.E.estimates(run.E))
    let counts = run.E.counts()
    let busiest = counts.indices.max { counts[$0] < counts[$1] } ?? 0
    (excitatory, inhibitory) = run.currents(of: busiest, network, network.weights, piece)
    tuning = network.tuningCurves(experiment.test, key: key)
  }
}
