import HDF5Storage

extension TrainedModel {
  func write(_ normaliser: SpectrumNormaliser, to root: HDF5Group) throws(HDF5Error) {
    let shape = [estimator.contacts.count, estimator.frequencies.count]
    switch normaliser {
    case .channelPower(let scale):
      let dataset = try root.createDataset("normaliser/channel_scale", scale)
      try dataset.attributes.write("mV²/Hz", named: "units")
    case .logarithm(let mean, let standardDeviation, let floor):
      try write(floor: floor, to: root)
      let dataset = try root.createDataset("normaliser/log10_mean", mean, shape: shape)
      try dataset.attributes.write("log10(mV²/Hz)", named: "units")
      try root.createDataset("normaliser/log10_standard_deviation", standardDeviation, shape: shape)
    case .logarithmicRatio(let mean, let standardDeviation, let floor):
      try write(floor: floor, to: root)
      // The first channel is the logarithm of a density in mV²/Hz, the others are those of ratios.
      try root.createDataset("normaliser/log10_ratio_mean", mean, shape: shape)
      try root.createDataset("normaliser/log10_ratio_standard_deviation", standardDeviation, shape: shape)
    }
  }

  private func write(floor: Double, to root: HDF5Group) throws(HDF5Error) {
    guard floor > 0 else { return }
    let dataset = try root.createDataset("normaliser/floor", [floor], shape: [])
    try dataset.attributes.write("mV²/Hz", named: "units")
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
    let areRatios = try root.contains("normaliser/log10_ratio_mean")
    let kind = areRatios ? "log10_ratio" : "log10"
    let mean = try root.dataset("normaliser/\(kind)_mean")
    let deviation = try root.dataset("normaliser/\(kind)_standard_deviation")
    try mean.requireShape([channels, frequencies])
    try deviation.requireShape([channels, frequencies])
    let (means, deviations): ([Double], [Double]) = (try mean.read(), try deviation.read())
    guard means.allSatisfy(\.isFinite), isScale(deviations) else { return nil }
    var floor = 0.0
    if try root.contains("normaliser/floor") {
      let values: [Double] = try root.dataset("normaliser/floor").read()
      guard values.count == 1, isScale(values) else { return nil }
      floor = values[0]
    }
    return areRatios
      ? .logarithmicRatio(mean: means, standardDeviation: deviations, floor: floor)
      : .logarithm(mean: means, standardDeviation: deviations, floor: floor)
  }
}
