import ParameterSampling

/// The states of the network by where Skaar et al. 2020, doi:10.1371/journal.pcbi.1007725, find them in the space of its
/// parameters. Borders are not sharp.
public enum ActivityState: String, Sendable, CaseIterable, Encodable {
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

  /// The state of a network with some parameters; nil unless η, g and J are among them.
  package init?(of parameters: [Double], in box: ParameterBox) {
    func value(_ key: String) -> Double? { box.keys.firstIndex(of: key).map { parameters[$0] } }
    guard let eta = value("eta"), let g = value("g"), let efficacy = value("J_mV") else { return nil }
    self.init(eta: eta, g: g, efficacy: efficacy)
  }
}
