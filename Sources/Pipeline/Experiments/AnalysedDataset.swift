import ParameterEstimation

/// A merged data set of which each simulation is analysed wholly or up to some time.
struct AnalysedDataset: Sendable, Hashable {
  let path: String
  /// Analysed time from the beginning of each simulation, in ms with the transient.
  var duration = Portion.all

  /// What the samples have in common.
  func description() throws -> DatasetDescription {
    let reader = try DatasetReader(checked: path)
    try reader.close()
    return reader.description
  }

  /// All samples, without histograms.
  func rows() throws -> (DatasetDescription, DatasetRows) {
    let reader = try DatasetReader(checked: path)
    let rows = try reader.rows()
    try reader.close()
    return (reader.description, rows)
  }

  /// All samples without spectra and histograms.
  func identities() throws -> DatasetRows {
    let reader = try DatasetReader(path: path)
    let rows = try reader.rows(spectra: false)
    try reader.close()
    return rows
  }
}
