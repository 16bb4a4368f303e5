/// The states of the network by where Skaar et al. 2020, doi:10.1371/journal.pcbi.1007725, find them in the space of its
/// parameters. Borders are not sharp.
package enum ActivityState: String, Sendable, CaseIterable, Encodable {
  /// Synchronous and regular: g < 4.
  case synchronousRegular = "SR"
  /// Synchronous and irregular: slow oscillations at η < 1.5 and g > 5, fast ones at η > 3.6, g > 6 and J < 0.1 mV.
  case synchronousIrregular = "SI"
  /// Asynchronous and irregular: all others.
  case asynchronousIrregular = "AI"

  /// The state of a network; J in mV.
  package init(eta: Double, g: Double, efficacy: Double) {
    if g < 4 {
      self = .synchronousRegular
    } else if (eta < 1.5 && g > 5) || (eta > 3.6 && g > 6 && efficacy < 0.1) {
      self = .synchronousIrregular
    } else {
      self = .asynchronousIrregular
    }
  }
}
