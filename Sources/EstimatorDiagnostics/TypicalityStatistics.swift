import ParameterEstimation
import Statistics

/// Whether typicality of samples is uniform, as it is for spectra like those of the training.
package struct TypicalityStatistics: Sendable, Equatable, Encodable {
  /// How many samples have a typicality below a level.
  package struct Share: Sendable, Equatable, Encodable {
    /// The level.
    package let level: Double
    /// The share of samples below it.
    package let observed: Double
  }

  /// Number of samples.
  package let samples: Int
  /// At the levels 1, 5, 10 and 50 %.
  package let below: [Share]
  /// The probability of as large a distance from the uniform distribution by chance (Kolmogorov and Smirnov, of two samples).
  package let probability: Double

  /// Of the typicality of at least one sample, calibrated by a number of others.
  package init(_ typicality: [Double], calibrationSamples: Int) {
    precondition(!typicality.isEmpty, "a sample")
    samples = typicality.count
    below = [0.01, 0.05, 0.1, 0.5].map { level in
      Share(level: level, observed: Double(typicality.count { $0 < level }) / Double(typicality.count))
    }
    probability = KolmogorovSmirnov(uniform: typicality, ranksAmong: calibrationSamples).probability
  }

  /// The share of samples below 5 %.
  package var untypical: Double { below[1].observed }

  /// For people.
  package var formatted: Table {
    Table(
      caption:
        "Share of \(samples) samples whose spectra have a typicality below each level: as large as the level for spectra"
        + " like those of the training. p is that of a distribution as far from uniform by chance, with as many samples here and"
        + " in the calibration (Kolmogorov and Smirnov).",
      header: below.map { "below \(Int(($0.level * 100).rounded())) %" } + ["p"],
      rows: [
        below.map { String(format: "%.1f %%", $0.observed * 100) } + [String(format: "%.3g", probability)]
      ])
  }
}
