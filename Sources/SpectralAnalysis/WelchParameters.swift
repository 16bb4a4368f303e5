import ParameterChecks

/// Segments of Welch's estimate in units of time: the section `spectra` of a configuration. Defaults are those of Skaar et
/// al. 2020.
public struct WelchParameters: Sendable, Equatable {
  /// Length of a segment, in ms.
  public var segment = 300
  /// Overlap of consecutive segments, in ms.
  public var overlap = 150

  /// The segments of the paper.
  public init() {}

  /// Notes everything that is wrong.
  public func check(_ rules: inout ParameterRules) {
    rules.require(segment, atLeast: 2, "spectra.segment_ms")
    rules.require(overlap, atLeast: 0, "spectra.overlap_ms")
    rules.require(
      overlap < segment, "spectra.overlap_ms", with: ["spectra.segment_ms"], "is not shorter than a segment",
      got: overlap, expected: "less than segment_ms = \(segment)")
  }
}

extension Welch {
  /// An estimator for signals of `samplingRate` Hz with Hann windows and the mean removed.
  ///
  /// - Throws: `WelchError` if a segment has no sample, or the rate is impossible.
  public init(_ parameters: WelchParameters, samplingRate: Double) throws(WelchError) {
    func samples(_ milliseconds: Int) -> Int {
      Int(exactly: (Double(milliseconds) * samplingRate / 1000).rounded()) ?? 0
    }
    try self.init(
      segmentLength: samples(parameters.segment), samplingRate: samplingRate,
      overlap: samples(parameters.overlap))
  }
}
