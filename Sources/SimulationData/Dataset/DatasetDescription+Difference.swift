import Configuration

extension DatasetDescription {
  /// Kernels that different machines compute from the same cells differ by rounding, less than this relative to the
  /// largest value.
  static let kernelTolerance = 1e-9

  /// Why samples with this description do not belong into one data set with samples described by `expected`; nil if
  /// they do.
  public func difference(from expected: DatasetDescription) -> String? {
    if let (actual, wanted) = configuration.firstLine(differingFrom: expected.configuration) {
      return "configuration: got \(actual), expected \(wanted)"
    }
    if softwareVersion != expected.softwareVersion {
      return "software version: got \(softwareVersion), expected \(expected.softwareVersion)"
    }
    if simulationIdentity != expected.simulationIdentity { return "another simulation_identity" }
    if spectraIdentity != expected.spectraIdentity { return "another spectra_identity" }
    var own = self
    own.excitatoryKernel = expected.excitatoryKernel
    own.inhibitoryKernel = expected.inhibitoryKernel
    if own != expected { return "other ranges, channels, frequencies or times" }
    if !Self.areEqual(excitatoryKernel, expected.excitatoryKernel)
      || !Self.areEqual(inhibitoryKernel, expected.inhibitoryKernel)
    {
      return "other kernels"
    }
    return nil
  }

  private static func areEqual(_ a: [Double], _ b: [Double]) -> Bool {
    guard a.count == b.count else { return false }
    let tolerance = kernelTolerance * (b.lazy.map(\.magnitude).max() ?? 0)
    return zip(a, b).allSatisfy { abs($0 - $1) <= tolerance }
  }
}

extension String {
  /// The first line that differs from the one at its place in another text, without indentation, and that one.
  package func firstLine(differingFrom other: String) -> (String, String)? {
    let (own, others) = (split(separator: "\n"), other.split(separator: "\n"))
    guard own != others else { return nil }
    let index =
      zip(own, others).enumerated().first { $1.0 != $1.1 }?.offset ?? Swift.min(own.count, others.count)
    func line(_ lines: [Substring]) -> String {
      index < lines.count ? String(lines[index].drop { $0 == " " }) : "nothing"
    }
    return (line(own), line(others))
  }
}
