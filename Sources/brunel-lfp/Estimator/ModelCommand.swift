import ArgumentParser

struct ModelCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "model", abstract: "Take a trained model elsewhere.",
    discussion: "Example:\n  brunel-lfp model export --model model.h5 --onnx model.onnx",
    subcommands: [ModelExportCommand.self])
}
