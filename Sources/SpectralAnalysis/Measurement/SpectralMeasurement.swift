import Foundation
import RandomStreams

/// What a measurement makes of a Welch spectrum: the spectrum of a recording from that of the field potential, without the
/// signals. For training, where every epoch wants new noise.
///
/// With noise of expected density N and K independent segments, the density P of the potential becomes
///
///     P + N·γ + √(2PN/K)·z,
///
/// where γ, the mean of K exponential variables, is the noise's own estimate, and z, normal, comes from products of potential
/// and noise. Interference adds to P, and its products with both to z. Neighbouring bins of a Hann window share noise, as do
/// neighbouring differences of channels. Filters and gains multiply all but the noise of the converter, which has its step's
/// variance over 12. Mean and variance are those of signals in time, but that filters take the potential's density to be flat
/// over the width of a bin, that products of interference and noise are taken for products of noise, and that interference
/// cancels between channels; normal numbers are sums of four uniform ones.
public struct SpectralMeasurement: Sendable {
  /// Number of channels.
  public let channels: Int
  /// Number of frequencies.
  public let frequencies: Int
  private let parameters: MeasurementParameters
  /// 1/K by frequency, and how γ follows from a normal number: the cube of mean plus deviation times it.
  private let shares, rootMeans, rootDeviations: [Float]
  /// Expected densities in mV²/Hz for white noise and background of 1 mV rms and mains of 1 mV amplitude, filtered.
  private let white, background, mains: [Float]
  /// What the filters leave of the potential's density.
  private let filter: [Float]
  /// Density that the converter adds, in mV²/Hz.
  private let conversion: [Float]

  /// - Parameters:
  ///   - parameters: The measurement, but for its reference.
  ///   - welch: How spectra are estimated.
  ///   - samples: Samples of each signal.
  ///   - bins: The frequency bins of the spectra, in their order.
  ///   - contacts: Number of contacts.
  ///   - reference: What the channels of the spectra are measured against.
  public init(
    _ parameters: MeasurementParameters, welch: Welch, samples: Int, bins: [Int], contacts: Int,
    reference: Reference
  ) {
    self.parameters = parameters
    channels = reference.channels(of: contacts)
    frequencies = bins.count
    isBipolar = reference == .bipolar
    let expected = ExpectedSpectrum(welch)
    let ownShares = bins.map { 1 / expected.independentSegments($0, samples: samples) }
    shares = ownShares.map(Float.init)
    // Wilson & Hilferty (1931): the cube root of γ is nearly normal.
    rootMeans = ownShares.map { Float(1 - $0 / 9) }
    rootDeviations = ownShares.map { Float($0.squareRoot() / 3) }
    // Differences have the noise of two contacts, deviations from a mean some less.
    let share: Double =
      switch reference {
      case .none: 1
      case .average: 1 - 1 / Double(contacts)
      case .bipolar: 2
      }
    let rate = welch.samplingRate
    let cascade = CascadedFilter(parameters, samplingRate: rate)
    func passed(_ spectrum: (Double) -> Double = { _ in 1 }) -> [Double] {
      bins.map { cascade.sections.isEmpty ? 1 : expected.share($0, passing: cascade, of: spectrum) }
    }
    let flat = bins.map { share * expected.density($0, autocovariance: [1]) }
    let passedWhite = passed()
    filter = passedWhite.map(Float.init)
    white = zip(flat, passedWhite).map { Float($0 * $1) }
    if parameters.background == .zero {
      background = flat.map { _ in 0 }
    } else {
      let covariance = BackgroundNoise.autocovariance(lags: welch.segmentLength, samplingRate: rate)
      let passed = passed { BackgroundNoise.density(at: $0, samplingRate: rate) }
      background = zip(bins, passed).map {
        Float(share * $1 * expected.density($0, autocovariance: covariance))
      }
    }
    // All contacts have the same interference.
    let tones = (1...parameters.mainsHarmonics).map { ($0, parameters.mainsFrequency * Double($0) / rate) }
      .filter { $1 < 0.5 && reference == .none && parameters.mains != .zero }
    mains = bins.map { bin in
      Float(
        tones.reduce(0) {
          $0 + cascade.power(at: $1.1) * expected.density(bin, tone: $1.1) / Double($1.0 * $1.0)
        })
    }
    let step = parameters.converterStep * 1e-3
    conversion = flat.map { Float($0 * step * step / 12) }
  }

