import Foundation
import RandomStreams
import SpectralAnalysis
import TestSupport
import Testing

@Suite("Measurements in time")
struct MeasurementTests {
  private let key = StreamKey(seed: 5)

  private func parameters(_ change: (inout MeasurementParameters) -> Void) -> MeasurementParameters {
    var parameters = MeasurementParameters()
    change(&parameters)
    return parameters
  }

  /// What is recorded of silence, [contact][sample] in µV.
  private func noise(
    _ parameters: MeasurementParameters, samples: Int, contacts: Int = 1, key: StreamKey = StreamKey(seed: 5)
  ) -> [Double] {
    Measurement(parameters, contacts: contacts, key: key)
      .unreferenced([Double](repeating: 0, count: contacts * samples), samplingRate: 1000).map { $0 * 1e3 }
  }

  private static func sine(_ samples: Int) -> [Double] { (0..<samples).map { 0.01 * sin(Double($0)) } }

  @Test("By default what is recorded is the potential")
  func clean() {
    let potentials = Self.sine(60)
    let measurement = Measurement(MeasurementParameters(), contacts: 6, key: key)
    #expect(measurement.recorded(potentials, samplingRate: 1000) == potentials)
    #expect(MeasurementParameters().isClean)
    #expect(parameters { ($0.reference, $0.realisation) = (.bipolar, 3) }.isClean)
    #expect(!parameters { $0.gain = 1 }.isClean)
  }

