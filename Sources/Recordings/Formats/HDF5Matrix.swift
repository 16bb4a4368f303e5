import HDF5Storage

/// Potentials in a data set of HDF5, of which parts are read without the whole being in memory.
struct HDF5Matrix {
  private let dataset: HDF5Dataset
  private let orientation: Orientation
  private let scaling: PhysicalScaling
  /// A factor for each channel; nil if there are none.
  private let gains: [Double]?
  /// Extents.
  let channels, samples: Int

  /// About as many numbers are in memory beside those that are wanted.
  private static let blockSize = 1 << 23

  /// A data set of two dimensions, or of one: a single channel.
  ///
  /// - Throws: `HDF5Error`.
  init(
    _ dataset: HDF5Dataset, _ orientation: Orientation, scaling: PhysicalScaling, gains: [Double]? = nil
  ) throws {
    (self.dataset, self.orientation, self.scaling, self.gains) = (dataset, orientation, scaling, gains)
    let shape = try dataset.shape
    let (rows, columns) = (shape.first ?? 0, shape.count > 1 ? shape[1] : 1)
    (channels, samples) = orientation == .channelsFirst ? (rows, columns) : (columns, rows)
  }

  /// Potentials in mV, [channel][sample], of some channels and samples.
  ///
  /// - Throws: `HDF5Error`.
  func values(channels wanted: [Int], samples range: Range<Int>) throws -> [Double] {
    var values = [Double](repeating: 0, count: wanted.count * range.count)
    if range.isEmpty { return values }
    func put(_ number: Double, _ index: Int, _ sample: Int) {
      let gain = gains?[wanted[index]] ?? 1
      values[index * range.count + sample - range.lowerBound] =
        scaling.isIdentity && gain == 1 ? number : scaling.value(number, gain: gain)
    }
    if orientation == .channelsFirst {
      // One channel after another, or neighbours of which chunks hold several at once.
      let rows = try step(upTo: channels, length: samples)
      for first in stride(from: 0, to: channels, by: rows) {
        let block = first..<min(first + rows, channels)
        let indices = wanted.indices.filter { block.contains(wanted[$0]) }
        if indices.isEmpty { continue }
        let numbers: [Double] = try dataset.read(rows: block)
        for index in indices {
          let row = (wanted[index] - first) * samples
          for sample in range { put(numbers[row + sample], index, sample) }
        }
      }
    } else {
      let rows = try step(upTo: samples, length: channels)
      for first in stride(from: range.lowerBound / rows * rows, to: range.upperBound, by: rows) {
        let block = max(first, range.lowerBound)..<min(first + rows, range.upperBound)
        let numbers: [Double] = try dataset.read(rows: block)
        for index in wanted.indices {
          for sample in block {
            put(numbers[(sample - block.lowerBound) * channels + wanted[index]], index, sample)
          }
        }
      }
    }
    return values
  }

  /// How many rows are read at once: whole chunks, as each is unpacked at every visit.
  private func step(upTo rows: Int, length: Int) throws -> Int {
    let chunk = max(1, try dataset.chunk?.first ?? 1)
    return max(1, min(max(chunk, Self.blockSize / max(length, 1) / chunk * chunk), rows))
  }
}
