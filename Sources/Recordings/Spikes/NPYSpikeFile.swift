/// Spikes as a matrix of NumPy with two columns: ids and times.
enum NPYSpikeFile: SpikeFormat {
  static let name = "a .npy file"
  static let options: Set<SpikeOption> = [.firstID, .excitatoryIDs, .inhibitoryIDs]

  static func recognises(_ source: RecordingSource) -> Bool { NPYHeader.recognises(source.start) }

  static func lists(in source: RecordingSource, _ options: SpikeOptions) throws -> (
    [SpikeList], notes: [String]
  ) {
    let file = source.path
    let bytes = try source.bytes()
    let header = try NPYHeader(bytes)
    guard header.shape.count == 2, header.shape[1] == 2 else {
      throw RecordingError(
        file: file, "shape", "is \(header.shape), expected [spikes, 2], ids of neurons and times")
    }
    let factor = try options.timeFactor(stored: nil, file: file, place: "")
    let count = header.shape[0]
    let matrix = BinaryMatrix(
      bytes: bytes, offset: header.length, number: header.number, channels: 2, samples: count,
      isInterleaved: !header.isFortranOrder)
    var list = SpikeList(
      file: file, place: "", ids: try matrix.values(channels: [0], samples: 0..<count, factor: 1),
      times: try matrix.values(channels: [1], samples: 0..<count, factor: factor))
    if header.number.kind == .float32 { list.rounding = Double(Float.ulpOfOne) / 2 }
    return ([list], [])
  }
}
