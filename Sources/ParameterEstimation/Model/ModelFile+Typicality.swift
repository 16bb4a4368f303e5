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
    if let activity = typicality.activity { try write(activity, to: group) }
    try group.createDataset("sampled_lower", typicality.sampled.map(\.lowerBound))
    try group.createDataset("sampled_upper", typicality.sampled.map(\.upperBound))
    try group.createDataset(
      "calibration_of_aspects", typicality.aspects.flatMap(\.reference),
      shape: [typicality.aspects.count, typicality.calibration.reference.count])
    try group.createDataset("calibration", typicality.calibration.reference)
    try group.createDataset("limit_of_frequencies", typicality.limits.frequencies)
    try group.createDataset("limit_of_channels", typicality.limits.channels)
  }

  private func write(_ activity: HiddenActivity, to group: HDF5Group) throws(HDF5Error) {
    let views = activity.views
    let (length, networks) = (views[0].mean.count, views.count)
    let (points, dimensions) = (activity.training.points.count, activity.training.points.dimensions)
    try group.createDataset("activity_mean", views.flatMap(\.mean), shape: [networks, length])
    try group.createDataset(
      "activity_directions", views.flatMap(\.directions), shape: [networks, dimensions / networks, length])
    try group.createDataset(
      "activity_references", activity.training.points.coordinates, shape: [points, dimensions],
      layout: .chunked([min(points, 1000), dimensions], deflate: 6))
    try group.createDataset("activity_spacing", activity.training.spacings)
  }

  private static func activity(in group: HDF5Group, _ networks: [Network]) throws -> HiddenActivity? {
    let length = HiddenActivity.length(of: networks[0])
    if length == 0 { return nil }
    let stored = try group.dataset("activity_directions")
    let shape = try stored.shape
    try stored.requireShape([networks.count, shape.count == 3 ? shape[1] : 0, length])
    let (means, directions): ([Float], [Float]) = (
      try group.dataset("activity_mean").read(), try stored.read()
    )
    try group.dataset("activity_mean").requireShape([networks.count, length])
    let spacings: [Double] = try group.dataset("activity_spacing").read()
    let dimensions = networks.count * shape[1]
    let references = try group.dataset("activity_references")
    try references.requireShape([spacings.count, dimensions])
    let points: [Float] = try references.read()
    guard spacings.count > Neighbours.nearest, spacings.allSatisfy(\.isFinite), dimensions > 0,
      [means, directions, points].allSatisfy({ $0.allSatisfy(\.isFinite) })
    else { throw ImpossibleActivity() }
    let views = networks.indices.map { index in
      HiddenActivity.View(
        mean: Array(means[index * length..<(index + 1) * length]),
        directions: Array(directions[index * shape[1] * length..<(index + 1) * shape[1] * length]))
    }
    return HiddenActivity(
      views: views, training: Neighbours(points: PointSet(points, dimensions: dimensions), spacings: spacings)
    )
  }

  private struct ImpossibleActivity: Error {}

  /// Reads what `write` wrote; nil of what an earlier version wrote, which measured something else. Throws `HDF5Error` or ``DatasetError`` that names the file `path`.
  static func typicality(
    in group: HDF5Group, _ networks: [Network], parameters: Int, path: String
  ) throws -> Typicality? {
    guard try group.contains("calibration_of_aspects") else { return nil }
    let input = networks[0].architecture.input
    let (frequencies, channels) = (input.positions, input.channels)
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
    let activity: HiddenActivity?
    do { activity = try Self.activity(in: group, networks) } catch is ImpossibleActivity {
      throw inconsistent("impossible values")
    }
    let lower = try values("sampled_lower", [parameters], of: Double.self)
    let upper = try values("sampled_upper", [parameters], of: Double.self)
    let reference: [Double] = try group.dataset("calibration").read()
    // Earlier versions measured less of hidden layers.
    let stored = try group.dataset("calibration_of_aspects").shape.first
    let count = activity == nil ? 3 : stored == 4 ? 4 : Typicality.Aspect.allCases.count
    let aspects = try values("calibration_of_aspects", [count, reference.count], of: Double.self)
    let limits = (
      frequencies: try values("limit_of_frequencies", [frequencies], of: Double.self),
      channels: try values("limit_of_channels", [channels], of: Double.self)
    )
    let numbers = [variances, lower, upper, aspects, reference, limits.frequencies, limits.channels]
    guard numbers.allSatisfy({ $0.allSatisfy(\.isFinite) }), variances.allSatisfy({ $0 > 0 }),
      zip(lower, upper).allSatisfy({ $0 < $1 }), reference.count >= PredictionShape.leastSamples,
      [components.mean, components.components, means, whitening]
        .allSatisfy({ $0.allSatisfy(\.isFinite) })
    else { throw inconsistent("impossible values") }
    return Typicality(
      normaliser: normaliser, components: components, activity: activity,
      sampled: zip(lower, upper).map { $0...$1 },
      aspects: (0..<count).map {
        TailCalibration(Array(aspects[$0 * reference.count..<($0 + 1) * reference.count]))
      }, calibration: TailCalibration(reference), limits: limits)
  }
}
