import ArgumentParser
import Configuration
import SpikingNetwork
import Studies

/// The command line: each subcommand turns its arguments into one stage of the pipeline.
@main
struct BrunelLFP: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "brunel-lfp",
    abstract: "Recovers the parameters of a spiking network from its local field potential.",
    discussion: """
      A study runs through generate, merge, train and evaluate, all from one configuration file; estimate applies \
      the trained model to recordings. Method: Skaar et al. 2020, doi:10.1371/journal.pcbi.1007725.

      Example:
        brunel-lfp simulate --eta 2 --g 5 --J 0.1 --output run.h5
        brunel-lfp estimate --model data/models/full-distribution.h5 --input run.h5
      """,
    version: softwareVersion,
    groupedSubcommands: [
      CommandGroup(
        name: "One network:",
        subcommands: [SimulateCommand.self, LFPCommand.self, KernelCommand.self, TheoryCommand.self]),
      CommandGroup(name: "One neuron:", subcommands: [FICurveCommand.self]),
      CommandGroup(
        name: "A data set:",
        subcommands: [
          GenerateCommand.self, SubmitCommand.self, StatusCommand.self, MergeCommand.self,
          SpectraCommand.self, VerifyCommand.self, SurveyCommand.self,
        ]),
      CommandGroup(
        name: "An estimator:",
        subcommands: [
          TrainCommand.self, EvaluateCommand.self, EstimateCommand.self, ExperimentCommand.self,
          ModelCommand.self,
        ]),
      CommandGroup(
        name: "Populations that compute and learn:", subcommands: [NEFCommand.self, SpikeCodingCommand.self]),
      CommandGroup(
        name: "Configuration and results:", subcommands: [ConfigCommand.self, ReportCommand.self]),
    ])

  static func main() {
    do {
      Interruption.handleSignals()
      GuardedReading.begin()
      _ = try InstructionSet.named()
      let words = CommandLineWords(CommandLine.arguments.dropFirst())
      try words.requireNoneEmpty()
      try words.requireKnownCommand()
      var command = try parse(words)
      try command.run()
    } catch {
      Failure.exit(error)
    }
  }

  private static func parse(_ words: CommandLineWords) throws -> any ParsableCommand {
    do {
      return try parseAsRoot()
    } catch  where exitCode(for: error) == .validationFailure {
      // A mistyped option comes before an option that is therefore missing.
      try words.requireKnownOptions()
      throw error
    }
  }
}
