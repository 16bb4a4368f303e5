import ArgumentParser
import NeuralEngineering
import Studies

struct NEFCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "nef",
    abstract: "Simulate two populations of the Neural Engineering Framework that compute a function.",
    discussion: """
      Population A represents the input x, population B a function of it; the weights between them come from tuning curves. \
      Functions have numbers, x, pi, + - * / ^, parentheses, sin, cos, exp, abs and sqrt. Printed is the output every 0.5 s beside \
      what it should be, f(x) behind two synapses: docs/neural-engineering.md.

      Example:
        brunel-lfp nef --function x^2 --input sin --figure nef.svg
        brunel-lfp nef --function 'sin(pi*x)' --neurons-a 200 --ridge 0.01 --seeds 20
      """)

  @OptionGroup var arguments: NEFArguments
  @Option(parsing: .unconditional, help: "Repeat with this many seeds, and print the errors.") var seeds: Int?
  @Option(
    help: "File to write: the signals (.csv), or also neurons, tuning curves, decoders and spikes (.h5).")
  var output: String?
  @Option(help: "File to write (SVG): tuning curves, input, ideal and output.") var figure: String?
  @OptionGroup var progress: ProgressOptions
  @OptionGroup var result: ResultOptions

  func run() throws {
    try requireDistinct([("--output", output), ("--figure", figure)])
    try requireSVG(figure, "--figure")
    let format: RunNEF.FileFormat? = try fileFormat(of: output, "--output")
    let parameters = try arguments.parameters()
    let (function, input) = try arguments.formulas(parameters)
    if let seeds {
      try requireAtLeast(1, seeds, "--seeds")
      for (option, path) in [("--output", output), ("--figure", figure)] where path != nil {
        throw CommandLineProblem(description: "\(option): has a meaning only without --seeds")
      }
      let summary = try RepeatNEF.run(
        parameters, function: function, input: input, count: seeds, isQuiet: progress.quiet)
      progress.note(summary.notes)
      return try result.report(summary, summary.text)
    }
    let run = output.flatMap { path in format.map { (path, $0) } }
    let summary = try RunNEF.run(
      parameters, function: function, input: input, outputs: .init(run: run, figure: figure))
    progress.note(summary.notes)
    try result.report(summary, summary.text)
  }
}
