/// Some samples of a data set, column by column.
public struct DatasetRows: Sendable, Equatable {
  /// Index of each sample.
  public var sampleIndex: [UInt64] = []
  /// Fingerprint of each sample's stream key.
  public var seedKey: [UInt64] = []
  /// Part of the data set, as `DatasetSplit`'s numbers.
  public var split: [UInt8] = []
  /// [sample][parameter] in the parameters' units.
  public var parameters: [Double] = []
  /// [sample][time] spikes of excitatory neurons per bin.
  public var excitatoryHistogram: [UInt32] = []
  /// [sample][time] spikes of inhibitory neurons per bin.
  public var inhibitoryHistogram: [UInt32] = []
  /// [sample][channel][frequency] in mV²/Hz.
  public var spectra: [Float] = []
  /// Mean rate of excitatory neurons after the transient, in Hz.
  public var excitatoryRate: [Float] = []
  /// Mean rate of inhibitory neurons after the transient, in Hz.
  public var inhibitoryRate: [Float] = []
  /// Mean coefficient of variation of inter-spike intervals; NaN where no neuron fired three times.
  public var coefficientOfVariation: [Float] = []

  /// No samples.
  public init() {}

  /// Number of samples.
  public var count: Int { sampleIndex.count }

  /// Adds samples at the end.
  public mutating func append(_ other: DatasetRows) {
    for column in DatasetColumn.all { column.append(other, &self) }
  }

  /// Adds up the counts of `count` neighbouring bins at a time.
  package mutating func joinBins(_ count: Int) {
    guard count > 1 else { return }
    for histogram in [\DatasetRows.excitatoryHistogram, \.inhibitoryHistogram] {
      let fine = self[keyPath: histogram]
      self[keyPath: histogram] = stride(from: 0, to: fine.count, by: count).map {
        fine[$0..<$0 + count].reduce(0, &+)
      }
    }
  }

  /// Whether a sample fired no spike after the transient: nothing can be estimated from it.
  public func isSilent(_ row: Int) -> Bool { excitatoryRate[row] == 0 && inhibitoryRate[row] == 0 }

  /// Whether all bits are the same, so that NaN equals NaN.
  package func isIdentical(to other: DatasetRows) -> Bool {
    DatasetColumn.all.allSatisfy { $0.isIdentical(self, other) }
  }
}
