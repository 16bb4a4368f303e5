extension DatasetDescription {
  /// Kernels that different machines compute from the same cells differ by rounding, less than this relative to the
  /// largest value.
  static let kernelTolerance = 1e-9

  /// Why samples with this description, found there, do not belong into one data set with samples described by
  /// `expected`; nil if they do.
  public func difference(from expected: DatasetDescription) -> String? {
    if let difference = configuration.difference(from: expected.configuration) { return difference }
    if softwareVersion != expected.softwareVersion {
      return "the software version is \(softwareVersion) there, \(expected.softwareVersion) here"
    }
    if simulationIdentity != expected.simulationIdentity { return "another simulation_identity" }
    if spectraIdentity != expected.spectraIdentity { return "another spectra_identity" }
    var own = self
    own.configuration = expected.configuration
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
