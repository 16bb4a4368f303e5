import ArgumentParser
import Foundation
import Studies

struct ModelCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "model", abstract: "Take a trained model elsewhere.", subcommands: [Export.self])

  struct Export: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Write a model for other programs, with its normalisation.")

    @Option(help: "Trained model.") var model: String
    @Option(help: "ONNX file to write: psd [sample, channel, frequency] to parameters [sample, parameter].")
    var onnx: String
    @OptionGroup var common: CommonOptions

    func run() throws {
      try ModelExport.run(model: model, onnx: onnx)
      if !common.quiet { try common.write("\(onnx): written\n") }
    }
  }
}
