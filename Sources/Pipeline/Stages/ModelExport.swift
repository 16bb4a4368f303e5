import Foundation
import ParameterEstimation

/// Writes a trained model for other programs.
public enum ModelExport {
  /// Writes an ONNX file (``ParameterEstimation/TrainedModel/onnx()``), unless one is there.
  public static func run(model: String, onnx: String) throws {
    try AtomicFile.requireCreatable(onnx)
    let contents = try TrainedModel(path: model).onnx()
    try AtomicFile.write(contents, to: onnx)
  }
}
