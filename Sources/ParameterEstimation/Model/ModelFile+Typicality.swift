import ConvolutionalNetwork
import HDF5Storage
import SimulationData

/// What a model knows of the spectra of its training: the group `/typicality`.
extension TrainedModel {
  func write(_ typicality: Typicality, to group: HDF5Group) throws(HDF5Error) {
    let parts = typicality.components
    let (channels, frequencies) = (parts.channels, parts.rests.count)
    try write(typicality.normaliser, to: group)
    try group.createDataset("component_mean", parts.mean, shape: [frequencies, channels])
    try group.createDataset(
      "components", parts.components, shape: [parts.variances.count, frequencies, channels])
    try group.createDataset("component_variance", parts.variances)
    try group.createDataset("rest_mean", parts.rests.flatMap(\.mean), shape: [frequencies, channels])
    try group.createDataset(
      "rest_whitening", parts.rests.flatMap(\.whitening), shape: [frequencies, channels, channels])
    if let form = typicality.activity?.form {
      try group.createDataset("activity_mean", form.mean)
      try group.createDataset(
        "activity_whitening", form.whitening, shape: [form.mean.count, form.mean.count])
    }
    try group.createDataset("log_distance_mean", typicality.scales.map(\.mean))
    try group.createDataset("log_distance_standard_deviation", typicality.scales.map(\.deviation))
    try group.createDataset("calibration", typicality.calibration.reference)
    try group.createDataset("limit_of_frequencies", typicality.limits.frequencies)
    try group.createDataset("limit_of_channels", typicality.limits.channels)
  }

  /// Reads what `write` wrote; throws `HDF5Error` or ``DatasetError`` that names the file `path`.
  static func typicality(in group: HDF5Group, _ network: Network, path: String) throws -> Typicality {
    let (frequencies, channels) = (network.architecture.input.positions, network.architecture.input.channels)
    func values<Number: HDF5Number>(_ name: String, _ shape: [Int], of: Number.Type = Float.self) throws
      -> [Number]
    {
      let dataset = try group.dataset(name)
      try dataset.requireShape(shape)
      return try dataset.read()
    }
    func inconsistent(_ reason: String) -> DatasetError {
      .inconsistent(file: path, reason: "/typicality: \(reason)")
    }
    guard let normaliser = try normaliser(in: group, channels: channels, frequencies: frequencies),
      case .logarithmicRatio = normaliser
    else {
      throw inconsistent("impossible normaliser")
    }
    let variances: [Double] = try group.dataset("component_variance").read()
    let means = try values("rest_mean", [frequencies, channels])
    let whitening = try values("rest_whitening", [frequencies, channels, channels])
    let components = SpectrumComponents(
      channels: channels, mean: try values("component_mean", [frequencies, channels]),
      components: try values("components", [variances.count, frequencies, channels]), variances: variances,
      rests: (0..<frequencies).map { frequency in
        NormalForm(
          mean: Array(means[frequency * channels..<(frequency + 1) * channels]),
          whitening: Array(
            whitening[frequency * channels * channels..<(frequency + 1) * channels * channels]))
      })
    let hidden = HiddenActivity.length(of: network)
    let activity =
      try hidden == 0
      ? nil
      : HiddenActivity(
        form: NormalForm(
          mean: values("activity_mean", [hidden]), whitening: values("activity_whitening", [hidden, hidden])))
    let aspects = activity == nil ? 2 : 3
    let logMeans = try values("log_distance_mean", [aspects], of: Double.self)
    let logDeviations = try values("log_distance_standard_deviation", [aspects], of: Double.self)
    let reference: [Double] = try group.dataset("calibration").read()
    let limits = (
      frequencies: try values("limit_of_frequencies", [frequencies], of: Double.self),
      channels: try values("limit_of_channels", [channels], of: Double.self)
    )
    let numbers = [variances, logDeviations, logMeans, reference, limits.frequencies, limits.channels]
    guard numbers.allSatisfy({ $0.allSatisfy(\.isFinite) }), variances.allSatisfy({ $0 > 0 }),
      logDeviations.allSatisfy({ $0 > 0 }), reference.count >= PredictionShape.leastSamples,
      [
        components.mean, components.components, means, whitening, activity?.form.mean ?? [],
        activity?.form.whitening ?? [],
      ]
      .allSatisfy({ $0.allSatisfy(\.isFinite) })
    else { throw inconsistent("impossible values") }
    return Typicality(
      normaliser: normaliser, components: components, activity: activity,
      scales: zip(logMeans, logDeviations).map { (mean: $0, deviation: $1) },
      calibration: TailCalibration(reference), limits: limits)
  }
}
