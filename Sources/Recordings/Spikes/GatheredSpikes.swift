/// What has been read of several files.
struct GatheredSpikes {
  /// Time and neuron of each spike, see ``SpikeGrid``.
  var keys: [UInt64] = []
  var late = 0, between = 0
  var notes: [String] = []

  mutating func add(_ list: SpikeList, _ members: Membership, _ grid: SpikeGrid) throws(RecordingError) {
    func problem(_ index: Int, _ text: String) -> RecordingError {
      RecordingError(file: list.file, list.place, "spike \(index), counted from 0, \(text)")
    }
    if let note = members.note, !notes.contains(note) { notes.append(note) }
    keys.reserveCapacity(keys.count + list.ids.count)
    for index in list.ids.indices {
      guard let id = Int(exactly: list.ids[index]), let neuron = members.neuron(id) else {
        let others = list.ids.count { Int(exactly: $0).flatMap(members.neuron) == nil }
        throw problem(
          index,
          "has the id \(Self.text(list.ids[index])), expected \(members.expected) (\(others) of \(list.ids.count) are others)"
        )
      }
      let time = list.times[index]
      switch grid.place(of: time, rounding: list.rounding) {
      case .on(let step): keys.append(SpikeGrid.key(step, neuron))
      case .after(let step):
        between += 1
        keys.append(SpikeGrid.key(step, neuron))
      case .late: late += 1
      case .impossible: throw problem(index, "is at \(time) ms, expected a time from 0 on")
      case .blurred:
        throw problem(
          index, "is at \(time) ms in single precision, which does not tell steps of \(grid.step) ms apart")
      }
    }
  }

  private static func text(_ id: Double) -> String { Int(exactly: id).map { "\($0)" } ?? "\(id)" }
}
