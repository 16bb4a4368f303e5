import ConvolutionalNetwork
import SpectralAnalysis

extension TrainingConfiguration {
  /// A preset with what it is by default for a kind of prediction.
  public init(preset: Preset, prediction: Prediction = .point) {
    self.init()
    self.preset = preset
    self.prediction = prediction
    if preset == .paper { return }
    input = .logarithmicRatio
    members = 5
    epochs = 300
    schedule = .cosine
    if preset == .recording {
      becomeRecording()
      return
    }
    switch prediction {
    case .point:
      weightDecay = 0.3
      // About the inverse of the mean squared errors that are reached.
      lossWeights = ["g": 8, "J_mV": 3]
    case .gaussian:
      weightDecay = 0.2
      inputNoise = 0.1
      regularisationSamples = 9000
    }
  }

  /// What was chosen on validation samples with noise, unknown gain and nuisance parameters; for bipolar channels.
  private mutating func becomeRecording() {
    prediction = .gaussian
    components = 4
    errorWeight = 100
    learningRate = 0.002
    weightDecay = 0.1
    floor = 0.05
    frequencies = .range(2...300)
    excludedFrequencies = [45...55, 95...105, 145...155]
    measurement.noise = Level(0.05...5)
    measurement.gain = 3
  }

  /// The network for spectra of `channels` channels with `frequencies` densities each. A deeper one was not better on
  /// validation samples, so that of the paper serves both presets.
  package func architecture(
    channels: Int, frequencies: Int, parameters names: [String]
  ) throws(ArchitectureError) -> NetworkArchitecture {
    try .paper(
      channels: channels, width: frequencies, outputs: loss(for: names).outputCount(targets: names.count),
      outputBias: prediction == .gaussian)
  }
}
