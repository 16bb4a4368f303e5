import Foundation
import Statistics

/// Whether a spectrum lies within those of simulations whose parameters were drawn from its estimate: a posterior predictive
/// check.
///
/// Levels are means of the logarithm of the density over octaves of frequency; what is compared are those of each channel,
/// the differences of neighbouring channels, and those of neighbouring octaves. A simulation with other parameters has other
/// estimates too, so that each of them is taken for what it would be at the estimates from the recording, by a linear
/// regression on the estimates from the simulations (``LocalPrediction``). All probabilities are combined by the Cauchy
/// combination (Liu & Xie 2020, doi:10.1080/01621459.2018.1554485), which dependence between them hardly affects.
package struct PredictiveCheck: Sendable, Equatable {
  /// What is compared.
  package enum Quantity: Sendable, Equatable {
    /// The level of a channel in a band.
    case level
    /// The level of the next channel less that of a channel.
    case nextChannel
    /// The level in the next band less that in a band.
    case nextBand
  }

  /// One number of a spectrum among those of the simulations.
  package struct Comparison: Sendable, Equatable {
    package let quantity: Quantity
    /// From 0.
    package let channel: Int
    /// From 0.
    package let band: Int
    /// Two-sided: that of a number as far from those of the simulations.
    package let probability: Double
  }

  /// Number of simulations.
  package let simulations: Int
  /// The first and the last frequency of each band, in Hz.
  package let bands: [ClosedRange<Double>]
  /// By quantity, channel and band.
  package let comparisons: [Comparison]
  /// All combined: the probability by which a spectrum like those of the simulations lies as far from them.
  package let probability: Double

  /// The least number of simulations that a regression on three parameters can do with.
  package static let leastSimulations = 10
  /// Larger probabilities count as this in the combination, which they would spoil otherwise.
  private static let largestProbability = 0.99
  /// The lower ends of bands in Hz; the first one has all frequencies below.
  private static let edges = [0, 10.0, 20, 40, 80, 160, 320]

  /// A spectrum with the estimates that are made from it.
  package struct Sample: Sendable, Equatable {
    /// Decadic logarithms of densities, [channel][frequency].
    package let logSpectrum: [Float]
    /// [parameter], in any units.
    package let estimates: [Double]

    /// Both parts.
    package init(logSpectrum: [Float], estimates: [Double]) {
      (self.logSpectrum, self.estimates) = (logSpectrum, estimates)
    }
  }

  /// Compares spectra.
  ///
  /// - Parameters:
  ///   - recorded: The spectrum in question.
  ///   - simulated: Those of at least ``leastSimulations`` simulations, more than there are parameters by 2 at least.
  ///   - frequencies: In Hz; the density at 0 is left out, as trends are subtracted.
  package init(recorded: Sample, simulated: [Sample], frequencies: [Double]) {
    precondition(simulated.count >= Self.leastSimulations, "enough simulations")
    let size = recorded.logSpectrum.count
    precondition(simulated.allSatisfy { $0.logSpectrum.count == size }, "as many densities")
    let places = Self.places(frequencies)
    bands = places.map { frequencies[$0.first!]...frequencies[$0.last!] }
    simulations = simulated.count
    let own = Self.quantities(recorded.logSpectrum, places, width: frequencies.count)
    let others = simulated.map { sample in
      Self.quantities(sample.logSpectrum, places, width: frequencies.count).map(\.value)
    }
    let prediction = LocalPrediction(at: recorded.estimates, from: simulated.map(\.estimates))
    comparisons = own.enumerated().map { index, number in
      Comparison(
        quantity: number.quantity, channel: number.channel, band: number.band,
        probability: prediction.probability(of: number.value, among: others.map { $0[index] }))
    }
    probability = Self.combined(comparisons.map(\.probability))
  }

  /// Comparisons whose probability is below `level` divided by their number, the least probable first.
  package func outliers(level: Double) -> [Comparison] {
    comparisons.filter { $0.probability < level / Double(comparisons.count) }
      .sorted { $0.probability < $1.probability }
  }

  /// The positions of frequencies in each band that has any.
  private static func places(_ frequencies: [Double]) -> [[Int]] {
    edges.indices.map { band in
      frequencies.indices.filter { index in
        let frequency = frequencies[index]
        return frequency > 0 && frequency >= edges[band]
          && (band + 1 == edges.count || frequency < edges[band + 1])
      }
    }.filter { !$0.isEmpty }
  }

  /// What is compared of a spectrum.
  private static func quantities(
    _ spectrum: [Float], _ places: [[Int]], width: Int
  ) -> [(quantity: Quantity, channel: Int, band: Int, value: Double)] {
    let levels = stride(from: 0, to: spectrum.count, by: width).map { start in
      places.map { bins in bins.reduce(0) { $0 + Double(spectrum[start + $1]) } / Double(bins.count) }
    }
    let positions = levels.indices.flatMap { channel in places.indices.map { (channel, $0) } }
    return positions.map { (.level, $0, $1, levels[$0][$1]) }
      + positions.filter { $0.0 + 1 < levels.count }.map {
        (.nextChannel, $0, $1, levels[$0 + 1][$1] - levels[$0][$1])
      }
      + positions.filter { $0.1 + 1 < places.count }.map {
        (.nextBand, $0, $1, levels[$0][$1 + 1] - levels[$0][$1])
      }
  }

  private static func combined(_ probabilities: [Double]) -> Double {
    let sum = probabilities.reduce(0) { $0 + tan((0.5 - min($1, largestProbability)) * .pi) }
    // 1/2 − atan(x)/π without its loss of digits for large x.
    return atan2(1, sum / Double(probabilities.count)) / .pi
  }
}

/// By channel and band, and by channel or band and the next one; bands in Hz.
extension PredictiveCheck: Encodable {
  enum CodingKeys: String, CodingKey {
    case simulations, levels
    case probability = "p"
    case bands = "bands_Hz"
    case nextChannel = "next_channel"
    case nextBand = "next_band"
  }

  package func encode(to encoder: any Encoder) throws {
    func matrix(_ quantity: Quantity) -> [[Double]] {
      Dictionary(grouping: comparisons.filter { $0.quantity == quantity }, by: \.channel).sorted {
        $0.key < $1.key
      }.map { $0.value.map(\.probability) }
    }
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(simulations, forKey: .simulations)
    try container.encode(probability, forKey: .probability)
    try container.encode(bands.map { [$0.lowerBound, $0.upperBound] }, forKey: .bands)
    try container.encode(matrix(.level), forKey: .levels)
    try container.encode(matrix(.nextChannel), forKey: .nextChannel)
    try container.encode(matrix(.nextBand), forKey: .nextBand)
  }
}