  private let isBipolar: Bool

  /// Correlation that neighbours i, i ± 1 and i ± 2 of the noise's estimate have under a Hann window, 4/9 and 1/36, from
  /// weights 1, a and b.
  private static let neighbours: (centre: Float, next: Float, second: Float) = {
    var (a, b) = (0.25, 0.0)
    for _ in 0..<50 {
      let norm = 1 + 2 * a * a + 2 * b * b
      b = (norm / 36 - a * a) / 2
      a = norm * 4 / 9 / (2 * (1 + b))
    }
    let norm = (1 + 2 * a * a + 2 * b * b).squareRoot()
    return (Float(1 / norm), Float(a / norm), Float(b / norm))
  }()

  /// Weights of two contacts, so that estimates of the noise of neighbouring differences correlate by (−½)² = ¼.
  private static let contactWeights: (own: Float, next: Float) = {
    // own² + next² = 1, own · next = ¼.
    let sum = Float(1.5).squareRoot(), difference = Float(0.5).squareRoot()
    return ((sum + difference) / 2, (sum - difference) / 2)
  }()

  /// Values of a row, with room for neighbours and whole vectors.
  private var rowLength: Int { (frequencies + 4 + 7) / 8 * 8 + 8 }

  /// Turns densities [channel][frequency] of a potential into those of a recording, in mV²/Hz.
  ///
  /// - Parameter key: Names the recording.
  public func record(_ densities: UnsafeMutablePointer<Float>, key: StreamKey) {
    var levels = key.derived(.levels).generator()
    func level(_ level: Level) -> Float {
      let value = level.value(at: levels.uniform()) * 1e-3
      return Float(value * value)
    }
    let (noise, activity, tone) = (
      level(parameters.noise), level(parameters.background), level(parameters.mains)
    )
    func power(_ decibels: Double) -> Float {
      decibels == 0 ? 1 : Float(pow(10, decibels * (2 * levels.uniform() - 1) / 10))
    }
    let gain = power(parameters.gain)
    var stream = XoshiroLanes(key: key.derived(.noise))
    let length = rowLength
    let wanted = (isBipolar ? channels + 1 : channels) * length
    withUnsafeTemporaryAllocation(of: Float.self, capacity: 2 * wanted) { numbers in
      let numbers = numbers.baseAddress!
      for start in Swift.stride(from: 0, to: 2 * wanted, by: 8) {
        let values = stream.nearlyNormal()
        for i in 0..<8 { numbers[start + i] = values[i] }
      }
      if isBipolar { mixNeighbours(numbers, wanted) }
      for channel in 0..<channels {
        let factor = gain * power(parameters.channelGain)
        let row = densities + channel * frequencies
        let (own, cross) = (numbers + channel * length, numbers + wanted + channel * length)
        let (c0, c1, c2) = Self.neighbours
        for f in 0..<frequencies {
          let z = c0 * own[f + 2] + c1 * (own[f + 1] + own[f + 3]) + c2 * (own[f] + own[f + 4])
          let y = c0 * cross[f + 2] + c1 * (cross[f + 1] + cross[f + 3]) + c2 * (cross[f] + cross[f + 4])
          let root = rootMeans[f] + rootDeviations[f] * z
          let potential = factor * filter[f] * row[f]
          let random = factor * (noise * white[f] + activity * background[f]) + conversion[f]
          let steady = factor * tone * mains[f]
          let products = (2 * shares[f] * (potential * (steady + random) + steady * random)).squareRoot()
          let density = potential + steady + random * root * root * root + products * y
          row[f] = max(density, 0.01 * (potential + steady + random))
        }
      }
    }
  }

  private func mixNeighbours(_ numbers: UnsafeMutablePointer<Float>, _ wanted: Int) {
    let (own, next) = Self.contactWeights
    for field in 0..<2 {
      let rows = numbers + field * wanted
      for i in 0..<channels * rowLength { rows[i] = own * rows[i] + next * rows[i + rowLength] }
    }
  }
}

extension StreamPurpose {
  fileprivate static let levels = StreamPurpose("spectral measurement levels")
  fileprivate static let noise = StreamPurpose("spectral noise")
}
