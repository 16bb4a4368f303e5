import Foundation
import NeuralEngineering
import Statistics

/// The error of one kind of network over several seeds.
package struct RepeatNEF {
  /// The figures of the errors.
  package struct Summary: Sendable, Codable {
    /// The function of x.
    package let function: String
    /// The input, a function of t.
    package let input: String
    /// Number of neurons of A and of B.
    package let neuronsA, neuronsB: Int
    /// The first seed; the others follow.
    package let seed: UInt64
    /// Root mean square of output − ideal, by seed.
    package let rms: [Double]
    /// Their mean, median, least and largest.
    package let mean, median, least, largest: Double
    /// Mean of the errors that are left without the lead.
    package let meanWithoutLead: Double
    /// Mean time in ms by which the output, A and B go ahead; nil where that is constant.
    package let lead, leadOfA, leadOfB: Double?
    /// Mean error of what A's tuning curves tell of the samples.
    package let decodingError: Double
    /// The largest decoder of A by magnitude.
    package let largestDecoder: Double
    /// What a user should know.
    package let notes: [String]

    enum CodingKeys: String, CodingKey {
      case function, input, seed, rms, notes
      case neuronsA = "neurons_A"
      case neuronsB = "neurons_B"
      case mean = "rms_mean"
      case median = "rms_median"
      case least = "rms_min"
      case largest = "rms_max"
      case meanWithoutLead = "rms_without_lead"
      case lead = "lead_ms"
      case leadOfA = "lead_A_ms"
      case leadOfB = "lead_B_ms"
      case decodingError = "decoding_rms_A"
      case largestDecoder = "largest_decoder_A"
    }

    /// For people.
    package var text: String {
      func milliseconds(_ value: Double?) -> String { value.map { String(format: "%.1f ms", $0) } ?? "none" }
      return String(
        format: """
          error   %.4f on average over %d seeds, median %.4f, from %.4f to %.4f (root mean squares)
          lead    %@, of which A %@ and B %@; %.4f without it
          A       decoders up to %.3g, wrong by %.4f
          """, mean, rms.count, median, least, largest, milliseconds(lead), milliseconds(leadOfA),
        milliseconds(leadOfB), meanWithoutLead, largestDecoder, decodingError)
    }
  }

  /// Runs networks with `count` seeds from that of the parameters on.
  ///
  /// - Throws: `ParameterError`, `ValueError`, `DecoderError`.
  package static func run(
    _ parameters: NEFParameters, function: Formula, input: Formula, count: Int, isQuiet: Bool
  ) throws -> Summary {
    Interruption.letWorkFinish()
    let progress = Progress("nef", total: count, unit: "seeds", isQuiet: isQuiet)
    var (runs, residuals, largest): ([NEFRun.Errors], [Double], Double) = ([], [], 0)
    for index in 0..<count {
      try Interruption.check("stopped after \(index) of \(count) seeds")
      var seeded = parameters
      seeded.seed &+= UInt64(index)
      let network = try NEFNetwork(seeded, function: function)
      runs.append(try network.run(input: input).errors)
      residuals.append(network.decodersA.residual)
      largest = max(largest, network.decodersA.largest)
      progress.advance()
    }
    progress.finish()
    func lead(_ error: KeyPath<NEFRun.Errors, SignalError>) -> Double? {
      let leads = runs.compactMap { $0[keyPath: error].lead }
      return leads.count == count ? 1000 * Moments(leads).mean : nil
    }
    let rms = runs.map(\.output.rms)
    let sorted = rms.sorted()
    return Summary(
      function: function.description, input: input.description, neuronsA: parameters.a.neurons,
      neuronsB: parameters.b.neurons, seed: parameters.seed, rms: rms, mean: Moments(rms).mean,
      median: quantile(0.5, of: sorted), least: sorted[0], largest: sorted[count - 1],
      meanWithoutLead: Moments(runs.map(\.output.rmsWithoutLead)).mean, lead: lead(\.output),
      leadOfA: lead(\.a), leadOfB: lead(\.b), decodingError: Moments(residuals).mean,
      largestDecoder: largest, notes: parameters.notes)
  }
}
