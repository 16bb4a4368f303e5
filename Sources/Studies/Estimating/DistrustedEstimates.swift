extension Estimate {
  /// Throws unless all estimates can be trusted.
  package func requireTrusted() throws(DistrustedEstimates) {
    let distrusted = rows.count { $0.isTrusted != true }
    guard distrusted == 0 else {
      throw DistrustedEstimates(
        file: input, count: distrusted, of: rows.count,
        isUnknown: rows.allSatisfy { $0.isTrusted == nil })
    }
  }
}

/// Estimates that were given, but are not to be trusted.
package struct DistrustedEstimates: Error, CustomStringConvertible {
  let file: String
  let count: Int
  let of: Int
  /// Whether the model cannot tell.
  let isUnknown: Bool

  /// One line.
  package var description: String {
    if isUnknown {
      return
        "\(file): the model does not know which spectra are typical of its training: it was trained by an earlier version,"
        + " or with too few samples"
    }
    return of == 1
      ? "\(file): the estimate is not to be trusted"
      : "\(file): \(count) of \(of) estimates are not to be trusted"
  }
}
