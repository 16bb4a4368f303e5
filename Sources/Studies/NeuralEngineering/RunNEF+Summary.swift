import Foundation
import NeuralEngineering

extension RunNEF {
  /// The figures of a run.
  package struct Summary: Sendable, Codable {
    /// One population.
    package struct Population: Sendable, Codable {
      /// Number of neurons.
      package let neurons: Int
      /// Neurons that fire for none of the samples.
      package let silent: Int
      /// Spikes in the run.
      package let spikes: Int
      /// Mean rate in the run in Hz.
      package let rate: Double
      /// Root mean square error of what its tuning curves tell of the samples.
      package let decodingError: Double
      /// The largest decoder by magnitude.
      package let largestDecoder: Double
      /// Root mean square error of what its spikes tell in the run, compared with what they should tell of its own input.
      package let rms: Double
      /// Time in ms by which that goes ahead; nil where it is constant.
      package let lead: Double?

      enum CodingKeys: String, CodingKey {
        case neurons, silent, spikes
        case rate = "rate_Hz"
        case decodingError = "decoding_rms"
        case largestDecoder = "largest_decoder"
        case rms
        case lead = "lead_ms"
      }
    }

    /// The output at one time.
    package struct Sample: Sendable, Codable {
      /// Time in s.
      package let time: Double
      /// The output.
      package let output: Double
      /// What it should be.
      package let ideal: Double

      enum CodingKeys: String, CodingKey {
        case time = "time_s"
        case output, ideal
      }
    }

    /// The function of x.
    package let function: String
    /// The input, a function of t.
    package let input: String
    /// Seed of the random streams.
    package let seed: UInt64
    /// Time steps.
    package let steps: Int
    /// Root mean square of output − ideal over all steps.
    package let rms: Double
    /// Time in ms by which the output goes ahead of the ideal; nil where that is constant.
    package let lead: Double?
    /// The error that is left without the lead.
    package let rmsWithoutLead: Double
    /// The populations.
    package let a, b: Population
    /// The output every 0.5 s.
    package let samples: [Sample]
    /// Seconds for tuning curves and decoders.
    package let buildSeconds: Double
    /// Seconds to simulate.
    package let simulateSeconds: Double
    /// What a user should know.
    package let notes: [String]

    enum CodingKeys: String, CodingKey {
      case function, input, seed, steps, rms
      case lead = "lead_ms"
      case rmsWithoutLead = "rms_without_lead"
      case a = "A"
      case b = "B"
      case samples = "output"
      case buildSeconds = "build_s"
      case simulateSeconds = "simulate_s"
      case notes
    }
  }
}

extension RunNEF.Summary {
  init(
    _ network: NEFNetwork, _ input: Formula, _ run: NEFRun, buildSeconds: Double, simulateSeconds: Double
  ) {
    let parameters = network.parameters
    let duration = Double(parameters.steps) * parameters.neuron.timeStep
    func population(
      _ count: Int, _ curves: TuningCurves, _ decoders: Decoders, spikes: Int, _ error: SignalError
    ) -> Population {
      Population(
        neurons: count, silent: curves.silentNeurons, spikes: spikes,
        rate: Double(spikes) / duration / Double(count), decodingError: decoders.residual,
        largestDecoder: decoders.largest, rms: error.rms, lead: error.lead.map { 1000 * $0 })
    }
    let stride = stride(
      from: 0, to: parameters.steps, by: max(1, Int((0.5 / parameters.neuron.timeStep).rounded())))
    self.init(
      function: network.function.description, input: input.description, seed: parameters.seed,
      steps: parameters.steps, rms: run.errors.output.rms, lead: run.errors.output.lead.map { 1000 * $0 },
      rmsWithoutLead: run.errors.output.rmsWithoutLead,
      a: population(
        parameters.a.neurons, network.curvesA, network.decodersA, spikes: run.activity.spikeCounts.a,
        run.errors.a),
      b: population(
        parameters.b.neurons, network.curvesB, network.decodersB, spikes: run.activity.spikeCounts.b,
        run.errors.b),
      samples: stride.map {
        Sample(time: parameters.time(ofStep: $0), output: run.output[$0], ideal: run.ideal[$0])
      },
      buildSeconds: buildSeconds, simulateSeconds: simulateSeconds,
      notes: parameters.notes + run.notes)
  }

  /// For people: the output every 0.5 s, then what it is worth.
  package var text: String {
    func population(_ name: String, _ p: Population) -> String {
      String(
        format:
          "%@       %d neurons, %d silent; %.1f Hz; decoders up to %.3g, wrong by %.4f; in the run %.4f%@",
        name, p.neurons, p.silent, p.rate, p.largestDecoder, p.decodingError, p.rms,
        p.lead.map { String(format: ", %.1f ms ahead", $0) } ?? "")
    }
    let ahead = lead.map { String(format: ", %.1f ms ahead, %.4f without that", $0, rmsWithoutLead) } ?? ""
    return
      (["t (s)   output   ideal"]
      + samples.map { String(format: "%-7.4g %7.4f %7.4f", $0.time, $0.output, $0.ideal) } + [
        String(format: "error   %.4f (root mean square)%@", rms, ahead), population("A", a),
        population("B", b),
        String(
          format: "time    %.4f s tuning curves and decoders, %.4f s simulation", buildSeconds,
          simulateSeconds),
      ]).joined(separator: "\n")
  }
}
