import DurableFiles
import Foundation
import RandomStreams
import SingleNeuron
import Statistics

extension StreamPurpose {
  fileprivate static let currentCurve = StreamPurpose("f-I curve")
}

/// The f–I curve of a neuron: its rate against the current, in theory and simulated, without noise and with it.
package struct CurrentCurve: Sendable, Encodable {
  /// What is computed.
  package struct Options: Sendable {
    /// The neuron.
    package var neuron = LIFNeuron()
    /// The currents in nA, in increasing order.
    package var currents: [Double] = []
    /// A parameter and the values that it takes in one curve each.
    package var varied: (parameter: NeuronParameter, values: [Double])?
    /// σ of white noise in mV; nil for a constant current.
    package var noise: Double?
    /// How spikes are counted; nil for theory alone.
    package var integrator: Integrator?
    /// Jump in mV of the Poisson inputs that noise is simulated with.
    package var jump = 0.1
    /// Simulated time for each current, in s; with noise of eight neurons.
    package var duration = 10.0
    /// Time step of grids in ms.
    package var timeStep = 0.1
    /// Seed of the Poisson inputs.
    package var seed: UInt64 = 1

    /// The curve of the network's neuron.
    package init() {}

    /// The neurons, one for each curve.
    package var neurons: [LIFNeuron] {
      guard let varied else { return [neuron] }
      return varied.values.map { value in
        var neuron = neuron
        neuron[varied.parameter] = value
        return neuron
      }
    }

    /// In ms.
    package var shortestTimeConstant: Double { neurons.map(\.membraneTimeConstant).min() ?? 0 }

    /// The size in mV of the largest Poisson inputs of these means and this deviation; nil without noise.
    package var largestJump: Double? {
      guard let noise else { return nil }
      let means = neurons.flatMap { neuron in currents.map { abs(neuron.resistance * $0) } }
      return noise * noise / (means.max() ?? 0)
    }
  }

  /// One current.
  package struct Point: Sendable, Encodable {
    /// In nA.
    package let current: Double
    /// In Hz, in theory.
    package let rate: Double
    /// Of the interspike intervals, in theory; nil without noise.
    package let coefficientOfVariation: Double?
    /// In Hz, by simulation; nil if that has too few spikes.
    package let simulatedRate: Double?
    /// Standard error of that rate in Hz; nil without noise.
    package let simulatedError: Double?

    enum CodingKeys: String, CodingKey {
      case current = "I_nA"
      case rate = "rate_Hz"
      case coefficientOfVariation = "cv"
      case simulatedRate = "simulated_rate_Hz"
      case simulatedError = "simulated_rate_se_Hz"
    }
  }

  /// The points of one neuron.
  package struct Curve: Sendable, Encodable {
    /// The value of the parameter that varies; nil if none does.
    package let value: Double?
    /// In nA.
    package let rheobase: Double
    /// 1/t_ref in Hz.
    package let highestRate: Double
    /// By current.
    package let points: [Point]

    enum CodingKeys: String, CodingKey {
      case value, points
      case rheobase = "rheobase_nA"
      case highestRate = "highest_rate_Hz"
    }
  }

  /// Name of the parameter that varies; nil if none does.
  package let varied: String?
  /// One for each of its values.
  package let curves: [Curve]

  enum CodingKeys: String, CodingKey { case varied, curves }

  /// Computes the curves.
  ///
  /// - Throws: `SamplerError` where Poisson inputs are too many for a grid.
  package init(_ options: Options) throws {
    varied = options.varied?.parameter.rawValue
    curves = try options.neurons.enumerated().map { index, neuron in
      let key = StreamKey(seed: options.seed).derived(.currentCurve, UInt64(index))
      return Curve(
        value: options.varied?.values[index], rheobase: neuron.rheobase, highestRate: neuron.highestRate,
        points: try options.currents.enumerated().map { index, current in
          try Self.point(neuron, current, options, key: key.derived(.currentCurve, UInt64(index)))
        })
    }
  }

  private static func point(
    _ neuron: LIFNeuron, _ current: Double, _ options: Options, key: StreamKey
  ) throws -> Point {
    guard let deviation = options.noise else {
      let count = options.integrator?.spikeCount(
        neuron, current: current, duration: 1000 * options.duration, timeStep: options.timeStep)
      return Point(
        current: current, rate: neuron.rate(current), coefficientOfVariation: nil,
        simulatedRate: count.map { Double($0) / options.duration }, simulatedError: nil)
    }
    let theory = NoisyNeuron(neuron)
    let noise = WhiteNoise(mean: neuron.resistance * current, deviation: deviation)
    let intervals = try options.integrator.map { integrator in
      guard
        let input = PoissonInput(
          noise, jump: options.jump, membraneTimeConstant: neuron.membraneTimeConstant)
      else { preconditionFailure("jumps of at most largestJump") }
      let driven = PoissonDrivenNeuron(neuron, input: input)
      let duration = 1000 * options.duration
      return integrator == .exact
        ? driven.intervals(duration: duration, key: key)
        : try driven.intervals(duration: duration, timeStep: options.timeStep, key: key)
    }
    // Of few, long intervals would be missing.
    let isEnough = (intervals?.count ?? 0) >= 20 * PoissonDrivenNeuron.lanes
    return Point(
      current: current, rate: theory.rate(noise),
      coefficientOfVariation: theory.coefficientOfVariation(noise),
      simulatedRate: isEnough ? intervals?.rate : nil, simulatedError: isEnough ? intervals?.rateError : nil)
  }

  /// One row for each current, a column of rates for each curve.
  package var table: Table {
    func text(_ value: Double?) -> String { value.map { "\($0)" } ?? "" }
    let points = curves.flatMap(\.points)
    let hasVariation = points.contains { $0.coefficientOfVariation != nil }
    let hasSimulation = points.contains { $0.simulatedRate != nil }
    let header =
      (varied.map { [$0] } ?? []) + ["I_nA", "rate_Hz"] + (hasVariation ? ["cv"] : [])
      + (hasSimulation ? ["simulated_rate_Hz"] + (hasVariation ? ["simulated_rate_se_Hz"] : []) : [])
    return Table(
      header: header,
      rows: curves.flatMap { curve in
        curve.points.map { point in
          (curve.value.map { ["\($0)"] } ?? []) + [text(point.current), text(point.rate)]
            + (hasVariation ? [text(point.coefficientOfVariation)] : [])
            + (hasSimulation
              ? [text(point.simulatedRate)] + (hasVariation ? [text(point.simulatedError)] : []) : [])
        }
      })
  }

  /// Throws if files that are to be written exist or cannot be made.
  package static func requireCreatable(table path: String?, figure: String?) throws {
    for path in [path, figure].compactMap({ $0 }) { try AtomicFile.requireCreatable(path) }
  }

  /// Writes a table and a figure; throws if they exist.
  package func write(table path: String?, figure: String?) throws {
    if let path { try AtomicFile.write(table.csv, to: path) }
    if let figure { try AtomicFile.write(self.figure.svg, to: figure) }
  }
}
