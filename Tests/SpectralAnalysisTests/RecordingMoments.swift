import RandomStreams
import SpectralAnalysis

/// Moments of what noise does to spectra: densities of recordings, less those of recordings without it.
///
/// Potentials are new in every recording, because those of one would decide how far products of potential and noise agree
/// between segments.
struct RecordingMoments {
  static let bins = Array(1...149)
  let channels: Int
  private var count = 0.0
  /// Sums by channel and bin: of the differences, of their squares, of products with the next bin and the next channel.
  private var sums, squares, nextBin, nextChannel: [Double]
  /// The densities of potentials, summed.
  private var densities: [Double]

  init(channels: Int) {
    self.channels = channels
    sums = Array(repeating: 0, count: channels * Self.bins.count)
    (squares, nextBin, nextChannel, densities) = (sums, sums, sums, sums)
  }

  mutating func add(_ recorded: [Double], of density: [Double]) {
    count += 1
    let width = Self.bins.count
    let differences = zip(recorded, density).map { $0 - $1 }
    for i in differences.indices {
      let d = differences[i]
      sums[i] += d
      squares[i] += d * d
      densities[i] += density[i]
      if i % width + 1 < width { nextBin[i] += d * differences[i + 1] }
      if i + width < differences.count { nextChannel[i] += d * differences[i + width] }
    }
  }

  /// Mean difference, by channel and bin.
  var means: [Double] { sums.map { $0 / count } }

  /// Mean density of a recording.
  var meanDensities: [Double] { zip(sums, densities).map { ($0 + $1) / count } }

  var variances: [Double] { sums.indices.map { squares[$0] / count - means[$0] * means[$0] } }

  /// Mean correlation with the next bin over all channels and a range of bins.
  func correlationOfBins(_ range: Range<Int>) -> Double {
    correlation(nextBin, step: 1, range.clamped(to: 0..<Self.bins.count - 1), channels: channels)
  }

  /// Mean correlation with the next channel.
  func correlationOfChannels(_ range: Range<Int>) -> Double {
    correlation(nextChannel, step: Self.bins.count, range, channels: channels - 1)
  }

  private func correlation(_ products: [Double], step: Int, _ range: Range<Int>, channels: Int) -> Double {
    let (means, variances) = (means, variances)
    var sum = 0.0
    for channel in 0..<channels {
      for bin in range {
        let i = channel * Self.bins.count + bin
        let covariance = products[i] / count - means[i] * means[i + step]
        sum += covariance / (variances[i] * variances[i + step]).squareRoot()
      }
    }
    return sum / Double(channels * range.count)
  }
}

/// Recordings of the same potentials, in time and of their spectra.
struct ComparedRecordings {
  var inTime, ofSpectra: RecordingMoments

  /// - Parameter level: The white part of the potential's density, in µV rms.
  init(
    _ parameters: MeasurementParameters, recordings: Int, contacts: Int, level: Double = 1, seed: UInt64 = 1
  ) throws {
    let reference = parameters.reference
    let channels = reference.channels(of: contacts)
    let welch = try Welch(segmentLength: 300, samplingRate: 1000)
    var noiseless = parameters
    (noiseless.noise, noiseless.background, noiseless.mains) = (.zero, .zero, .zero)
    noiseless.converterStep = 0
    func spectral(_ parameters: MeasurementParameters) -> SpectralMeasurement {
      SpectralMeasurement(
        parameters, welch: welch, samples: 2850, bins: RecordingMoments.bins, contacts: contacts,
        reference: reference)
    }
    let models = [spectral(parameters), spectral(noiseless)]
    func densities(_ signals: [Double]) throws -> [Double] {
      try (0..<channels).flatMap { channel in
        let signal = Array(signals[channel * 2850..<(channel + 1) * 2850])
        return Array(try welch.powerSpectralDensity(of: signal)[1...149])
      }
    }
    inTime = RecordingMoments(channels: channels)
    ofSpectra = inTime
    let root = StreamKey(seed: seed)
    for recording in 0..<recordings {
      let key = root.derived(StreamPurpose("recording"), UInt64(recording))
      let potential = Self.potential(contacts: contacts, level: level, key: key)
      let clean = try densities(reference.applied(to: potential, contacts: contacts)).map(Float.init)
      let signals = [parameters, noiseless].map {
        Measurement($0, contacts: contacts, key: key).recorded(potential, samplingRate: 1000)
      }
      inTime.add(try densities(signals[0]), of: try densities(signals[1]))
      let spectra = models.map { model in
        var spectrum = clean
        spectrum.withUnsafeMutableBufferPointer { values in model.record(values.baseAddress!, key: key) }
        return spectrum.map(Double.init)
      }
      ofSpectra.add(spectra[0], of: spectra[1])
    }
  }

  /// Potentials [contact][sample] in mV: a resonance near 120 Hz and noise, shared in part by all contacts.
  private static func potential(contacts: Int, level: Double, key: StreamKey) -> [Double] {
    var stream = key.derived(StreamPurpose("potential")).generator()
    func series() -> [Double] {
      var (x1, x2) = (0.0, 0.0)
      return (0..<3000).map { _ in
        // Nearly normal.
        let step = (stream.uniform() + stream.uniform() + stream.uniform() + stream.uniform() - 2) * 1.7320508
        let x = 1.0 * x1 - 0.7 * x2 + 0.6 * step
        (x2, x1) = (x1, x)
        return x * level * 1e-3
      }.suffix(2850)
    }
    let common = series()
    return (0..<contacts).flatMap { contact in
      let share = Double(contact + 1) / Double(contacts)
      return zip(common, series()).map { share * $0 + $1 }
    }
  }
}
