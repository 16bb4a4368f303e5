import HDF5Storage

/// A MATLAB file of version 7.3, which is one of HDF5 in which matrices lie transposed.
struct MAT73Contents: MATContents {
  let variables: [MATVariable]
  private let file: HDF5File

  /// - Throws: `HDF5Error`.
  init(_ file: HDF5File) throws {
    self.file = file
    let root = file.root
    variables = try root.names.filter { try root.kind(of: $0) == .dataset }.map { name in
      let dataset = try root.dataset(name)
      return MATVariable(
        name: name, shape: try dataset.shape.reversed(), contents: Self.contents(try dataset.elementType))
    }
  }

  private static func contents(_ type: HDF5ElementType) -> MATVariable.Contents {
    NumberFormat.Kind(rawValue: type.description).map { .numbers($0) } ?? .other(type.description)
  }

  func series(
    of variable: MATVariable, _ orientation: Orientation, _ options: RecordingOptions
  ) throws -> RecordingSeries {
    let dataset = try file.root.dataset(variable.name)
    var isInteger = false
    if case .integer = try dataset.elementType { isInteger = true }
    let factor = try options.factor(isInteger: isInteger, file: file.path, place: dataset.path)
    let rate = try options.rate(file: file.path, place: dataset.path)
    let matrix = try HDF5Matrix(
      dataset, orientation == .channelsFirst ? .samplesFirst : .channelsFirst,
      scaling: PhysicalScaling(factor: factor))
    return RecordingSeries(
      file: file.path, place: dataset.path, channels: matrix.channels, samples: matrix.samples,
      time: TimeAxis(start: 0, samplingRate: rate),
      read: { try matrix.values(channels: $0, samples: $1) })
  }
}
