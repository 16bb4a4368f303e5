import Configuration
import Foundation
import SpikingNetwork

/// What theory says of a network: its stationary rates, how irregularly neurons fire, and which oscillations grow.
package struct NetworkTheory: Sendable, Encodable {
  /// One stationary state.
  package struct Solution: Sendable, Encodable {
    /// In Hz.
    package let rate: Double
    /// In Hz on the time grid of a simulation; nil where the correction leads to another number of states.
    package let rateOnGrid: Double?
    /// Of the interspike intervals.
    package let coefficientOfVariation: Double
    /// Mean input in mV above rest.
    package let mean: Double
    /// Its standard deviation in mV, Brunel's σ.
    package let deviation: Double
    /// By how much a neuron's rate follows that of its inputs.
    package let slope: Double
    /// Eigenvalues with a positive real part.
    package let unstableModeCount: Int
    /// The oscillations that grow: frequency in Hz, growth in 1/s.
    package let unstableModes: [Mode]
    /// Where a perturbation comes back in phase: frequency in Hz, loop gain.
    package let zeroPhases: [ZeroPhase]

    /// A growing perturbation.
    package struct Mode: Sendable, Encodable {
      /// In Hz.
      package let frequency: Double
      /// In 1/s.
      package let growth: Double

      enum CodingKeys: String, CodingKey {
        case frequency = "frequency_Hz"
        case growth = "growth_per_s"
      }
    }

    /// A frequency of zero phase.
    package struct ZeroPhase: Sendable, Encodable {
      /// In Hz.
      package let frequency: Double
      /// Above 1 an oscillation grows.
      package let gain: Double

      enum CodingKeys: String, CodingKey {
        case frequency = "frequency_Hz"
        case gain = "loop_gain"
      }
    }

    enum CodingKeys: String, CodingKey {
      case rate = "rate_Hz"
      case rateOnGrid = "rate_on_grid_Hz"
      case coefficientOfVariation = "cv"
      case mean = "mu_mV"
      case deviation = "sigma_mV"
      case slope
      case unstableModeCount = "unstable_eigenvalues"
      case unstableModes = "unstable_modes"
      case zeroPhases = "zero_phases"
    }
  }

  /// External rate relative to threshold.
  package let eta: Double
  /// Relative strength of inhibition.
  package let g: Double
  /// Excitatory efficacy in mV.
  package let J: Double
  /// Time step of the grid in ms.
  package let timeStep: Double
  /// Up to where oscillations are looked for, in Hz.
  package let highestFrequency: Double
  /// All stationary states, in the order of their rates.
  package let solutions: [Solution]
  /// What a user should know.
  package let notices: [String]

  enum CodingKeys: String, CodingKey {
    case eta, g, J, solutions, notices
    case timeStep = "dt_ms"
    case highestFrequency = "highest_frequency_Hz"
  }

  /// The theory of a network that is simulated in steps of `timeStep` ms, with oscillations up to a frequency in Hz.
  package init(_ network: NetworkParameters, timeStep: Double, highestFrequency: Double) {
    (eta, g, J) = (network.eta, network.g, network.efficacy)
    self.timeStep = timeStep
    self.highestFrequency = highestFrequency
    let theory = MeanField(network)
    let states = theory.states
    let onGrid = MeanField(network, timeStep: timeStep).rates
    solutions = states.enumerated().map { index, state in
      let stability = LinearStability(theory, state, highestFrequency: highestFrequency)
      return Solution(
        rate: state.rate, rateOnGrid: onGrid.count == states.count ? onGrid[index] : nil,
        coefficientOfVariation: state.coefficientOfVariation, mean: state.mean, deviation: state.deviation,
        slope: state.slope, unstableModeCount: stability.unstableModeCount,
        unstableModes: stability.unstableModes.map { .init(frequency: $0.frequency, growth: $0.growth) },
        zeroPhases: stability.zeroPhases.map { .init(frequency: $0.frequency, gain: $0.gain) })
    }
    notices = Self.notices(network)
  }

  private static func notices(_ network: NetworkParameters) -> [String] {
    let notices = [
      "theory takes neurons to be independent and inputs to be white: simulated neurons fire more regularly (a CV of 0.42 for 0.68 at"
        + " eta 2, g 5, J 0.1), and rates are off by up to 16 % where networks oscillate (docs/single-neurons.md)"
    ]
    return notices + simplifications(of: network)
  }

  /// What of the networks of a study theory leaves out, in one line each.
  package static func simplifications(of configuration: StudyConfiguration) -> [String] {
    let highest = configuration.sampling.drawn.dimensions.map(\.upper)
    return simplifications(of: configuration.network(with: highest))
  }

  /// What of a network theory leaves out, in one line each.
  static func simplifications(of network: NetworkParameters) -> [String] {
    var lines: [String] = []
    if network.spread != NetworkSpread() {
      lines.append("network.spread: theory has all neurons and delays at their nominal values")
    }
    if network.synapticTimeConstant > 0 {
      lines.append(
        "network.tau_syn_ms: theory has delta synapses; with synaptic currents rates, irregularity and stability differ"
      )
    }
    return lines
  }

  /// For people: a line for each state, and below it what grows.
  package var text: String {
    solutions.map { solution in
      let rate = String(format: "%.5g", solution.rate)
      let onGrid = solution.rateOnGrid.map { String(format: " (%.4g on the grid)", $0) } ?? ""
      let line = String(
        format: "rate %@ Hz%@  CV %.3f  mu %.2f mV  sigma %.2f mV  slope %.3f", rate, onGrid,
        solution.coefficientOfVariation, solution.mean, solution.deviation, solution.slope)
      return ([line] + lines(solution)).joined(separator: "\n")
    }.joined(separator: "\n")
  }

  private func lines(_ solution: Solution) -> [String] {
    let modes = solution.unstableModes.map { mode in
      mode.frequency == 0
        ? String(format: "  tips over: grows by e in %.3g ms", 1000 / mode.growth)
        : String(
          format: "  oscillates at %.1f Hz, growing by e in %.3g ms", mode.frequency, 1000 / mode.growth)
    }
    let phases = solution.zeroPhases.map { String(format: "%.1f Hz: %.3f", $0.frequency, $0.gain) }
    return (solution.unstableModeCount == 0 ? ["  stable"] : modes)
      + (phases.isEmpty ? [] : ["  loop gain at zero phase: " + phases.joined(separator: ", ")])
  }
}
