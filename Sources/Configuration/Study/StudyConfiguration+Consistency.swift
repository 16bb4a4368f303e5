import Foundation

extension StudyConfiguration {
  /// The broken ones of all rules that tie several keys together.
  package func inconsistencies() -> [ConfigurationProblem] {
    var rules = ConsistencyRules()
    rules.append(network.inconsistencies(timeStep: simulation.timeStep))
    rules.append(simulation.inconsistencies(segment: spectra.segment))
    rules.append(sampling.inconsistencies())
    rules.append(boxInconsistencies())
    rules.append(kernel.inconsistencies(delay: network.delay))
    rules.append(spectra.inconsistencies())
    rules.append(
      split.inconsistencies(samples: sampling.samples, selection: training.selection))
    rules.append(training.inconsistencies(sampled: sampling.parameters))
    return rules.broken
  }

  /// What is wrong with the networks at the corners of the sampled box. Corners without problems mean
  /// a box without problems: the rules about networks are monotonic in each parameter, except that
  /// some times are multiples of the time step, which `nearestAdmissible` keeps up between corners.
  private func boxInconsistencies() -> [ConfigurationProblem] {
    let entries = sampling.parameters.entries
    var found: [ConfigurationProblem] = []
    for corner in 0..<(1 << entries.count) {
      let overrides = entries.enumerated().map { index, entry in
        (name: entry.name, value: corner >> index & 1 == 0 ? entry.range.lower : entry.range.upper)
      }
      for problem in overridden(with: overrides).problems {
        let keyPaths = [problem.keyPath] + problem.related
        guard let entry = entries.first(where: { keyPaths.contains("network.\($0.name)") }),
          !found.contains(where: { $0.keyPath == "sampling.parameters.\(entry.name)" })
        else { continue }
        found.append(
          ConfigurationProblem(
            at: "sampling.parameters.\(entry.name)", with: keyPaths,
            "reaches networks whose \(problem.keyPath) \(problem.what)", got: problem.got,
            expected: problem.expected))
      }
    }
    return found
  }

  /// The files that the configuration names and that do not exist.
  package func missingFiles(in folder: URL) -> [ConfigurationProblem] {
    [
      ("kernel.morphology_E", kernel.excitatoryMorphology.file(relativeTo: folder), "an SWC file"),
      ("kernel.morphology_I", kernel.inhibitoryMorphology.file(relativeTo: folder), "an SWC file"),
      ("sampling.design", sampling.design.file(relativeTo: folder), "a file of comma-separated values"),
    ].compactMap { keyPath, file, kind in
      guard let file, !FileManager.default.fileExists(atPath: file.path) else { return nil }
      return ConfigurationProblem(
        at: keyPath, "does not exist", got: file.relativePath,
        expected: "\(kind), relative to the folder of the configuration")
    }
  }
}
