import Configuration
import FieldPotential
import HDF5Storage
import ParameterSampling
import SimulationData

/// A data set of few samples with known values: three parameters, two channels, four frequencies.
package enum SmallDataset {
  package static let box = ParameterBox([
    .init(key: "eta", lower: 1, upper: 3), .init(key: "g", lower: 4, upper: 8),
    .init(key: "J_mV", lower: 0.125, upper: 0.375),
  ])
  package static let frequencies = [0.0, 8, 16, 24]
  package static let duration = 5

  package static let contacts = [Contact(z: 0), .init(x: 10, y: -20, z: -100)]
  package static let description = DatasetDescription(
    box: box, contacts: contacts, frequencies: frequencies, duration: duration, transient: 2,
    timeStep: 0.1, excitatoryKernel: [1, 2, 3, 4, 5, 6], inhibitoryKernel: [-1, -2, -3, -4, -5, -6],
    configuration: StoredConfiguration(StudyConfiguration()), softwareVersion: "1.2.3",
    simulationIdentity: "abc",
    spectraIdentity: "def")

  /// Samples with the given indices, each with other values in every column.
  package static func rows(_ indices: Range<Int>) -> DatasetRows {
    var rows = DatasetRows()
    for i in indices {
      rows.sampleIndex.append(UInt64(i))
      rows.seedKey.append(UInt64.max - UInt64(i))
      rows.split.append(UInt8(i % 3))
      let u = Double(i) / 64
      rows.parameters += [1 + u, 4 + 2 * u, 0.125 + u / 16]
      rows.excitatoryHistogram += (0..<5).map { UInt32(100 * i + $0) }
      rows.inhibitoryHistogram += (0..<5).map { UInt32.max - UInt32(100 * i + $0) }
      rows.spectra += (0..<8).map { Float(i + 1) * 0x1p-40 + Float($0) }
      rows.excitatoryRate.append(Float(i) + 0.5)
      rows.inhibitoryRate.append(Float(i) + 0.25)
      rows.coefficientOfVariation.append(Float(i) / 16)
    }
    return rows
  }

  /// Writes samples into a new file, in pieces of the given sizes.
  package static func write(_ rows: [DatasetRows], to path: String) throws {
    let count = rows.reduce(0) { $0 + $1.count }
    let writer = try DatasetWriter(path: path, description: description, count: count)
    for piece in rows { try writer.append(piece) }
    try writer.close()
  }
}
