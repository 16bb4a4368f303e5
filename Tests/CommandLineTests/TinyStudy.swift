import TestSupport
import Foundation
import HDF5Storage

/// A study of which every stage takes a fraction of a second. Its figures mean nothing.
enum TinyStudy {
  static let samples = 24
  static let shards = 6
  static let channels = 6
  static let duration = 300
  static let frequencies = 63
  static let epochs = 3

  /// The configuration with a number of samples and epochs, and lines added to its section `kernel`.
  static func configuration(samples: Int = samples, epochs: Int = epochs, kernel: String = "") -> String {
    """
    network:
      excitatory_neurons: 400
      inhibitory_neurons: 100
    simulation:
      duration_ms: 300
      transient_ms: 50
    sampling:
      samples: \(samples)
      shard_size: 4
      parameters:
        eta: [1.5, 3.0]
        g: [4.5, 6.0]
        J_mV: [0.2, 0.5]
    kernel:
      soma_depths: 3
      rotations: 5
    \(kernel)
    spectra:
      segment_ms: 125
      overlap_ms: 60
    split:
      test_fraction: 0.25
      validation_fraction: 0.25
    training:
      epochs: \(epochs)
      batch_size: 4
    evaluation:
      bootstrap_resamples: 50

    """
  }

  /// A folder with nothing but `study.yaml`.
  static func folder(_ configuration: String = configuration()) throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    try folder.write(configuration, to: "study.yaml")
    return folder
  }
}

/// All contents of an HDF5 file in an order that does not depend on how it was written.
func contents(_ name: String, in folder: TemporaryFolder) throws -> Data {
  let file = try HDF5File.open(folder.path(name))
  var bytes = Data()
  try file.root.visitContents { bytes.append(contentsOf: $0) }
  try file.close()
  return bytes
}
