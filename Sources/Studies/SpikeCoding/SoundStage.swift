import Foundation
import Numerics
import RandomStreams
import SpikeCoding

/// One network of a ``SoundExperiment`` with its answers to both sounds.
struct SoundStage: Sendable {
  /// Where stretches of sound come from.
  struct Sounds: Sendable {
    let first, new, both: SpectrogramInput
  }

  /// The answer to a stretch of sound.
  struct Response: Sendable {
    /// Signals and estimates, [step][signal].
    let signals, estimates: [Double]
    let trains: SpikeTrains
    /// Sums of positive and of negative currents, filtered with λ, averaged over neurons, and the total of one neuron, [step].
    let excitatory, inhibitory, total: [Double]
    /// Error and rate in Hz over the stretch.
    let error, rate: Double
    /// Variance of the total current over that of its excitatory part, averaged over neurons: small where both cancel.
    let imbalance: Double
  }

  let name: String
  let weights: CodingWeights
  let decoder: Decoder
  let first, new: Response

  /// - Parameter knowsNew: Whether the decoder is fitted to both sounds.
  init(
    _ name: String, _ network: CodingNetwork, _ sounds: Sounds, knowsNew: Bool, _ test: TestParameters,
    key: StreamKey
  ) {
    self.name = name
    weights = network.weights
    let decoder = network.decoder(
      Stretches(of: knowsNew ? sounds.both : sounds.first), steps: test.fittingSteps, key: key)
    self.decoder = decoder
    func response(_ input: SpectrogramInput, _ index: UInt64) -> Response {
      let testKey = key.derived(.codingTest, 100 + index)
      let piece = input.sequence(key: testKey, steps: test.steps)
      return Response(network, decoder, piece, key: testKey.derived(.codingNoise))
    }
    first = response(sounds.first, 0)
    new = response(sounds.new, 1)
  }

  /// Long inputs put together from stretches, so that decoders hear both sounds.
  private struct Stretches: InputSource {
    let source: SpectrogramInput

    init(of source: SpectrogramInput) { self.source = source }

    func sequence(key: StreamKey, steps: Int?) -> InputSequence {
      let count = steps ?? 1_000
      let pieces = stride(from: 0, to: count, by: 1_000).map {
        source.sequence(key: key.derived(.codingInput, UInt64($0)), steps: min(1_000, count - $0))
      }
      return InputSequence(signals: pieces[0].signals, currents: pieces.flatMap(\.currents))
    }
  }

  /// The stage's numbers.
  struct Numbers: Encodable {
    let name: String
    let errorFirst, errorNew, rateFirst, rateNew, imbalanceFirst, imbalanceNew: Double

    enum CodingKeys: String, CodingKey {
      case name
      case errorFirst = "error_first"
      case errorNew = "error_new"
      case rateFirst = "rate_first_Hz"
      case rateNew = "rate_new_Hz"
      case imbalanceFirst = "imbalance_first"
      case imbalanceNew = "imbalance_new"
    }
  }

  var numbers: Numbers {
    Numbers(
      name: name, errorFirst: first.error, errorNew: new.error, rateFirst: first.rate, rateNew: new.rate,
      imbalanceFirst: first.imbalance, imbalanceNew: new.imbalance)
  }
}

extension SoundStage.Response {
  init(_ network: CodingNetwork, _ decoder: Decoder, _ piece: InputSequence, key: StreamKey) {
    let parameters = network.parameters, weights = network.weights
    let run = TestRun(network, piece, key: key), n = parameters.neurons, m = parameters.signals
    signals = piece.filtered(parameters)
    trains = run.trains
    estimates = decoder.estimates(trains)
    error = decoder.error(trains, signals: signals).relative
    rate = trains.rate(stepInSeconds: parameters.stepInSeconds)
    var spikes = [Int](repeating: -1, count: piece.steps + 1)
    for (time, source) in zip(trains.times, trains.sources) { spikes[Int(time) + 1] = Int(source) }
    var sums = [SIMD2<Double>](repeating: .zero, count: n)
    var mean: [SIMD2<Double>] = [], one: [Double] = []
    // Sums of the total, its square, the excitatory part and its square, [neuron].
    var moments = [SIMD4<Double>](repeating: .zero, count: n)
    for step in 0..<piece.steps {
      var average = SIMD2<Double>.zero
      for neuron in 0..<n {
        let drive =
          (0..<m).reduce(0.0) {
            $0 + weights.feedforward[neuron, $1] * piece.currents[step * m + $1]
          } * parameters.stepInSeconds
        let kick = spikes[step] >= 0 ? weights.recurrent[neuron, spikes[step]] : 0
        sums[neuron] *= 1 - parameters.leakPerStep
        for jump in [drive, kick] { sums[neuron][jump > 0 ? 0 : 1] += jump }
        let total = sums[neuron][0] + sums[neuron][1]
        moments[neuron] += SIMD4(total, total * total, sums[neuron][0], sums[neuron][0] * sums[neuron][0])
        average += sums[neuron] / Double(n)
      }
      mean.append(average)
      one.append(sums[0][0] + sums[0][1])
    }
    excitatory = mean.map { $0[0] }
    inhibitory = mean.map { $0[1] }
    total = one
    let steps = Double(piece.steps)
    let ratios = moments.map { s in
      (s[1] / steps - (s[0] / steps) * (s[0] / steps)) / (s[3] / steps - (s[2] / steps) * (s[2] / steps))
    }.filter(\.isFinite)
    imbalance = ratios.reduce(0, +) / Double(max(1, ratios.count))
  }
}

/// All numbers of a ``SoundExperiment``.
struct SoundNumbers: Encodable, Sendable {
  let stages: [SoundStage.Numbers]

  /// A table for people.
  var text: String {
    let head = "network      error first  new     rate/Hz first    new   imbalance first   new"
    let rows = stages.map { s in
      s.name.padding(toLength: 11, withPad: " ", startingAt: 0)
        + String(
          format: " %11.4f %8.4f %12.2f %8.2f %14.4f %8.4f", s.errorFirst, s.errorNew, s.rateFirst, s.rateNew,
          s.imbalanceFirst, s.imbalanceNew)
    }
    return ([head] + rows).joined(separator: "\n")
  }
}
