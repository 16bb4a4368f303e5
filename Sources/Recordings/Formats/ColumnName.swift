/// The name of a column in a text, with a unit if one belongs to it: `time (s)`, `ch0 [uV]`, `t_ms`, `lfp_mV`.
struct ColumnName: Equatable {
  /// Without the unit.
  let name: String
  /// The unit, if it is known as one of the quantity.
  let unit: String?

  /// Takes a name apart.
  init(_ text: String, _ quantity: PhysicalUnit.Quantity) {
    if let match = text.wholeMatch(of: #/\s*(.*?)\s*[\(\[]\s*([^\)\]]+?)\s*[\)\]]\s*/#) {
      (name, unit) = (String(match.1), String(match.2))
      return
    }
    if let match = text.wholeMatch(of: #/\s*(.*?)[_ \/]\s*([^_ \/]+)\s*/#) {
      let unit = String(match.2)
      // Names such as `layer_V` are common.
      if PhysicalUnit.factor(unit, quantity) != nil, quantity == .time || unit.count > 1 {
        (name, self.unit) = (String(match.1), unit)
        return
      }
    }
    (name, unit) = (text, nil)
  }

  /// Whether this is the name of the time.
  var isTime: Bool { ["time", "t"].contains(name.lowercased()) }
}
