import Foundation
import RandomStreams
import SpectralAnalysis
import Testing

@Suite("Measurements of spectra")
struct SpectralMeasurementTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let parameters: MeasurementParameters
    let contacts: Int
    let recordings: Int

    init(
      _ name: String, contacts: Int = 2, recordings: Int = 2000,
      _ change: (inout MeasurementParameters) -> Void
    ) {
      testDescription = name
      self.recordings = recordings
      var parameters = MeasurementParameters()
      change(&parameters)
      self.parameters = parameters
      self.contacts = contacts
    }
  }

  /// Noise of 1 µV rms on potentials of as much, so that products of both matter.
  static let cases = [
    Case("white noise") { $0.noise = Level(1) },
    // Nine processes take their time.
    Case("background", recordings: 1000) { $0.background = Level(1.5) },
    Case("bipolar reference", contacts: 3) { ($0.noise, $0.reference) = (Level(1), .bipolar) },
    Case("average reference", contacts: 3) { ($0.noise, $0.reference) = (Level(1), .average) },
    // What a steeper filter lets through near 500 Hz is less than what the window leaks.
    Case("filters") { ($0.noise, $0.highPass, $0.lowPass, $0.lowPassOrder) = (Level(1), 5, 300, 2) },
    // As much noise by rounding as by the amplifier.
    Case("converter") { ($0.noise, $0.converterStep) = (Level(0.6), 2) },
  ]

  /// Ranges of the bins 1 … 149, by their places.
  private static let groups = [3..<50, 50..<100, 100..<149]

  private func ratio(_ x: [Double], _ y: [Double], _ group: Range<Int>, channels: Int) -> Double {
    var sum = 0.0
    for channel in 0..<channels {
      for bin in group { sum += x[channel * 149 + bin] / y[channel * 149 + bin] }
    }
    return sum / Double(channels * group.count)
  }

  @Test("Mean, variance and correlations are those of recordings in time", arguments: cases)
  func inTime(_ `case`: Case) throws {
    let compared = try ComparedRecordings(
      `case`.parameters, recordings: `case`.recordings, contacts: `case`.contacts)
    let (time, spectra) = (compared.inTime, compared.ofSpectra)
    // Two channels of 2000 recordings: the ratio of variances in a single bin is known to 3.4 %, averaged over some fifty
    // of them, which share some of their noise, to 0.6 %; that of means to a third of it.
    for group in Self.groups {
      let mean = ratio(spectra.means, time.means, group, channels: time.channels)
      let variance = ratio(spectra.variances, time.variances, group, channels: time.channels)
      #expect(abs(mean - 1) < 0.02, "mean in \(group)")
      #expect(abs(variance - 1) < 0.02, "variance in \(group)")
    }
    // Single bins near frequency 0, whose width is large beside their frequency.
    for bin in 0..<3 {
      let mean = ratio(spectra.means, time.means, bin..<bin + 1, channels: time.channels)
      let variance = ratio(spectra.variances, time.variances, bin..<bin + 1, channels: time.channels)
      #expect(abs(mean - 1) < 0.04, "mean in bin \(bin + 1)")
      #expect(abs(variance - 1) < 0.15, "variance in bin \(bin + 1)")
    }
    // Without the first pair: what detrending does to bin 1 makes its correlation 0.55.
    let inner = 1..<148
    let bins = (time.correlationOfBins(inner), spectra.correlationOfBins(inner))
    #expect(abs(bins.0 - bins.1) < 0.03)
    #expect(abs(bins.0 - 0.458) < 0.01)
    let channels = (time.correlationOfChannels(inner), spectra.correlationOfChannels(inner))
    // Deviations from a mean of three share a quarter of their noise, which the model leaves out.
    let isAverage = `case`.parameters.reference == .average
    #expect(abs(channels.0 - channels.1) < (isAverage ? 0.3 : 0.03))
  }

  @Test("Mains add their power at their frequencies, and products with potential and noise")
  func mains() throws {
    let mains = Case("mains") { ($0.noise, $0.mains, $0.mainsHarmonics) = (Level(1), Level(0.5), 2) }
    let compared = try ComparedRecordings(mains.parameters, recordings: 1500, contacts: 2)
    // 50 Hz and 100 Hz are bins 15 and 30.
    for bin in [14, 29] {
      let mean = ratio(compared.ofSpectra.means, compared.inTime.means, bin - 1..<bin + 2, channels: 2)
      let variance = ratio(
        compared.ofSpectra.variances, compared.inTime.variances, bin..<bin + 1, channels: 2)
      #expect(abs(mean - 1) < 0.02)
      // Products of a tone and noise agree between segments more than those of noise, for which the model takes them: what
      // is missing of the variance at 50 Hz is a fifth, without them a half.
      #expect(variance > 0.7 && variance < 1.1, "variance in bin \(bin + 1)")
    }
  }

  @Test("Levels and gains differ between recordings as they do in time")
  func levelsAndGains() throws {
    let settings = Case("levels") {
      ($0.noise, $0.gain, $0.channelGain) = (Level(0.5...2), 3, 1)
    }
    let compared = try ComparedRecordings(settings.parameters, recordings: 1500, contacts: 2)
    let (time, spectra) = (compared.inTime, compared.ofSpectra)
    let mean = ratio(spectra.means, time.means, 0..<149, channels: 2)
    let density = ratio(spectra.meanDensities, time.meanDensities, 0..<149, channels: 2)
    let variance = ratio(spectra.variances, time.variances, 0..<149, channels: 2)
    let channels = (time.correlationOfChannels(0..<149), spectra.correlationOfChannels(0..<149))
    // Levels and gains are drawn anew for both, so that the power of noise deviates by nearly its own size: 1500
    // recordings know its mean to 3 % and its variance, which depends on the strongest, to 6 %.
    #expect(abs(mean - 1) < 0.1)
    #expect(abs(density - 1) < 0.06)
    #expect(abs(variance - 1) < 0.2)
    #expect(abs(channels.0 - channels.1) < 0.06)
  }

  private func recorded(
    _ parameters: MeasurementParameters, _ densities: [Float], key: StreamKey = StreamKey(seed: 1),
    bins: [Int] = Array(1...149)
  ) throws -> [Float] {
    var densities = densities
    let measurement = SpectralMeasurement(
      parameters, welch: try Welch(segmentLength: 300, samplingRate: 1000), samples: 2850, bins: bins,
      contacts: 2, reference: .none)
    densities.withUnsafeMutableBufferPointer { measurement.record($0.baseAddress!, key: key) }
    return densities
  }

  @Test("Without noise only filters and gains change densities")
  func noNoise() throws {
    let densities = (0..<298).map { Float(1e-9) * Float(1 + $0 % 149) }
    #expect(try recorded(MeasurementParameters(), densities) == densities)
    var parameters = MeasurementParameters()
    (parameters.gain, parameters.channelGain) = (3, 1)
    let amplified = try recorded(parameters, densities)
    for channel in 0..<2 {
      let factor = amplified[channel * 149] / densities[channel * 149]
      #expect(abs(10 * log10(factor)) <= 4)
      for bin in 0..<149 {
        #expect(abs(amplified[channel * 149 + bin] / densities[channel * 149 + bin] / factor - 1) < 1e-6)
      }
    }
    var filtered = MeasurementParameters()
    (filtered.highPass, filtered.lowPass, filtered.lowPassOrder) = (10, 200, 2)
    let passed = try recorded(filtered, densities)
    for bin in [20, 60, 100] {
      let frequency = Double(bin + 1) / 300
      let expected =
        CascadedFilter(highPass: 0.01, order: 1).power(at: frequency)
        * CascadedFilter(lowPass: 0.2, order: 2).power(at: frequency)
      // The gain of a bin is an average over its width.
      #expect(abs(Double(passed[bin] / densities[bin]) / expected - 1) < 0.005)
    }
  }

  @Test("Equal keys repeat every bit, others have other noise; densities stay positive")
  func keys() throws {
    var parameters = MeasurementParameters()
    (parameters.noise, parameters.background) = (Level(0.5...2), Level(1))
    let densities = (0..<298).map { Float($0 % 7) * 1e-9 }
    let first = try recorded(parameters, densities)
    #expect(try recorded(parameters, densities) == first)
    let other = try recorded(parameters, densities, key: StreamKey(seed: 2))
    #expect(zip(first, other).allSatisfy { $0 != $1 })
    #expect(first.allSatisfy { $0 > 0 && $0.isFinite })
    // Frequency 0 and half the sampling rate are as good as others.
    let all = try recorded(parameters, [Float](repeating: 1e-9, count: 302), bins: Array(0...150))
    #expect(all.allSatisfy { $0 > 0 && $0.isFinite })
  }
}