  @Test("White noise has its rms and no memory")
  func whiteNoise() {
    let count = 100_000
    let x = noise(parameters { $0.noise = Level(2) }, samples: count)
    let variance = x.reduce(0) { $0 + $1 * $1 } / Double(count)
    // Four standard errors of mean, variance and correlation.
    let error = 4 / Double(count).squareRoot()
    #expect(abs(x.reduce(0, +) / Double(count)) < 2 * error)
    #expect(abs(variance / 4 - 1) < error * 2.0.squareRoot())
    for lag in 1...5 { #expect(abs(correlation(x.dropLast(lag), x.dropFirst(lag))) < error) }
  }

  @Test("Background noise has the autocovariance of processes with corners an octave apart")
  func backgroundNoise() throws {
    // Corners at 1, 2 … 256 Hz of equal variance, from many short recordings: the slowest forgets in 160 ms.
    let (recordings, samples) = (4000, 41)
    let lags = [0, 1, 2, 5, 10, 20, 40]
    var sums = [Double](repeating: 0, count: lags.count)
    for recording in 0..<recordings {
      let x = noise(
        parameters { $0.background = Level(3) }, samples: samples, key: StreamKey(seed: UInt64(recording)))
      for (i, lag) in lags.enumerated() { sums[i] += x[0] * x[lag] + x[40] * x[40 - lag] }
    }
    for (lag, sum) in zip(lags, sums) {
      let expected = (0..<9).reduce(0) { $0 + exp(-2 * .pi * Double(1 << $1) * Double(lag) / 1000) } / 9
      // A product of two normal numbers deviates by √2 at most; pairs count as one.
      let error = 4 * (2 / Double(recordings)).squareRoot()
      #expect(abs(sum / Double(2 * recordings) / 9 - expected) < error, "lag \(lag)")
    }
  }

  @Test("Background noise falls as 1/f, within 11 % from 2 Hz to a quarter of the sampling rate")
  func slope() throws {
    // One-sided density of the nine sampled processes, for an rms of 1.
    func expected(_ frequency: Double) -> Double {
      (0..<9).reduce(0) { sum, octave in
        let decay = exp(-2 * .pi * Double(1 << octave) / 1000)
        let distance = 1 - 2 * decay * cos(2 * .pi * frequency / 1000) + decay * decay
        return sum + (1 - decay * decay) / distance
      } * 2 / 9 / 1000
    }
    let products = (2...250).map { Double($0) * expected(Double($0)) }
    let centre = (products.min()! * products.max()!).squareRoot()
    #expect(products.allSatisfy { abs($0 / centre - 1) < 0.11 })

    let x = noise(parameters { $0.background = Level(2) }, samples: 150_000)
    let density = try Welch(segmentLength: 1000, samplingRate: 1000).powerSpectralDensity(of: x)
    for band in [5..<15, 15..<50, 50..<150, 150..<250, 250..<480] {
      let ratio = band.reduce(0) { $0 + density[$1] / 4 / expected(Double($1)) } / Double(band.count)
      // 299 segments, worth some 284, whose neighbouring bins share some: four standard errors.
      #expect(abs(ratio - 1) < 4 * (2 / 284 / Double(band.count)).squareRoot(), "\(band)")
    }
  }

  @Test("Mains have their amplitudes, harmonics 1/n of it, and one phase at all contacts")
  func mains() throws {
    let settings = parameters { ($0.mains, $0.mainsHarmonics) = (Level(4), 20) }
    let x = noise(settings, samples: 1000, contacts: 2)
    #expect(Array(x[..<1000]) == Array(x[1000...]))
    // Amplitudes at multiples of 50 Hz from whole periods; the tenth and later are not below 500 Hz.
    for harmonic in 1...9 {
      var (a, b) = (0.0, 0.0)
      for n in 0..<1000 {
        let angle = 2 * Double.pi * 0.05 * Double(harmonic * n)
        a += x[n] * cos(angle) / 500
        b += x[n] * sin(angle) / 500
      }
      #expect(abs((a * a + b * b).squareRoot() - 4 / Double(harmonic)) < 1e-9)
    }
    let power = x[..<1000].reduce(0) { $0 + $1 * $1 } / 1000
    #expect(abs(power - (1...9).reduce(0) { $0 + 8 / Double($1 * $1) }) < 1e-9)
    // Phases differ from recording to recording.
    let phases = (0..<400 as Range<UInt64>).map { noise(settings, samples: 1, key: StreamKey(seed: $0))[0] }
    #expect(abs(phases.reduce(0, +) / 400) < 4 * (power / 400).squareRoot())
  }

  @Test("Gains are uniform in dB, one of a recording and one of each channel")
  func gains() {
    let settings = parameters { ($0.gain, $0.channelGain) = (3, 1) }
    let decibels = (0..<4000 as Range<UInt64>).map { seed in
      Measurement(settings, contacts: 3, key: StreamKey(seed: seed)).gains.map { 20 * log10($0) }
    }
    // Differences of channels have a triangular distribution: density (2 − |x|)/4.
    let differences = decibels.map { $0[0] - $0[1] }
    #expect(differences.allSatisfy { abs($0) <= 2 + 1e-12 })
    let within = Double(differences.count { abs($0) < 1 }) / 4000
    #expect(abs(within - 0.75) < 4 * (0.75 * 0.25 / 4000).squareRoot())
    #expect(decibels.allSatisfy { $0.allSatisfy { abs($0) <= 4 + 1e-12 } })

    let common = (0..<4000 as Range<UInt64>).map { seed in
      let gains = Measurement(parameters { $0.gain = 3 }, contacts: 3, key: StreamKey(seed: seed)).gains
      #expect(gains[0] == gains[1] && gains[1] == gains[2])
      return 20 * log10(gains[0])
    }
    var histogram = [Int](repeating: 0, count: 20)
    for value in common { histogram[min(19, Int((value + 3) / 6 * 20))] += 1 }
    #expect(common.allSatisfy { abs($0) <= 3 + 1e-12 })
    #expect(chiSquareDeviate(histogram, expected: [Double](repeating: 200, count: 20)) < 4)

    let measurement = Measurement(settings, contacts: 2, key: key)
    let recorded = measurement.recorded(Self.sine(20), samplingRate: 1000)
    for (index, value) in Self.sine(20).enumerated() {
      #expect(abs(recorded[index] - measurement.gains[index / 10] * value) < 1e-15)
    }
  }

  @Test("Levels are log-uniform")
  func levels() {
    #expect(Level(0.5...8).value(at: 0) == 0.5 && abs(Level(0.5...8).value(at: 1) - 8) < 1e-12)
    #expect(abs(Level(0.5...8).value(at: 0.5) - 2) < 1e-12)
    #expect(Level(7).value(at: 0.3) == 7 && Level.zero.value(at: 0.9) == 0)
    var histogram = [Int](repeating: 0, count: 20)
    for seed in 0..<4000 {
      let noise = Measurement(
        parameters { $0.noise = Level(0.1...10) }, contacts: 1, key: StreamKey(seed: UInt64(seed))
      ).noise
      #expect(noise >= 1e-4 && noise < 1e-2)
      histogram[min(19, Int((log10(noise) + 4) * 10))] += 1
    }
    #expect(chiSquareDeviate(histogram, expected: [Double](repeating: 200, count: 20)) < 4)
  }

  @Test("The converter rounds to its step, after gain and filters")
  func converter() {
    let x = Self.sine(500)
    let recorded = Measurement(parameters { $0.converterStep = 0.5 }, contacts: 1, key: key)
      .recorded(x, samplingRate: 1000)
    for (value, potential) in zip(recorded, x) {
      let steps = value / 0.5e-3
      #expect(abs(steps - steps.rounded()) < 1e-9)
      #expect(abs(value - potential) <= 0.25e-3 + 1e-15)
    }
    let all = parameters { ($0.gain, $0.highPass, $0.lowPass) = (3, 2, 200) }
    var stepped = all
    stepped.converterStep = 0.5
    let (smooth, rounded) = (
      Measurement(all, contacts: 1, key: key).recorded(x, samplingRate: 1000),
      Measurement(stepped, contacts: 1, key: key).recorded(x, samplingRate: 1000)
    )
    #expect(rounded == smooth.map { ($0 / 0.5e-3).rounded() * 0.5e-3 })
  }

  @Test("Filters are a high-pass, then a low-pass")
  func filters() {
    let x = Self.sine(300)
    let recorded = Measurement(
      parameters { ($0.highPass, $0.highPassOrder, $0.lowPass, $0.lowPassOrder) = (5, 2, 150, 3) },
      contacts: 2, key: key
    ).recorded(x, samplingRate: 1000)
    for contact in 0..<2 {
      let part = Array(x[contact * 150..<(contact + 1) * 150])
      let high = CascadedFilter(highPass: 0.005, order: 2).applied(to: part)
      let expected = CascadedFilter(lowPass: 0.15, order: 3).applied(to: high)
      // In the cascade the second filter begins at rest, here at the mean of what comes out of the first; it has forgotten
      // that after 80 samples.
      let later = zip(recorded[(contact * 150)...], expected).dropFirst(80)
      #expect(later.allSatisfy { abs($0 - $1) < 1e-12 })
      #expect(abs(recorded[contact * 150] - expected[0]) < 1e-3)
    }
  }

  @Test("References are differences of channels")
  func references() {
    let values: [Double] = [1, 2, 5, 7, 12, 18]
    #expect(Reference.none.applied(to: values, contacts: 3) == values)
    #expect(Reference.bipolar.applied(to: values, contacts: 3) == [-4, -5, -7, -11])
    #expect(Reference.average.applied(to: values, contacts: 3) == [-5, -7, -1, -2, 6, 9])
    #expect(Reference.allCases.map { $0.channels(of: 3) } == [3, 3, 2])
    let settings = parameters { ($0.noise, $0.reference) = (Level(1), .bipolar) }
    let measurement = Measurement(settings, contacts: 3, key: key)
    let unreferenced = measurement.unreferenced(Self.sine(30), samplingRate: 1000)
    let recorded = measurement.recorded(Self.sine(30), samplingRate: 1000)
    #expect(recorded == Reference.bipolar.applied(to: unreferenced, contacts: 3))
  }

  @Test("Relative noise is a share of the rms about the mean over all contacts, beside the absolute")
  func relativeNoise() {
    let (samples, contacts) = (40_000, 2)
    // rms 1 and 7 µV about means that do not count.
    let potentials = (0..<2 * samples).map { i in
      ((i < samples ? 1 : 7) * (i % 2 == 0 ? 1 : -1) + (i < samples ? 100.0 : -30)) * 1e-3
    }
    let settings = parameters { ($0.noise, $0.relativeNoise) = (Level(2), 0.5) }
    let recorded = Measurement(settings, contacts: contacts, key: key)
      .unreferenced(potentials, samplingRate: 1000)
    let difference = zip(recorded, potentials).map { ($0 - $1) * 1e3 }
    for contact in 0..<2 {
      let x = difference[contact * samples..<(contact + 1) * samples]
      let variance = x.reduce(0) { $0 + $1 * $1 } / Double(samples)
      // 2² + 0.5²·(1² + 7²)/2, within four standard errors.
      #expect(abs(variance / 10.25 - 1) < 4 * (2 / Double(samples)).squareRoot())
    }
  }

  @Test("Equal keys repeat every bit; realisations, contacts and keys have noise of their own")
  func streams() {
    let count = 10_000
    for settings in [
      parameters { $0.noise = Level(1) }, parameters { $0.background = Level(0.5...2) },
    ] {
      let x = noise(settings, samples: count, contacts: 2)
      #expect(x == noise(settings, samples: count, contacts: 2))
      var other = settings
      other.realisation = 1
      let others = [
        Array(x[count...]), noise(other, samples: count),
        noise(settings, samples: count, key: key.derived(.init("b"))),
      ]
      // Background noise is correlated in time: 10 s of it are worth some 600 independent samples.
      let limit = settings.noise == .zero ? 0.16 : 4 / Double(count).squareRoot()
      for y in others { #expect(abs(correlation(x[..<count], y)) < limit) }
      // A contact's noise does not depend on how many there are.
      #expect(noise(settings, samples: count) == Array(x[..<count]))
    }
  }

  @Test("A further source leaves the numbers of the others as they are")
  func separateSources() {
    let sources: [(inout MeasurementParameters) -> Void] = [
      { $0.noise = Level(0.5...2) }, { $0.background = Level(0.5...2) }, { $0.mains = Level(0.5...2) },
    ]
    let alone = sources.map { noise(parameters($0), samples: 200, contacts: 2) }
    let together = noise(
      parameters { all in for source in sources { source(&all) } }, samples: 200, contacts: 2)
    for i in together.indices {
      #expect(abs(together[i] - alone.reduce(0) { $0 + $1[i] }) < 1e-12)
    }
    let gains = Measurement(parameters { $0.gain = 3 }, contacts: 2, key: key).gains
    let settings = parameters { ($0.gain, $0.noise, $0.mains) = (3, Level(1...2), Level(1)) }
    #expect(Measurement(settings, contacts: 2, key: key).gains == gains)
  }
}
