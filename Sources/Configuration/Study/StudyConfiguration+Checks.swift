import FieldPotential
import Foundation
import ParameterChecks
import ParameterSampling
import SpikingNetwork

extension StudyConfiguration {
  /// Everything that is wrong, by the rules of each module and those between them.
  ///
  /// - Parameters:
  ///   - allowsContradictions: Whether what earlier versions did not mind is accepted.
  ///   - unread: Keys whose values could not be read.
  func problems(allowsContradictions: Bool = false, unread: [String] = []) -> [ParameterProblem] {
    var rules = ParameterRules(brokenKeys: Set(unread), allowsContradictions: allowsContradictions)
    simulation.check(&rules)
    network.check(&rules, timeStep: simulation.timeStep)
    kernel.check(&rules, network: SourceNetwork(network))
    measurement.check(&rules, contacts: kernel.contacts.count, samplingRate: Study.samplingRate)
    spectra.check(&rules)
    let (analysed, segment) = (simulation.duration &- simulation.transient, spectra.segment)
    rules.require(
      analysed >= segment, "simulation.duration_ms", with: ["simulation.transient_ms", "spectra.segment_ms"],
      "is too short for one segment of the spectrum after the transient", got: simulation.duration,
      expected: "at least transient_ms + segment_ms = \(simulation.transient + segment)")
    sampling.check(&rules)
    split.check(&rules, samples: sampling.samples)
    checkSelection(&rules)
    training.check(&rules, sampled: sampling)
    evaluation.check(&rules)
    robustness.check(&rules)
    return rules.problems
      + cornerProblems(besides: rules.problems, allowsContradictions: allowsContradictions)
  }

  /// There are samples to choose the best epoch on, unless none are for training.
  private func checkSelection(_ rules: inout ParameterRules) {
    let (key, fraction) =
      training.selection == .validation
      ? ("split.validation_fraction", split.validationFraction) : ("split.test_fraction", split.testFraction)
    rules.require(
      fraction > 0 || split.isTestOnly, key, with: ["training.selection"],
      "leaves no sample to select the best epoch on", got: fraction,
      expected: "more than 0 with selection: \(training.selection.rawValue)")
  }

  /// What is wrong with the networks at the corners of the sampled box, and not with the configured one. Corners without
  /// problems mean a box without problems: the rules about networks are monotonic in each parameter, except that
  /// some values lie on grids, which ``nearestAdmissible(_:of:)`` keeps up between corners.
  private func cornerProblems(
    besides known: [ParameterProblem], allowsContradictions: Bool
  ) -> [ParameterProblem] {
    let box = sampling.drawn
    let broken = Set(known.flatMap(\.keyPaths))
    guard box.count <= SobolSequence.largestDimension else { return [] }
    var found: [ParameterProblem] = []
    for corner in box.corners {
      let network = network(with: corner)
      var rules = ParameterRules(
        brokenKeys: broken.filter { !$0.hasPrefix("network.") }, allowsContradictions: allowsContradictions)
      network.check(&rules, timeStep: simulation.timeStep)
      kernel.check(&rules, network: SourceNetwork(network))
      for problem in rules.problems {
        guard let key = box.keys.first(where: { problem.keyPaths.contains("network.\($0)") }),
          case let section = sampling.box[key] == nil ? "nuisance" : "parameters",
          !found.contains(where: { $0.keyPath == "sampling.\(section).\(key)" })
        else { continue }
        found.append(
          ParameterProblem(
            at: "sampling.\(section).\(key)", with: problem.keyPaths,
            "reaches networks whose \(problem.keyPath) \(problem.what)", got: problem.got,
            expected: problem.expected))
      }
    }
    return found
  }

  /// The files that the configuration names and that do not exist.
  func missingFiles(in folder: URL) -> [ParameterProblem] {
    let cells = kernel.nuisance.cells.flatMap { $0 }.map {
      ("kernel.nuisance.morphologies", $0.file(relativeTo: folder), "an SWC file")
    }
    return
      ([
        ("kernel.morphology_E", kernel.excitatoryMorphology.file(relativeTo: folder), "an SWC file"),
        ("kernel.morphology_I", kernel.inhibitoryMorphology.file(relativeTo: folder), "an SWC file"),
        ("sampling.design", sampling.design.file(relativeTo: folder), "a file of comma-separated values"),
      ] + cells).compactMap { keyPath, file, kind in
        guard let file, !FileManager.default.fileExists(atPath: file.path) else { return nil }
        return ParameterProblem(
          at: keyPath, "does not exist", got: file.relativePath,
          expected: "\(kind), relative to the folder of the configuration")
      }
  }
}
