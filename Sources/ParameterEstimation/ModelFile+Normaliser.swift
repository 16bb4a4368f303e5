import HDF5Storage

extension TrainedModel {
  func write(_ normaliser: SpectrumNormaliser, to root: HDF5Group) throws(HDF5Error) {
    let shape = [estimator.channelDepths.count, estimator.frequencies.count]
    switch normaliser {
    case .channelPower(let scale):
      let dataset = try root.createDataset("normaliser/channel_scale", scale)
      try dataset.attributes.write("mV²/Hz", named: "units")
    case .logarithm(let mean, let standardDeviation):
      let dataset = try root.createDataset("normaliser/log10_mean", mean, shape: shape)
      try dataset.attributes.write("log10(mV²/Hz)", named: "units")
      try root.createDataset("normaliser/log10_standard_deviation", standardDeviation, shape: shape)
    }
  }

  /// The stored normaliser; nil if its values are impossible.
  static func normaliser(in root: HDF5Group, channels: Int, frequencies: Int) throws
    -> SpectrumNormaliser?
  {
    func isScale(_ values: [Double]) -> Bool { values.allSatisfy { $0 > 0 && $0.isFinite } }
    if try root.contains("normaliser/channel_scale") {
      let dataset = try root.dataset("normaliser/channel_scale")
      try dataset.requireShape([channels])
      let scale: [Double] = try dataset.read()
      return isScale(scale) ? .channelPower(scale: scale) : nil
    }
    let mean = try root.dataset("normaliser/log10_mean")
    let deviation = try root.dataset("normaliser/log10_standard_deviation")
    try mean.requireShape([channels, frequencies])
    try deviation.requireShape([channels, frequencies])
    let (means, deviations): ([Double], [Double]) = (try mean.read(), try deviation.read())
    guard means.allSatisfy(\.isFinite), isScale(deviations) else { return nil }
    return .logarithm(mean: means, standardDeviation: deviations)
  }
}
