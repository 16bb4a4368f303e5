import ArgumentParser
import Studies

struct ModelExportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "export", abstract: "Write a model for other programs, with its normalisation.",
    discussion: "Example:\n  brunel-lfp model export --model model.h5 --onnx model.onnx")

  @Option(help: "Trained model (HDF5).") var model: String
  @Option(
    help:
      "File to write (ONNX): psd [sample, channel, frequency] to parameters [sample, parameter] and typicality [sample]."
  )
  var onnx: String

  func run() throws {
    try ModelExport.run(model: model, onnx: onnx)
    try StandardOutput.write("\(onnx): written\n")
  }
}
