import DurableFiles
import Foundation
import ParameterEstimation

/// Writes a trained model for other programs.
package enum ModelExport {
  /// Writes an ONNX file (``ParameterEstimation/TrainedModel/onnx()``), unless one is there.
  package static func run(model: String, onnx: String) throws {
    try AtomicFile.requireCreatable(onnx)
    let contents = try TrainedModel(path: model).onnx()
    try AtomicFile.write(contents, to: onnx)
  }
}
