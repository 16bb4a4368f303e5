import Numerics
import RandomStreams

extension StreamPurpose {
  static let initialVoltage = StreamPurpose("initial voltage")
}

/// The rates of a population's neurons for some values of x.
package struct TuningCurves: Sendable, Equatable {
  /// The values of x.
  package let samples: [Double]
  /// Rates in Hz, [neuron][sample].
  package let rates: Matrix

  /// `count` values −1, −1 + 2/count, …; 1 is not one of them.
  package static func samples(_ count: Int) -> [Double] {
    (0..<count).map { Double($0) * 2 / Double(count) - 1 }
  }

  /// Rates that are known, in Hz, [neuron][sample].
  package init(samples: [Double], rates: Matrix) {
    precondition(rates.columns == samples.count, "a rate for each sample")
    (self.samples, self.rates) = (samples, rates)
  }

  /// Rates by theory.
  package init(of population: Population, at samples: [Double]) {
    self.samples = samples
    rates = Matrix(
      rows: population.count, columns: samples.count,
      (0..<population.count).flatMap { neuron in
        samples.map {
          population.neuron.rate(
            current: $0 * population.encoders[neuron] * population.gains[neuron] + population.biases[neuron])
        }
      })
  }

  /// Rates counted in a simulation of some steps.
  ///
  /// - Parameter initialVoltages: v of all neurons before the first step, for a sample's index.
  package init(
    measuring population: Population, at samples: [Double], steps: Int, initialVoltages: (Int) -> [Double]
  ) {
    let duration = Double(steps) * population.neuron.timeStep
    var rates = Matrix(rows: population.count, columns: samples.count)
    for (column, x) in samples.enumerated() {
      var membranes = MembraneLanes(population, voltages: initialVoltages(column))
      let counts = membranes.spikeCounts(representing: x, steps: steps)
      for neuron in 0..<population.count { rates[neuron, column] = counts[neuron] / duration }
    }
    self.samples = samples
    self.rates = rates
  }

  /// The same from voltages drawn uniformly between rest and threshold.
  package init(measuring population: Population, at samples: [Double], steps: Int, key: StreamKey) {
    self.init(measuring: population, at: samples, steps: steps) { sample in
      var random = key.derived(.initialVoltage, UInt64(sample)).generator()
      return (0..<population.count).map { _ in random.uniform() }
    }
  }

  /// The curve of one neuron in Hz, [sample].
  package func curve(of neuron: Int) -> ArraySlice<Double> {
    rates.elements[neuron * samples.count..<(neuron + 1) * samples.count]
  }

  /// Neurons that fire for none of the samples: those whose intercepts lie near 1.
  package var silentNeurons: Int {
    (0..<rates.rows).count { neuron in curve(of: neuron).allSatisfy { $0 == 0 } }
  }
}
