import ArgumentParser
import DurableFiles
import Studies

struct SurveyCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "survey", abstract: "Maps of activity over a grid of eta, g and J; run again to continue.",
    discussion: """
      Simulates all networks of a study with sampling.design: grid, and draws rate, CV of intervals, standard deviation of the \
      LFP at the first contact and entropy of its spectrum over eta and g, for each J (Skaar et al. 2020, Fig. 6). The folder gets \
      shards, dataset.h5, survey.h5 as xarray reads it, and survey.svg.

      Example:
        brunel-lfp survey configs/survey.yaml --output data/survey --theory
      """)

  @Argument(help: "Configuration (YAML).") var config: String
  @Option(help: "Folder for data, maps and figure.") var output: String
  @Option(parsing: .unconditional, help: "Networks simulated at the same time.") var workers = availableCores
  @Flag(help: "Also the rate in theory, and the borders of stability.") var theory = false
  @Flag(help: "Replace maps and figure that are there.") var force = false
  @OptionGroup var options: StudyOptions
  @OptionGroup var progress: ProgressOptions
  @OptionGroup var result: ResultOptions

  func run() throws {
    try requireThreads(workers, "--workers")
    let (maps, figure) = (output + "/survey.h5", output + "/survey.svg")
    let study = try options.study(config)
    let axes = try GridAxes(study)
    try AtomicFile.createFolder(output)
    if !force { for path in [maps, figure] { try AtomicFile.requireCreatable(path) } }
    let survey = try ActivitySurvey(
      study, axes, folder: output, workers: workers, withTheory: theory, isQuiet: progress.quiet
    )
    try survey.write(to: maps, replacing: force)
    try AtomicFile.write(survey.figure(isQuiet: progress.quiet).svg, to: figure, replacing: force)
    progress.note(survey.notices)
    try result.report(["networks": survey.count], "\(output): maps of \(survey.count) networks")
  }
}
