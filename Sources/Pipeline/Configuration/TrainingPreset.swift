import ConvolutionalNetwork

extension TrainingConfiguration {
  /// A preset with what it is by default.
  public init(preset: Preset) {
    self.init()
    self.preset = preset
    guard preset == .best else { return }
    input = .logarithmicRatio
    members = 5
    epochs = 150
    schedule = .cosine
    weightDecay = 0.3
  }

  /// The network for spectra of `channels` channels with `frequencies` densities each. A deeper one was not better on
  /// validation samples, so that of the paper serves both presets.
  func architecture(
    channels: Int, frequencies: Int, parameters: Int
  ) throws(ArchitectureError) -> NetworkArchitecture {
    try .paper(
      channels: channels, width: frequencies, outputs: prediction.loss.outputCount(targets: parameters),
      outputBias: prediction == .gaussian)
  }
}
