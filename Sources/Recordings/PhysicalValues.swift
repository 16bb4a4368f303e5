import HDF5Storage

/// What numbers in a file are multiplied with and what is added, before they are potentials, times or lengths.
struct PhysicalScaling {
  /// Numbers that stand for no value.
  var missing: [Double] = []
  /// From numbers to values in the unit of the file.
  var scale = 1.0, offset = 0.0
  /// From that unit to this package's.
  var factor = 1.0

  /// A number as a value in this package's unit; NaN where there is none.
  ///
  /// - Parameter gain: A factor of its own, as channels may have.
  func value(_ number: Double, gain: Double = 1) -> Double {
    missing.contains(number) ? .nan : (number * scale * gain + offset) * factor
  }

  /// Whether numbers are values.
  var isIdentity: Bool { missing.isEmpty && scale * factor == 1 && offset == 0 }
}

extension HDF5Dataset {
  /// The values in this package's unit of a quantity, with what the data set's attributes say about them.
  ///
  /// - Parameter assumed: Factor to this package's unit where the file names no unit.
  /// - Throws: `HDF5Error`, or ``RecordingError`` for a unit of something else.
  public func physicalValues(
    _ quantity: PhysicalUnit.Quantity, file: String, otherwise assumed: Double = 1
  ) throws -> [Double] {
    let values: [Double] = try read()
    var scaling = try scaling(quantity, file: file)
    if try !namesUnit { scaling.factor = assumed }
    return scaling.isIdentity ? values : values.map { scaling.value($0) }
  }

  /// What the data set's attributes say about its numbers: `units` (or `unit`); `scale_factor`, `add_offset`, `_FillValue`
  /// and `missing_value` of the CF conventions; `conversion` and `offset` of NWB.
  ///
  /// - Parameter named: A unit that is meant where the file names none, and that must not contradict it.
  /// - Throws: `HDF5Error`, or ``RecordingError`` for a unit of something else or another one.
  func scaling(_ quantity: PhysicalUnit.Quantity, named: String? = nil, file: String) throws
    -> PhysicalScaling
  {
    func number(_ name: String) throws -> Double? {
      guard try attributes.contains(name) else { return nil }
      let numbers: [Double] = try attributes.read(name)
      guard numbers.count == 1, let number = numbers.first, number.isFinite || name.contains("F") else {
        throw RecordingError(file: file, "\(path)@\(name)", "is \(numbers), expected one number")
      }
      return number
    }
    return PhysicalScaling(
      missing: try ["_FillValue", "missing_value"].compactMap { try number($0) },
      scale: try number("scale_factor") ?? number("conversion") ?? 1,
      offset: try number("add_offset") ?? number("offset") ?? 0,
      factor: try unitFactor(quantity, named: named, file: file))
  }

  private var namesUnit: Bool {
    get throws { try attributes.contains("units") || attributes.contains("unit") }
  }

  /// What the values' unit is multiplied with; 1 where none is named.
  private func unitFactor(_ quantity: PhysicalUnit.Quantity, named: String?, file: String) throws -> Double {
    let wanted = named.flatMap { PhysicalUnit.factor($0, quantity) }
    for name in ["units", "unit"] where try attributes.contains(name) {
      let unit = try attributes.read(name, as: String.self)
      let place = "\(path)@\(name)"
      guard let factor = PhysicalUnit.factor(unit, quantity) else {
        throw RecordingError(file: file, place, "is \"\(unit)\", expected \(quantity.examples)")
      }
      if let named, factor != wanted {
        throw RecordingError(file: file, place, "is \"\(unit)\", which contradicts --unit \(named)")
      }
      return factor
    }
    return wanted ?? 1
  }
}

extension PhysicalUnit.Quantity {
  /// Units that are understood, for messages.
  var examples: String {
    switch self {
    case .potential: "V, mV, uV or nV"
    case .density: "V²/Hz, mV²/Hz or uV²/Hz"
    case .time: "s, ms or us"
    case .frequency: "Hz or kHz"
    case .length: "m, mm or um"
    }
  }
}
