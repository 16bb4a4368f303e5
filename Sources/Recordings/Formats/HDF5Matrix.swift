import HDF5Storage

/// Potentials in a data set of HDF5, of which parts are read without the whole being in memory.
struct HDF5Matrix {
  private let dataset: HDF5Dataset
  private let orientation: Orientation
  private let scaling: PhysicalScaling
  /// A factor for each channel; nil if there are none.
  private let gains: [Double]?
  /// Whether there is a second dimension.
  private let hasColumns: Bool
  /// How many channels and samples lie in a chunk; nil if they lie one after another.
  private let chunk: (channels: Int, samples: Int)?
  /// Extents.
  let channels, samples: Int

  /// About as many numbers are in memory beside those that are wanted.
  private static let blockSize = 1 << 21

  /// A data set of two dimensions, or of one: a single channel.
  ///
  /// - Throws: `HDF5Error`.
  init(
    _ dataset: HDF5Dataset, _ orientation: Orientation, scaling: PhysicalScaling, gains: [Double]? = nil
  ) throws {
    (self.dataset, self.orientation, self.scaling, self.gains) = (dataset, orientation, scaling, gains)
    func sides(_ shape: [Int]) -> (channels: Int, samples: Int) {
      let (rows, columns) = (shape.first ?? 0, shape.count > 1 ? shape[1] : 1)
      return orientation == .channelsFirst ? (rows, columns) : (columns, rows)
    }
    // Whatever a damaged file claims to hold is believed from here on.
    try dataset.requireRoom(forNumbers: [])
    let shape = try dataset.shape
    hasColumns = shape.count > 1
    (channels, samples) = sides(shape)
    chunk = try dataset.chunk.map(sides)
  }

  /// Potentials in mV, [channel][sample], of some channels and samples.
  ///
  /// - Throws: `HDF5Error`.
  func values(channels wanted: [Int], samples range: Range<Int>) throws -> [Double] {
    try dataset.requireRoom(forNumbers: [wanted.count, range.count])
    var values = [Double](repeating: 0, count: wanted.count * range.count)
    guard !range.isEmpty, let lowest = wanted.min(), let highest = wanted.max() else { return values }
    // Whole chunks at a time, as each is unpacked at every visit.
    let width = max(1, chunk?.channels ?? channels)
    let unit = max(1, chunk?.samples ?? 1)
    for group in Set(wanted.map { $0 / width }).sorted() {
      let neighbours = max(lowest, group * width)..<min(highest + 1, (group + 1) * width)
      let length = max(unit, Self.blockSize / neighbours.count / unit * unit)
      for first in stride(from: range.lowerBound / length * length, to: range.upperBound, by: length) {
        let block = max(first, range.lowerBound)..<min(first + length, range.upperBound)
        let numbers = try read(neighbours, block)
        for (index, channel) in wanted.enumerated() where neighbours.contains(channel) {
          let gain = gains?[channel] ?? 1
          let isIdentity = scaling.isIdentity && gain == 1
          for sample in block {
            let (c, s) = (channel - neighbours.lowerBound, sample - block.lowerBound)
            let number =
              numbers[orientation == .channelsFirst ? c * block.count + s : s * neighbours.count + c]
            values[index * range.count + sample - range.lowerBound] =
              isIdentity ? number : scaling.value(number, gain: gain)
          }
        }
      }
    }
    return values
  }

  private func read(_ channels: Range<Int>, _ samples: Range<Int>) throws(HDF5Error) -> [Double] {
    let (rows, columns) = orientation == .channelsFirst ? (channels, samples) : (samples, channels)
    return try dataset.read(rows: rows, columns: hasColumns ? columns : nil)
  }
}
