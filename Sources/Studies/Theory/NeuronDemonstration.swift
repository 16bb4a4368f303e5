import DurableFiles
import Figures
import Foundation
import SingleNeuron
import StudyFigures

/// What lectures show of a single neuron, with the numbers of the lectures.
package enum NeuronDemonstration: String, Sendable, CaseIterable {
  /// Potential, current, threshold and spikes under currents above and below threshold, by Euler's method.
  case traces
  /// Spikes in 20 s under five currents.
  case spikes
  /// The tuning curve of 101 currents beside the closed form.
  case tuningCurve = "tuning-curve"
  /// A rate neuron beside a spiking one, under a slow and a fast input.
  case rateNeuron = "rate-neuron"

  /// What was shown, in numbers.
  package struct Summary: Sendable, Encodable {
    /// What is counted or compared.
    package let quantity: String
    /// Values by what they belong to.
    package let values: [Row]

    /// One value.
    package struct Row: Sendable, Encodable {
      /// What it belongs to, such as a current.
      package let input: String
      /// The value.
      package let value: Double
    }

    /// For people, a line for each value.
    package var text: String {
      values.map { "\($0.input)  \(String(format: "%g", $0.value)) \(quantity)" }.joined(separator: "\n")
    }
  }

  /// Runs the demonstration and draws it, if there is a path; throws if that exists.
  package func run(figure path: String?) throws -> Summary {
    if let path { try AtomicFile.requireCreatable(path) }
    let (figure, summary) =
      switch self {
      case .traces: Self.traces()
      case .spikes: Self.spikes()
      case .tuningCurve: Self.tuningCurve()
      case .rateNeuron: Self.rateNeuron()
      }
    if let path { try AtomicFile.write(figure.svg, to: path) }
    return summary
  }

  /// Currents of 1.1 and 0.95; τ of 200 ms and of 20 ms, as code and text of the lecture notes have it.
  private static func traces() -> (Figure, Summary) {
    var panels: [MembraneTraceFigure.Trace] = []
    var rows: [Summary.Row] = []
    for tau in [200.0, 20] {
      for current in [1.1, 0.95] {
        let neuron = LIFNeuron.dimensionless(membraneTimeConstant: tau, refractoryPeriod: 200)
        var state = EulerNeuron(neuron, timeStep: 1)
        var (potential, spikes) = ([Double](), [Double]())
        for step in 0..<19_000 {
          if state.step(current: current) { spikes.append(Double(step) / 1000) }
          potential.append(state.potential)
        }
        let shown = 3000
        panels.append(
          .init(
            title: "I = \(current), τ = \(Int(tau)) ms", time: (0..<shown).map { Double($0) / 1000 },
            potential: Array(potential.prefix(shown)), current: current, threshold: neuron.threshold,
            spikeTimes: spikes.filter { $0 < Double(shown) / 1000 }))
        rows.append(.init(input: "I = \(current), tau = \(Int(tau)) ms", value: Double(spikes.count)))
      }
    }
    return (
      MembraneTraceFigure(traces: panels).figure, Summary(quantity: "spikes in 19 s", values: rows)
    )
  }

  private static func spikes() -> (Figure, Summary) {
    let neuron = LIFNeuron.dimensionless(membraneTimeConstant: 20, refractoryPeriod: 200)
    let trains = [1.000_000_1, 1.1, 10, 100, 0.8].map { current in
      var state = EulerNeuron(neuron, timeStep: 1)
      let steps = (0..<20_000).filter { _ in state.step(current: current) }
      return (current: current, times: steps.map { Double($0) / 1000 })
    }
    let figure = SpikeTrainFigure(
      trains: trains.map {
        .init(label: "I = \(String(format: "%.8g", $0.current)): \($0.times.count) spikes", times: $0.times)
      },
      duration: 20
    ).figure
    return (
      figure,
      Summary(
        quantity: "spikes in 20 s",
        values: trains.map {
          .init(input: "I = \(String(format: "%.8g", $0.current))", value: Double($0.times.count))
        })
    )
  }

  private static func tuningCurve() -> (Figure, Summary) {
    let neuron = LIFNeuron.dimensionless(membraneTimeConstant: 300, refractoryPeriod: 200)
    let currents = (0...100).map { Double($0) / 10 }
    let simulated = currents.map {
      Double(Integrator.euler.spikeCount(neuron, current: $0, duration: 10_000, timeStep: 1)) / 10
    }
    let rates = currents.map(neuron.rate)
    let largest = zip(simulated, rates).map { abs($0 - $1) }.max() ?? 0
    let figure = CurrentCurveFigure(
      curves: [.init(label: nil, currents: currents, rates: rates, simulated: simulated)],
      limit: neuron.highestRate, currentLabel: "input"
    ).figure
    return (
      figure,
      Summary(
        quantity: "Hz",
        values: [
          .init(input: "largest difference from the closed form", value: largest),
          .init(input: "rate at I = 10", value: simulated.last ?? 0),
          .init(input: "1/t_ref", value: neuron.highestRate),
        ])
    )
  }

  private static func rateNeuron() -> (Figure, Summary) {
    let neuron = LIFNeuron()
    let inputs: [(name: String, frequency: Double, shown: Double)] = [
      ("slow, 1 Hz", 1, 1000), ("fast, 40 Hz", 40, 250),
    ]
    let comparisons = inputs.map { input in
      RateCoding(neuron, duration: 4000, timeStep: 0.1) {
        1 + 0.4 * sin(2 * Double.pi * input.frequency * $0 / 1000)
      }
    }
    let figure = RateNeuronFigure(
      columns: zip(inputs, comparisons).map { input, coding in
        let window = 1000...(1000 + input.shown)
        // A thousand of them.
        let all = coding.times.indices.filter { window.contains(coding.times[$0]) }
        let steps = stride(from: 0, to: all.count, by: max(1, all.count / 1000)).map { all[$0] }
        let intervalRate = coding.intervalRate
        func shown(_ values: [Double]) -> [Double] { steps.map { values[$0] } }
        return .init(
          title: input.name, time: shown(coding.times), current: shown(coding.current),
          rate: shown(coding.rate), intervalRate: shown(intervalRate), potential: shown(coding.potential),
          spikeTimes: coding.spikeTimes.filter { window.contains($0) })
      }
    ).figure
    return (
      figure,
      Summary(
        quantity: "of the mean rate is the rms difference of 1/interval from the rate neuron",
        values: zip(inputs, comparisons).map { .init(input: $0.name, value: $1.deviation) })
    )
  }
}
