import Configuration
import DurableFiles
import EstimatorDiagnostics
import Figures
import Foundation
import ParameterSampling
import SimulationData
import Statistics
import StudyFigures

/// A page with all that a study's folder shows: errors, figures, kernels, data and configuration.
package struct Report {
  /// Reads `dataset.h5` and `model.h5` of a folder, as `pipeline.sh` leaves them, and writes the page.
  package static func run(folder: String, output: String, threads: Int, replacing: Bool) throws {
    if !replacing { try AtomicFile.requireCreatable(output) }
    let dataset = folder + "/dataset.h5", model = folder + "/model.h5"
    for path in [dataset, model] {
      guard FileManager.default.fileExists(atPath: path) else { throw FileError.missing(path: path) }
      guard !FilePath.isSame(path, output) else { throw FileError.exists(path: output) }
    }
    let evaluation = try Evaluation(model: model, dataset: dataset, threads: threads)
    let description = evaluation.dataset.description
    let rows = try evaluation.dataset.rows(spectra: false)
    let report = HTMLReport(
      title: "Parameters of a spiking network, estimated from its LFP",
      subtitle: "brunel-lfp \(softwareVersion), \(dataset)",
      sections: example(rows, evaluation.dataset, threads) + [errors(evaluation)]
        + calibration(evaluation) + (try robustness(evaluation, threads)) + [
          training(evaluation), data(rows, description), kernels(description),
          .init("Configuration of the training", [.preformatted(evaluation.model.configuration.text)]),
        ])
    Interruption.letWorkFinish()
    try AtomicFile.write(report.html, to: output, replacing: replacing)
  }

  /// What is estimated from; nothing if no network fired.
  private static func example(_ rows: DatasetRows, _ dataset: DatasetReader, _ threads: Int)
    -> [HTMLReport.Section]
  {
    do {
      return try ExampleNetwork(rows, of: dataset, threads: threads).map {
        [.init("One network", [.figure($0.figure, caption: $0.caption)])]
      } ?? []
    } catch {
      // All else on the page needs no more than the data set.
      return [.init("One network", [.paragraph("Cannot be simulated again: \(error)")])]
    }
  }

  private static func errors(_ evaluation: Evaluation) -> HTMLReport.Section {
    .init(
      "Errors",
      [
        .table(ReportTable(evaluation.assessment.table.formatted)),
        .figure(
          evaluation.assessment.errorFigure,
          caption:
            "Distributions of errors, with their mean (dashed), and of absolute errors, with what 90 % are below."
        ),
        .figure(evaluation.assessment.scatterFigure, caption: "Estimates against true values."),
      ]
        + (evaluation.assessment.errorMap.map {
          [.figure($0, caption: "Where errors are large, with the number of samples in a cell.")]
        } ?? []))
  }

  /// How well predicted distributions are calibrated; nothing if values only are predicted.
  private static func calibration(_ evaluation: Evaluation) -> [HTMLReport.Section] {
    guard let calibration = evaluation.assessment.calibration else { return [] }
    return [
      .init(
        "Calibration",
        [
          .table(ReportTable(calibration.formatted)),
          .figure(
            evaluation.assessment.figure(of: calibration),
            caption: "Coverage of predicted intervals, and ranks of the true values among the predictions."),
        ] + (evaluation.assessment.states.map { [.table(ReportTable($0.formatted))] } ?? [])
          + (evaluation.assessment.identifiabilityFigure.map {
            [
              .figure(
                $0,
                caption: "What the signal tells: predicted standard deviation over that of the sampled range."
              )
            ]
          } ?? []) + (evaluation.assessment.typicality.map { [.table(ReportTable($0.formatted))] } ?? []))
    ]
  }

  /// Errors under the model's conditions; nothing if it has none.
  private static func robustness(_ evaluation: Evaluation, _ threads: Int) throws -> [HTMLReport.Section] {
    guard let robustness = try evaluation.robustness(threads: threads, isQuiet: true) else { return [] }
    let figure = robustness.figure.map {
      HTMLReport.Block.figure($0.figure, caption: "Errors of recordings with white noise.")
    }
    return [
      .init("Conditions", [.table(ReportTable(robustness.table.formatted))] + [figure].compactMap { $0 })
    ]
  }

  private static func training(_ evaluation: Evaluation) -> HTMLReport.Section {
    let estimator = evaluation.model.estimator
    let epochs = evaluation.model.courses.map { "\($0.bestEpoch) of \($0.history.count)" }
    let networks = estimator.networks.count == 1 ? "one network" : "\(estimator.networks.count) networks"
    return .init(
      "Training",
      [
        .paragraph(
          "\(networks) of \(estimator.architecture.parameterCount) parameters; the weights of epoch"
            + " \(epochs.joined(separator: ", ")) are kept."),
        .figure(
          evaluation.learningCurve, caption: "Losses on training and validation samples, of each network."),
      ])
  }

  private static func data(_ rows: DatasetRows, _ description: DatasetDescription) -> HTMLReport.Section {
    let silent = (0..<rows.count).filter { rows.isSilent($0) }.count
    let counts = DatasetSplit.allCases.map { split in rows.split.filter { $0 == split.rawValue }.count }
    let ranges = description.box.dimensions.map {
      [$0.symbol, "\($0.lower)", "\($0.upper)", $0.unit == "1" ? "" : $0.unit]
    }
    let quantiles = [
      ("rate of E (Hz)", rows.excitatoryRate), ("CV of intervals", rows.coefficientOfVariation),
    ].map {
      name, values in
      let sorted = values.filter(\.isFinite).map(Double.init).sorted()
      return [name]
        + [0, 0.25, 0.5, 0.75, 1].map {
          sorted.isEmpty ? "none" : String(format: "%.3g", quantile($0, of: sorted))
        }
    }
    return .init(
      "Data",
      [
        .paragraph(
          "\(rows.count) simulations of \(description.duration) ms, of which \(description.transient) ms transient: "
            + "\(counts[0]) for training, \(counts[1]) for validation, \(counts[2]) for tests; \(silent) silent."
        ),
        .table(
          ReportTable(caption: "Sampled ranges", header: ["parameter", "from", "to", "unit"], rows: ranges)),
        .table(
          ReportTable(
            caption: "Activity over all samples",
            header: ["", "least", "25 %", "median", "75 %", "greatest"],
            rows: quantiles)),
      ])
  }

  private static func kernels(_ description: DatasetDescription) -> HTMLReport.Section {
    func channels(_ kernel: [Double]) -> [[Double]] {
      stride(from: 0, to: kernel.count, by: description.lagCount).map {
        Array(kernel[$0..<($0 + description.lagCount)])
      }
    }
    let figure = KernelFigure(
      lag: (0..<description.lagCount).map(Double.init), kernelE: channels(description.excitatoryKernel),
      kernelI: channels(description.inhibitoryKernel), depths: description.contacts.map(\.z))
    return .init(
      "Kernels", [.figure(figure.figure, caption: "Potential that follows one spike, by channel.")])
  }
}
