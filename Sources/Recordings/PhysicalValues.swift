import HDF5Storage

extension HDF5Dataset {
  /// The values in this package's unit of a quantity, with what the data set's attributes say about them: `units` (or `unit`);
  /// `scale_factor`, `add_offset`, `_FillValue` and `missing_value` of the CF conventions; `conversion` and `offset` of NWB.
  /// Missing values become NaN.
  ///
  /// - Throws: `HDF5Error`, or ``RecordingError`` for a unit of something else.
  public func physicalValues(_ quantity: PhysicalUnit.Quantity, file: String) throws -> [Double] {
    var values: [Double] = try read()
    func number(_ name: String) throws -> Double? {
      guard try attributes.contains(name) else { return nil }
      let numbers: [Double] = try attributes.read(name)
      guard numbers.count == 1, let number = numbers.first, number.isFinite || name.contains("F") else {
        throw RecordingError(file: file, "\(path)@\(name)", "is \(numbers), expected one number")
      }
      return number
    }
    let missing = try ["_FillValue", "missing_value"].compactMap { try number($0) }
    let scale = try number("scale_factor") ?? number("conversion") ?? 1
    let offset = try number("add_offset") ?? number("offset") ?? 0
    let factor = try unitFactor(quantity, file: file)
    if missing.isEmpty, scale * factor == 1, offset == 0 { return values }
    for i in values.indices {
      values[i] = missing.contains(values[i]) ? .nan : (values[i] * scale + offset) * factor
    }
    return values
  }

  /// What the values' unit is multiplied with; 1 where none is named.
  private func unitFactor(_ quantity: PhysicalUnit.Quantity, file: String) throws -> Double {
    for name in ["units", "unit"] where try attributes.contains(name) {
      let unit = try attributes.read(name, as: String.self)
      guard let factor = PhysicalUnit.factor(unit, quantity) else {
        throw RecordingError(
          file: file, "\(path)@\(name)", "is \"\(unit)\", expected \(quantity.examples)")
      }
      return factor
    }
    return 1
  }
}

extension PhysicalUnit.Quantity {
  fileprivate var examples: String {
    switch self {
    case .potential: "V, mV, uV or nV"
    case .density: "V²/Hz, mV²/Hz or uV²/Hz"
    case .time: "s, ms or us"
    case .frequency: "Hz or kHz"
    case .length: "m, mm or um"
    }
  }
}
